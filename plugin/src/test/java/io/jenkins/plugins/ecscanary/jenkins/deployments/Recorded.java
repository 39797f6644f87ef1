package io.jenkins.plugins.ecscanary.jenkins.deployments;

import hudson.model.Run;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.RevisionChange;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.jenkins.Records;
import io.jenkins.plugins.ecscanary.jenkins.access.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/** Deployments that are over, as a deploying step leaves them behind, without an AWS. */
public final class Recorded {

    private final ServiceKey service;
    private String startedBy = "ann";
    private String cause = "all traffic is on the new revision";
    private Instant at = Instant.now().minus(Duration.ofHours(1));
    private Revision original;
    private List<RevisionChange> changes = List.of();
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

    /** Against what served. */
    public Recorded changing(RevisionChange... what) {
        changes = List.of(what);
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
        List<DeploymentEvent> events = new ArrayList<>();
        events.add(Records.planned(at, id, service, startedBy, revision.image(), List.of()));
        if (!changes.isEmpty()) {
            events.add(new DeploymentEvent.RevisionCompared(
                    at.plusSeconds(1), original.taskDefinition(), changes, 2, List.of()));
        }
        events.add(new DeploymentEvent.RevisionRegistered(at.plusSeconds(2), revision));
        if (original != null) {
            events.add(new DeploymentEvent.SidesKnown(
                    at.plusSeconds(3), "listener", "lb", "group-a", original, "group-b", List.of()));
        }
        events.add(new DeploymentEvent.Started(
                at.plusSeconds(5), "d-" + id, null, null, null, Duration.ofMinutes(5), false));
        events.add(new DeploymentEvent.TrafficShifted(at.plusSeconds(60), 90, 10));
        events.add(new DeploymentEvent.TrafficShifted(at.plusSeconds(240), 50, 50));
        int weight = outcome == Outcome.PROMOTED ? 100 : 0;
        events.add(new DeploymentEvent.TrafficShifted(at.plusSeconds(420), 100 - weight, weight));
        Instant end = at.plusSeconds(600);
        events.add(new DeploymentEvent.Ended(end, new Verdict(outcome, cause, end, false, null, null)));
        noteAsFinished(build, id);
        Records.write(build, id, events);
    }

    /**
     * Adds many old ones to what is on disk, as an earlier life of this Jenkins left it: folders, lines of the index and of who made them,
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
            Files.createDirectory(index.resolveSibling(old));
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
        Deployments.get().following().note(owner);
        new OwnerFiles(Jenkins.get().getRootDir().toPath().resolve("ecs-canary").resolve("owners")).finish(owner.id());
    }
}
