package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;

import hudson.model.Run;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import io.jenkins.plugins.ecscanary.jenkins.access.Access;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.deployments.OnAbort;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Owner;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Recorded;
import io.jenkins.plugins.ecscanary.jenkins.deployments.RedeployMode;
import io.jenkins.plugins.ecscanary.jenkins.run.CanaryRunAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** Records of deployments that no AWS has seen, as the engine writes them, with the build and the owner they would have. */
public final class Records {

    public static final ServiceKey SERVICE = new ServiceKey("123456789012", "eu-central-1", "shop", "web");
    public static final Revision REVISION = new Revision(
            "arn:aws:ecs:eu-central-1:123456789012:task-definition/web:12",
            "app",
            "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web@sha256:" + "a".repeat(64),
            "sha256:" + "a".repeat(64));
    public static final Instant START = Instant.parse("2026-11-01T10:00:00Z");

    private Records() {}

    public static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    /** The first event of any record. */
    public static DeploymentEvent.Planned planned(
            String id, ServiceKey service, String startedBy, List<String> alarms) {
        return planned(START, id, service, startedBy, REVISION.image(), alarms);
    }

    /** The same of another time and image. */
    public static DeploymentEvent.Planned planned(
            Instant at, String id, ServiceKey service, String startedBy, String image, List<String> alarms) {
        return new DeploymentEvent.Planned(
                at,
                id,
                service,
                "deploy",
                null,
                startedBy,
                id,
                "fingerprint",
                image,
                new CodeDeployGroup("web", "web", null),
                new TrafficPlan.Linear(10, Duration.ofMinutes(1)),
                List.of(10, 50, 100),
                Criterion.REFERENCE,
                alarms,
                Duration.ofHours(1),
                1,
                DeploymentOptions.DEFAULT);
    }

    /** All it takes to be promoted. */
    public static List<DeploymentEvent> promoted(String id) {
        return List.of(
                planned(id, SERVICE, "ann in web #1", List.of()),
                new DeploymentEvent.RevisionRegistered(at(1), REVISION),
                new DeploymentEvent.Ended(
                        at(60), new Verdict(Outcome.PROMOTED, "all traffic shifted", at(60), false, 0, 100)));
    }

    /** Writes the record and puts it on the build's pages; nobody owns it. */
    public static void write(Run<?, ?> run, String id, List<? extends DeploymentEvent> events) throws IOException {
        RecordStore records = Deployments.get().records();
        DeploymentEvent.Planned planned = (DeploymentEvent.Planned) events.get(0);
        try (TimelineFile timeline = records.create(planned.service(), id)) {
            events.forEach(timeline::append);
            records.index(RecordStore.summary(ViewFold.fold(timeline.entries())));
        }
        CanaryRunAction.note(run, id);
    }

    /**
     * Makes its timeline one that can't be read.
     *
     * @return the file
     */
    public static Path damage(String id) throws IOException {
        Path records = Jenkins.get().getRootDir().toPath().resolve("ecs-canary").resolve("records");
        try (Stream<Path> files = Files.walk(records)) {
            Path timeline = files.filter(file ->
                            file.toString().contains(id) && file.toString().endsWith("timeline.jsonl"))
                    .findFirst()
                    .orElseThrow();
            return Files.writeString(timeline, "{\"no\": \"event\"}\n", StandardOpenOption.APPEND);
        }
    }

    /** The one there is; an assertion fails where there are none or several. */
    public static RecordSummary only() {
        List<RecordSummary> history = Deployments.get().records().history();
        assertThat(history, hasSize(1));
        return history.get(0);
    }

    /** What people asked of one, each as {@code who WHAT}, in order. */
    public static List<String> acts(String id) {
        return Deployments.get().records().timeline(id).stream()
                .map(TimelineEntry::event)
                .filter(DeploymentEvent.OperatorActed.class::isInstance)
                .map(DeploymentEvent.OperatorActed.class::cast)
                .map(act -> act.who() + " " + act.action())
                .toList();
    }

    /** Notes who owned a finished one. */
    public static void owned(Run<?, ?> run, String id, String approvers, RedeployMode redeploy) {
        Access access = new Access(SERVICE.region(), null, "nobody", null, null);
        Recorded.noteAsFinished(new Owner(id, run, access, OnAbort.ROLLBACK, approvers, "ann in web #1", redeploy));
    }
}
