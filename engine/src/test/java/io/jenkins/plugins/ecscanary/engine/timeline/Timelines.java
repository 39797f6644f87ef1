package io.jenkins.plugins.ecscanary.engine.timeline;

import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Timelines for tests, one event a call. Times are seconds after the start. */
public final class Timelines {

    public static final Instant START = Instant.parse("2026-11-23T18:30:00Z");
    public static final ServiceKey SERVICE =
            new ServiceKey(FakeAws.ACCOUNT, FakeAws.REGION, FakeAws.CLUSTER, FakeAws.SERVICE);
    public static final Revision OLD = new Revision(
            FakeAws.taskDefinitionArn("web", 11), "web", FakeAws.REPOSITORY + ":1.4.1", FakeAws.OLD_DIGEST);
    public static final Revision NEW = new Revision(
            FakeAws.taskDefinitionArn("web", 12), "web", FakeAws.REPOSITORY + ":1.5.0", FakeAws.NEW_DIGEST);

    private final List<TimelineEntry> entries = new ArrayList<>();

    /** Started, nothing shifted yet. */
    public static Timelines started() {
        return started(DeploymentOptions.DEFAULT);
    }

    public static Timelines started(DeploymentOptions options) {
        return new Timelines()
                .then(planned("20261123T183000Z-4f2a9c", START, options))
                .then(new DeploymentEvent.RevisionRegistered(at(2), NEW))
                .then(new DeploymentEvent.SidesKnown(
                        at(3),
                        FakeAws.LISTENER,
                        FakeAws.LOAD_BALANCER,
                        FakeAws.GROUP_A,
                        OLD,
                        FakeAws.GROUP_B,
                        List.of("web-b-success-rate")))
                .then(new DeploymentEvent.Intending(at(4), "CreateDeployment", "web:12"))
                .then(new DeploymentEvent.Started(
                        at(5),
                        "d-A1B2C3D4E",
                        "https://console",
                        FakeAws.LINEAR,
                        new TrafficPlan.Linear(10, Duration.ofMinutes(1)),
                        Duration.ofMinutes(5),
                        false));
    }

    public static DeploymentEvent.Planned planned(String id, Instant at) {
        return planned(id, at, DeploymentOptions.DEFAULT);
    }

    public static DeploymentEvent.Planned planned(String id, Instant at, DeploymentOptions options) {
        return new DeploymentEvent.Planned(
                at,
                id,
                SERVICE,
                "deploy",
                null,
                "ann",
                id,
                "fingerprint",
                FakeAws.REPOSITORY + ":1.5.0",
                new CodeDeployGroup("shop-app", "web-group", null),
                null,
                DeploymentRequest.REFERENCE_MILESTONES,
                Criterion.REFERENCE,
                List.of(),
                Duration.ofMinutes(60),
                1,
                options);
    }

    public static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    /** Goes on apart from this one. */
    public Timelines copy() {
        Timelines copy = new Timelines();
        copy.entries.addAll(entries);
        return copy;
    }

    public Timelines then(DeploymentEvent event) {
        entries.add(new TimelineEntry(entries.size() + 1, event));
        return this;
    }

    /** The replacement has {@code weight} percent from {@code seconds} on. */
    public Timelines weight(long seconds, int weight) {
        return then(new DeploymentEvent.TrafficShifted(at(seconds), 100 - weight, weight));
    }

    public Timelines status(long seconds, String status, String code, String message) {
        return then(new DeploymentEvent.StatusChanged(at(seconds), status, code, message));
    }

    public List<TimelineEntry> entries() {
        return List.copyOf(entries);
    }

    public DeploymentView view() {
        return ViewFold.fold(entries);
    }
}
