package io.jenkins.plugins.ecscanary.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.Identity;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.driver.Driver.Begun;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.preflight.PreflightResult;
import io.jenkins.plugins.ecscanary.engine.preflight.Ready;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** From a request to a deployment that is observed: identity, earlier attempts, preflight, creation. Blocks. */
final class Start {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** A deployment that was created appears in lists within this time. */
    private static final Duration APPEARANCE = Duration.ofMinutes(2);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final Context context;
    private final DeploymentRequest request;
    private final DeploymentRun run;
    private final String fingerprint;

    Start(Context context, DeploymentRequest request, DeploymentRun run) {
        this.context = context;
        this.request = request;
        this.run = run;
        this.fingerprint = fingerprint(request);
    }

    void begin() {
        try {
            Identity identity = context.aws().identity();
            context.time().sync(identity.serverTime());
            begin(identity);
        } catch (AwsFailure e) {
            run.append(
                    new DeploymentEvent.Checked(context.time().now(), Check.refused("identity", e.getMessage(), null)));
            run.end(Outcome.REFUSED, e.getMessage());
        }
    }

    private void begin(Identity identity) {
        ServiceKey service = new ServiceKey(identity.account(), context.region(), request.cluster(), request.service());
        for (RecordSummary earlier : context.records().history(service)) {
            if (earlier.verdict() == null && !settled(earlier)) {
                return;
            }
        }
        plan(service);
        PreflightResult preflight = context.driver().preflight(request, identity);
        preflight
                .checks()
                .forEach(check ->
                        run.append(new DeploymentEvent.Checked(context.time().now(), check)));
        if (preflight.ready().isEmpty()) {
            run.end(Outcome.REFUSED, refusal(preflight));
            return;
        }
        create(preflight.ready().get());
    }

    /**
     * Deals with a record that has no verdict: another attempt that is alive or was killed.
     *
     * @return whether a new deployment may be begun; otherwise this run has become that one, or has been refused
     */
    private boolean settled(RecordSummary earlier) {
        Optional<TimelineFile> owned = context.records().own(earlier);
        if (owned.isEmpty()) {
            run.end(Outcome.REFUSED, busy(earlier));
            return false;
        }
        TimelineFile file = owned.get();
        DeploymentView known = ViewFold.fold(file.entries());
        Optional<DeploymentSeen> created;
        try {
            created = Resume.created(context, known);
        } catch (AwsFailure e) {
            file.close();
            throw e;
        }
        if (created.isEmpty() && known.deploymentId() == null) {
            DeploymentRun abandoned = new DeploymentRun(context);
            abandoned.attach(file);
            abandoned.end(Outcome.ABORTED, "the process that began it ended before the deployment was created");
            return true;
        }
        if (fingerprint.equals(known.working().fingerprint())) {
            Resume.of(context, run, file, created, "this very deployment was begun before and goes on");
            return false;
        }
        boolean active = created.map(DeploymentSeen::status)
                .filter(status -> !List.of("Succeeded", "Stopped", "Failed").contains(status))
                .isPresent();
        if (active) {
            file.close();
            run.end(Outcome.REFUSED, busy(earlier));
            return false;
        }
        Resume.of(context, new DeploymentRun(context), file, created, "it was left unfinished");
        return true;
    }

    private static String busy(RecordSummary other) {
        return "a deployment of " + other.service() + " is under way: "
                + (other.deploymentId() == null ? other.id() : other.deploymentId()) + ", "
                + (other.revision() == null ? other.kind() : other.revision().shortTaskDefinition()) + " by "
                + other.startedBy() + " since " + other.startedAt()
                + "; wait for its verdict, or watch it with its id " + other.id();
    }

    private void plan(ServiceKey service) {
        Instant now = context.time().now();
        String id = STAMP.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8);
        run.attach(context.records().create(service, id));
        run.append(new DeploymentEvent.Planned(
                now,
                id,
                service,
                request.kind(),
                request.redeployOf(),
                request.startedBy(),
                id,
                fingerprint,
                image(),
                request.codeDeploy(),
                request.traffic(),
                request.milestones(),
                request.criterion(),
                request.alarms(),
                request.timeout(),
                context.time().speed()));
    }

    private String image() {
        return request.source() instanceof DeploymentRequest.Rendered rendered ? rendered.image() : null;
    }

    private void create(Ready ready) {
        run.append(new DeploymentEvent.SidesKnown(
                context.time().now(),
                ready.listenerArn(),
                ready.loadBalancer(),
                ready.originalTargetGroupArn(),
                asRecorded(ready.original()),
                ready.replacementTargetGroupArn(),
                ready.watchedAlarms()));
        String token = run.view().working().token();
        Begun begun;
        try {
            begun = context.driver()
                    .start(request, ready, token, run.view().startedAt().minus(Resume.CLOCK_MARGIN), event -> {
                        if (run.givenUp()) {
                            throw new GivenUp();
                        }
                        run.append(event);
                    });
        } catch (GivenUp e) {
            run.end(Outcome.ABORTED, "given up before the deployment was created by " + run.givenUpBecause());
            return;
        } catch (AwsFailure e) {
            if (e.mayHaveHappened()) {
                run.append(new DeploymentEvent.Warned(
                        context.time().now(), "whether the deployment was created is not known: " + e.getMessage()));
                lookFor(ready, token, context.time().now().plus(APPEARANCE), e);
            } else {
                run.end(Outcome.REFUSED, e.getMessage());
            }
            return;
        }
        started(ready, begun);
    }

    /** The answer to CreateDeployment was lost: the token tells whether there is a deployment, sooner or later. */
    private void lookFor(Ready ready, String token, Instant until, AwsFailure lost) {
        context.time().after(LOOK_AGAIN, () -> context.io().execute(() -> {
            if (run.leftBehind()) {
                return;
            }
            Optional<DeploymentSeen> found;
            try {
                found = context.driver()
                        .find(
                                request.codeDeploy(),
                                token,
                                run.view().startedAt().minus(Resume.CLOCK_MARGIN));
            } catch (AwsFailure e) {
                lookFor(ready, token, context.time().now().plus(APPEARANCE), lost);
                return;
            }
            if (found.isPresent()) {
                started(ready, new Begun(found.get().id(), ready.config(), ready.terminationWait(), true));
            } else if (context.time().now().isBefore(until)) {
                lookFor(ready, token, until, lost);
            } else {
                run.end(Outcome.REFUSED, "no deployment was created: " + lost.getMessage());
            }
        }));
    }

    private void started(Ready ready, Begun begun) {
        run.append(new DeploymentEvent.Started(
                context.time().now(),
                begun.deploymentId(),
                context.driver().consoleUrl(begun.deploymentId()),
                begun.config(),
                ready.traffic(),
                begun.terminationWait(),
                begun.adopted()));
        run.observe();
    }

    /** The task definition names its image by digest; a record of its deployment knows the tag people know it by. */
    private Revision asRecorded(Revision original) {
        return context.records().history(run.view().service()).stream()
                .map(RecordSummary::revision)
                .filter(revision -> revision != null
                        && revision.taskDefinition().equals(original.taskDefinition())
                        && revision.image() != null)
                .findFirst()
                .orElse(original);
    }

    private static String refusal(PreflightResult preflight) {
        return preflight.checks().stream()
                .filter(check -> check.outcome() == CheckOutcome.REFUSED)
                .map(check -> check.remedy() == null ? check.detail() : check.detail() + "; " + check.remedy())
                .collect(Collectors.joining(" | "));
    }

    /** Equal for requests that would deploy the same in the same way, whoever asks. */
    static String fingerprint(DeploymentRequest request) {
        DeploymentRequest anyone = new DeploymentRequest(
                request.cluster(),
                request.service(),
                request.source(),
                request.codeDeploy(),
                request.traffic(),
                request.criterion(),
                request.alarms(),
                request.milestones(),
                request.timeout(),
                "",
                request.kind(),
                request.redeployOf());
        try {
            byte[] json = Json.mapper().writeValueAsString(anyone).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a request can always be written and every JRE has SHA-256", e);
        }
    }

    /** Someone asked to roll back while there was nothing to roll back yet. */
    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
