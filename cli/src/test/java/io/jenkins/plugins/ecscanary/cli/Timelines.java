package io.jenkins.plugins.ecscanary.cli;

import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A deployment's events, a fixed number of seconds after its start. */
public final class Timelines {

    public static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    public static final ServiceKey SERVICE = new ServiceKey("123456789012", "eu-central-1", "shop", "web");
    private static final String GROUP = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web-%s/1";
    private static final String DEFINITION = "arn:aws:ecs:eu-central-1:123456789012:task-definition/web:%d";

    private final List<TimelineEntry> entries = new ArrayList<>();
    private final String name;

    private Timelines(String name) {
        this.name = name;
    }

    /** A deployment of {@code web:12} in place of {@code web:11}, as far as its first event. */
    public static Timelines planned(String id, String startedBy) {
        return planned(id, startedBy, DeploymentOptions.DEFAULT);
    }

    public static Timelines planned(String id, String startedBy, DeploymentOptions options) {
        return planned(id, startedBy, options, null);
    }

    /** @param traffic that was asked for, or null for the deployment group's */
    public static Timelines planned(String id, String startedBy, DeploymentOptions options, TrafficPlan traffic) {
        Timelines timeline = new Timelines("web-b");
        return timeline.at(
                0,
                new DeploymentEvent.Planned(
                        START,
                        id,
                        SERVICE,
                        "deploy",
                        null,
                        startedBy,
                        "token",
                        "fingerprint",
                        "123456789012.dkr.ecr.eu-central-1.amazonaws.com/web:1.5.0",
                        new CodeDeployGroup("web", "web-group", null),
                        traffic,
                        List.of(10, 20, 50, 70, 100),
                        Criterion.REFERENCE,
                        List.of(),
                        Duration.ofHours(1),
                        1,
                        options));
    }

    /** On to a second step of 20 %, with everything healthy and measured. */
    public Timelines shifting() {
        TrafficPlan traffic = new TrafficPlan.Linear(10, Duration.ofMinutes(1));
        Instant at = START.plusSeconds(30);
        at(5, new DeploymentEvent.Checked(START.plusSeconds(5), Check.passed("group-free", "web-group is free")));
        at(
                6,
                new DeploymentEvent.SidesKnown(
                        START.plusSeconds(6),
                        "listener",
                        "app/web/1",
                        GROUP.formatted("a"),
                        revision(11, "web:1.4.1"),
                        GROUP.formatted("b"),
                        List.of("web-b-success-rate")));
        at(8, new DeploymentEvent.RevisionRegistered(START.plusSeconds(8), revision(12, "web:1.5.0")));
        at(
                30,
                new DeploymentEvent.Started(
                        at,
                        "d-A1B2C3D4E",
                        "https://example.invalid/",
                        "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
                        traffic,
                        Duration.ofMinutes(5),
                        false));
        at(31, new DeploymentEvent.AlarmChanged(at, name + "-success-rate", "OK", "in order", START));
        at(60, new DeploymentEvent.TasksChanged(at.plusSeconds(30), Side.ORIGINAL, 2, 2, 0));
        at(60, new DeploymentEvent.TasksChanged(at.plusSeconds(30), Side.REPLACEMENT, 2, 2, 0));
        at(61, new DeploymentEvent.HealthChanged(at.plusSeconds(31), Side.ORIGINAL, 2, 2, List.of()));
        at(61, new DeploymentEvent.HealthChanged(at.plusSeconds(31), Side.REPLACEMENT, 2, 2, List.of()));
        at(180, new DeploymentEvent.TrafficShifted(START.plusSeconds(180), 90, 10));
        at(240, new DeploymentEvent.TrafficShifted(START.plusSeconds(240), 80, 20));
        Instant period = START.plusSeconds(180);
        at(260, new DeploymentEvent.Measured(START.plusSeconds(260), Side.ORIGINAL, period, 4210, 2));
        at(260, new DeploymentEvent.Measured(START.plusSeconds(260), Side.REPLACEMENT, period, 512, 1));
        return this;
    }

    public Timelines ended(Outcome outcome, String cause, int original, int replacement) {
        Instant at = START.plusSeconds(900);
        return at(900, new DeploymentEvent.Ended(at, new Verdict(outcome, cause, at, false, original, replacement)));
    }

    /** Promoted because it was to be followed only until all traffic is shifted. */
    public Timelines endedProvisionally(String cause) {
        Instant at = START.plusSeconds(600);
        return at(600, new DeploymentEvent.Ended(at, new Verdict(Outcome.PROMOTED, cause, at, true, 0, 100)));
    }

    /** Appends an event; {@code seconds} is only for reading. */
    public Timelines at(int seconds, DeploymentEvent event) {
        entries.add(new TimelineEntry(entries.size() + 1, event));
        return this;
    }

    public List<TimelineEntry> entries() {
        return List.copyOf(entries);
    }

    public DeploymentView view() {
        return ViewFold.fold(entries);
    }

    public static Revision revision(int number, String image) {
        return new Revision(
                DEFINITION.formatted(number),
                "web",
                "123456789012.dkr.ecr.eu-central-1.amazonaws.com/" + image,
                "sha256:" + "0".repeat(62) + number);
    }
}
