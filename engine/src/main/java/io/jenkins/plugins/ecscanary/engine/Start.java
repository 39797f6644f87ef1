package io.jenkins.plugins.ecscanary.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.Identity;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.preflight.PreflightResult;
import io.jenkins.plugins.ecscanary.engine.preflight.Ready;
import io.jenkins.plugins.ecscanary.engine.record.RecordId;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore.NothingRecorded;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Progress;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile.UnreadableTimeline;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a request to a deployment that is observed: identity, earlier attempts, preflight, creation. Blocks. */
final class Start {

    private static final Logger LOG = LoggerFactory.getLogger(Start.class);

    /** In AWS's time; the call is cheap, and people wait. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    /** Of several starts for a service in this process the first one has its record before another one looks for records. */
    private static final Object PLANNING = new Object();

    private final Context context;
    private final DeploymentRequest request;
    private final StartOptions options;
    private final DeploymentRun run;
    private final String fingerprint;
    private final Optional<RecordSummary> own;
    private Instant waitingSince;

    Start(Context context, DeploymentRequest request, StartOptions options, DeploymentRun run) {
        this.context = context;
        this.request = request;
        this.options = options;
        this.run = run;
        this.fingerprint = fingerprint(request);
        this.own = own();
    }

    void begin() {
        Identity identity;
        try {
            identity = context.aws().identity();
        } catch (AwsFailure e) {
            refused("identity", e);
            return;
        }
        context.time().sync(identity.serverTime());
        try {
            if (own.isPresent()) {
                goOn(own.get(), identity);
            } else {
                begin(identity);
            }
        } catch (AwsFailure e) {
            refused("other-deployments", e); // preflight tells its own failures itself
        } catch (UncheckedIOException | UnreadableTimeline e) {
            if (own.isPresent() || run.view().id() != null) {
                throw e; // it may have been begun
            }
            run.end(Outcome.REFUSED, "nothing was begun, because it can't be recorded: " + e.getMessage());
        }
    }

    private void refused(String check, AwsFailure e) {
        if (own.isPresent()) {
            run.fail(e); // AWS may have it: that it can't be asked now refuses nothing
            return;
        }
        run.append(new DeploymentEvent.Checked(context.time().now(), Check.refused(check, e.getMessage(), null)));
        run.end(Outcome.REFUSED, e.getMessage());
    }

    private void begin(Identity identity) {
        ServiceKey service = new ServiceKey(identity.account(), context.region(), request.cluster(), request.service());
        Set<String> settled = new HashSet<>();
        if (!settled(unsettled(service, settled), settled, identity) || othersAreActive()) {
            return;
        }
        while (true) {
            List<RecordSummary> others;
            synchronized (PLANNING) {
                others = unsettled(service, settled);
                if (others.isEmpty()) {
                    plan(service);
                    break;
                }
            }
            if (!settled(others, settled, identity)) {
                return;
            }
        }
        checked(identity).ifPresent(new Creation(context, request, run)::begin);
    }

    /** The record that an earlier begin of this very deployment has made, in whatever account that was. */
    private Optional<RecordSummary> own() {
        return options.recordId() == null
                ? Optional.empty()
                : context.records().find(options.recordId(), request.cluster(), request.service());
    }

    private boolean settled(List<RecordSummary> others, Set<String> settled, Identity identity) {
        for (RecordSummary earlier : others) {
            if (!settled(earlier, identity)) {
                return false;
            }
            settled.add(earlier.id());
        }
        return true;
    }

    private List<RecordSummary> unsettled(ServiceKey service, Set<String> settled) {
        return context.records().history(service).stream()
                .filter(record -> record.verdict() == null && !settled.contains(record.id()))
                .toList();
    }

    /** Where nobody waits for them, preflight refuses with what it finds. */
    private boolean othersAreActive() {
        if (!options.waitForOthers()) {
            return false;
        }
        Optional<DeploymentSeen> active = context.driver().active(request.codeDeploy());
        active.ifPresent(other -> conflict("the deployment " + other.id() + ", " + other.status() + " since "
                + other.createdAt() + ", is under way in "
                + request.codeDeploy().application() + "/"
                + request.codeDeploy().group()));
        return active.isPresent();
    }

    /** The record this start is about was made by an earlier one of it, which may have got anywhere. */
    private void goOn(RecordSummary own, Identity identity) {
        TimelineFile file;
        try {
            file = context.records()
                    .own(own)
                    .orElseThrow(
                            () -> new IllegalStateException("the record " + own.id() + " is being followed already"));
        } catch (NothingRecorded e) {
            begin(identity);
            return;
        }
        run.hold(file);
        DeploymentView known = ViewFold.fold(file.entries());
        Optional<DeploymentSeen> created = Optional.empty();
        if (!known.ended()) {
            Resume.requireHome(context, identity, known);
            created = Resume.created(context, known);
        }
        Resume.of(context, run, file, created, "begun again", () -> again(identity));
    }

    /** Nothing was created. A task before traffic that runs comes to its end first, whatever else there is to be said. */
    private void again(Identity identity) {
        if (BeforeTraffic.begun(run.view())) {
            new BeforeTraffic(context, run, () -> anew(identity)).follow(() -> anew(identity));
        } else {
            anew(identity);
        }
    }

    /** Everything is looked at once more: what serves may have changed since. */
    private void anew(Identity identity) {
        if (Unwanted.ended(context, run)) {
            return;
        }
        Creation creation = new Creation(context, request, run);
        boolean registered = run.view().working().revision() != null;
        checked(identity).ifPresent(registered ? creation::goOn : creation::begin);
    }

    /** @return false: not now */
    private boolean conflict(String other) {
        Instant now = context.time().now();
        waitingSince = waitingSince == null ? now : waitingSince;
        if (run.givenUp()) {
            run.end(Outcome.ABORTED, run.givenUpBecause() + "; nothing was created");
        } else if (!options.waitForOthers()) {
            run.end(Outcome.REFUSED, other);
        } else if (now.isAfter(waitingSince.plus(request.timeout()))) {
            run.end(Outcome.REFUSED, other + "; it was waited for since " + waitingSince);
        } else {
            options.waiting().accept(other + "; its end is waited for");
            context.time().after(LOOK_AGAIN, () -> context.starts().execute(this::beginAgain));
        }
        return false;
    }

    private void beginAgain() {
        try {
            begin();
        } catch (RuntimeException e) {
            run.fail(e);
        }
    }

    /** Empty if preflight has refused it, and so the run has ended. */
    private Optional<Ready> checked(Identity identity) {
        PreflightResult preflight = context.driver().preflight(request, identity, options.scans());
        preflight
                .checks()
                .forEach(check ->
                        run.append(new DeploymentEvent.Checked(context.time().now(), check)));
        if (preflight.ready().isEmpty()) {
            run.end(Outcome.REFUSED, refusal(preflight));
        }
        return preflight.ready();
    }

    /**
     * Deals with a record that has no verdict: another attempt that is alive or was killed.
     *
     * @return whether a new deployment may be begun; otherwise this run has become that one, or has been refused
     */
    private boolean settled(RecordSummary earlier, Identity identity) {
        Optional<TimelineFile> owned;
        try {
            owned = context.records().own(earlier);
        } catch (NothingRecorded e) {
            LOG.warn("nothing holds up another deployment: {}", e.getMessage());
            return true;
        }
        if (owned.isEmpty()) {
            return conflict(busy(earlier));
        }
        try {
            return settled(earlier, owned.get(), identity);
        } catch (RuntimeException e) {
            owned.get().close();
            throw e;
        }
    }

    /** For a record that is not this request's. */
    private DeploymentRun another() {
        return context.followed().add(new DeploymentRun(context));
    }

    private boolean settled(RecordSummary earlier, TimelineFile file, Identity identity) {
        DeploymentView known = ViewFold.fold(file.entries());
        if (known.ended()) {
            Resume.of(context, another(), file, Optional.empty(), "only its index was behind");
            return true;
        }
        Optional<DeploymentSeen> created = Resume.created(context, known);
        // A host that chooses ids means this one and no other, however alike.
        boolean same =
                options.recordId() == null && fingerprint.equals(known.working().fingerprint()) && sameImage(known);
        boolean lost =
                created.isEmpty() && LostCreation.possible(known, context.time().now());
        boolean never = created.isEmpty() && known.deploymentId() == null && !lost;
        if (never && same && BeforeTraffic.begun(known)) {
            String why = "this very deployment was begun before, its task before traffic too";
            Resume.of(context, run, file, created, why, () -> again(identity));
            return false;
        }
        if (never && LostTaskRun.runs(context, known)) {
            file.close();
            return conflict(busy(earlier) + "; its task before traffic still runs, as far as is known");
        }
        boolean over = created.filter(seen -> Progress.of(seen.status()).over()).isPresent();
        if (never || over) {
            Resume.of(context, another(), file, created, "it was left unfinished");
            return true;
        }
        if (same) {
            String why = "this very deployment was begun before and goes on";
            Resume.of(context, run, file, created, why, () -> again(identity));
            return false;
        }
        file.close();
        return conflict(busy(earlier));
    }

    /** Whether the tag still names what that deployment ships: the same words may mean another image by now. */
    private boolean sameImage(DeploymentView known) {
        if (!(request.source() instanceof DeploymentRequest.Rendered rendered)
                || known.working().revision() == null
                || known.working().revision().digest() == null) {
            return true;
        }
        if (rendered.image().endsWith("@" + known.working().revision().digest())) {
            return true; // by digest: nothing to ask, and no other registry than ECR could be
        }
        return context.aws()
                .imageDigest(rendered.image())
                .map(known.working().revision().digest()::equals)
                .orElse(false);
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
        if (run.leftBehind()) {
            throw new LeftException(null); // no record begins that nobody goes on with
        }
        String id = options.recordId() != null ? options.recordId() : RecordId.fresh(now);
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
                context.time().speed(),
                request.options()));
    }

    private String image() {
        return request.source() instanceof DeploymentRequest.Rendered rendered ? rendered.image() : null;
    }

    private static String refusal(PreflightResult preflight) {
        return preflight.checks().stream()
                .filter(check -> check.outcome() == CheckOutcome.REFUSED)
                .map(check -> check.remedy() == null ? check.detail() : check.detail() + "; " + check.remedy())
                .collect(Collectors.joining(" | "));
    }

    /** Equal for requests that would deploy the same in the same way, whoever asks. */
    static String fingerprint(DeploymentRequest request) {
        try {
            byte[] json =
                    Json.mapper().writeValueAsString(request.withStartedBy("")).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a request can always be written and every JRE has SHA-256", e);
        }
    }
}
