package io.jenkins.plugins.ecscanary.jenkins.deployments;

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
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import io.jenkins.plugins.ecscanary.jenkins.access.Access;
import io.jenkins.plugins.ecscanary.jenkins.run.CanaryRunAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;

/** Deployments that are over, as a deploying step leaves them behind, without an AWS. */
public final class Recorded {

    public static final ServiceKey SERVICE = new ServiceKey("123456789012", "eu-central-1", "shop", "web");

    private final ServiceKey service;
    private String startedBy = "ann";
    private String cause = "all traffic is on the new revision";
    private Instant at = Instant.now().minus(Duration.ofHours(1));
    private Revision original;
    private RedeployMode redeploy = RedeployMode.DEPLOY_ONLY;

    private Recorded(ServiceKey service) {
        this.service = service;
    }

    public static Recorded of(ServiceKey service) {
        return new Recorded(service);
    }

    public Recorded by(String who) {
        startedBy = who;
        return this;
    }

    public Recorded cause(String text) {
        cause = text;
        return this;
    }

    public Recorded at(Instant start) {
        at = start;
        return this;
    }

    /** Whose step has {@code redeploy: 'pipeline'}. */
    public Recorded throughPipeline() {
        redeploy = RedeployMode.PIPELINE;
        return this;
    }

    public Recorded over(Revision before) {
        original = before;
        return this;
    }

    /** {@code web:number}, of an image with that version as its tag. */
    public static Revision revision(int number, String version) {
        return new Revision(
                "arn:aws:ecs:eu-central-1:123456789012:task-definition/web:" + number,
                "web",
                "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web:" + version,
                "sha256:" + "%016x".formatted(number * 0x9E3779B97F4A7C15L).repeat(4));
    }

    /** Ten minutes long, shifted in three steps, and noted as the build's. */
    public void write(Run<?, ?> build, String id, Revision revision, Outcome outcome) throws IOException {
        RecordStore records = Deployments.get().records();
        try (TimelineFile file = records.create(service, id)) {
            file.append(new DeploymentEvent.Planned(
                    at,
                    id,
                    service,
                    "deploy",
                    null,
                    startedBy,
                    id,
                    "fingerprint",
                    revision.image(),
                    new CodeDeployGroup("web", "web", null),
                    new TrafficPlan.Linear(10, Duration.ofMinutes(1)),
                    List.of(10, 50, 100),
                    Criterion.REFERENCE,
                    List.of(),
                    Duration.ofHours(1),
                    1,
                    DeploymentOptions.DEFAULT));
            file.append(new DeploymentEvent.RevisionRegistered(at.plusSeconds(2), revision));
            if (original != null) {
                file.append(new DeploymentEvent.SidesKnown(
                        at.plusSeconds(3), "listener", "lb", "group-a", original, "group-b", List.of()));
            }
            file.append(new DeploymentEvent.Started(
                    at.plusSeconds(5), "d-" + id, null, null, null, Duration.ofMinutes(5), false));
            file.append(new DeploymentEvent.TrafficShifted(at.plusSeconds(60), 90, 10));
            file.append(new DeploymentEvent.TrafficShifted(at.plusSeconds(240), 50, 50));
            boolean promoted = outcome == Outcome.PROMOTED;
            file.append(
                    new DeploymentEvent.TrafficShifted(at.plusSeconds(420), promoted ? 0 : 100, promoted ? 100 : 0));
            Instant end = at.plusSeconds(600);
            file.append(new DeploymentEvent.Ended(end, new Verdict(outcome, cause, end, false, null, null)));
            List<TimelineEntry> entries = file.entries();
            records.index(RecordStore.summary(ViewFold.fold(entries)));
        }
        noteAsFinished(build, id);
        CanaryRunAction.note(build, id);
    }

    /**
     * Adds many old ones to what is on disk, as an earlier life of this Jenkins left it: lines of the index and of who made them,
     * of builds that are gone. Seen after a restart.
     */
    public static void addToDisk(Path home, String jobFullName, int count) throws IOException {
        Path root = home.resolve("ecs-canary");
        Path index = root.resolve("records/123456789012/eu-central-1/shop/web/index.jsonl");
        String last = Files.readAllLines(index).get(0);
        String id = last.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        StringBuilder lines = new StringBuilder();
        StringBuilder origins = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String old = "old-%06d".formatted(i);
            lines.append(last.replace(id, old).replaceAll("\"20\\d\\d-", "\"2020-"))
                    .append('\n');
            origins.append("made\t%s\t%d\t%s\n".formatted(old, 1_000_000 + i, jobFullName));
        }
        Files.writeString(index, lines, StandardOpenOption.APPEND);
        Files.writeString(root.resolve("owners/origins.tsv"), origins, StandardOpenOption.APPEND);
    }

    private void noteAsFinished(Run<?, ?> build, String id) {
        Owner owner = new Owner(
                id,
                build,
                new Access("eu-central-1", null, "aws", null, null),
                OnAbort.ROLLBACK,
                null,
                "ann",
                redeploy);
        noteAsFinished(owner);
    }

    /** Notes who owned one that is over. */
    public static void noteAsFinished(Owner owner) {
        Deployments.get().note(owner);
        new OwnerFiles(Jenkins.get().getRootDir().toPath().resolve("ecs-canary").resolve("owners")).finish(owner.id());
    }
}
