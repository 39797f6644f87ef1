package io.jenkins.plugins.ecscanary.engine.driver;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.Identity;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskDefinitionSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.NewDeployment;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.SuccessRateAlarm;
import io.jenkins.plugins.ecscanary.engine.link.ConsoleLinks;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.preflight.NewestDeployments;
import io.jenkins.plugins.ecscanary.engine.preflight.Preflight;
import io.jenkins.plugins.ecscanary.engine.preflight.PreflightResult;
import io.jenkins.plugins.ecscanary.engine.preflight.Ready;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.taskdef.TaskDefinitionText;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Shifts traffic with CodeDeploy, for services whose controller is CODE_DEPLOY. The token travels in the deployment's
 * description, the only member of a deployment that is ours to write.
 */
public final class CodeDeployDriver implements Driver {

    /** The key of the tag on every revision we register; its value is the token of the deployment it was for. */
    public static final String TAG = "ecs-canary";

    private static final int DESCRIPTION_LIMIT = 256;

    private final Aws aws;
    private final String region;
    private final boolean linkToConsole;
    private final Supplier<Instant> now;

    /**
     * @param linkToConsole false for an AWS that has no console, such as a local one
     * @param now AWS's present
     */
    public CodeDeployDriver(Aws aws, String region, boolean linkToConsole, Supplier<Instant> now) {
        this.aws = aws;
        this.region = region;
        this.linkToConsole = linkToConsole;
        this.now = now;
    }

    @Override
    public PreflightResult preflight(DeploymentRequest request, Identity identity, KnownScans scans) {
        return new Preflight(aws, region, now.get()).check(request, identity, scans);
    }

    @Override
    public Optional<DeploymentSeen> find(CodeDeployGroup group, String token, Instant since) {
        List<String> ids = aws.listDeployments(group, since, Integer.MAX_VALUE);
        for (int from = 0; from < ids.size(); from += 25) {
            List<String> chunk = ids.subList(from, Math.min(ids.size(), from + 25));
            Optional<DeploymentSeen> found = aws.deployments(chunk).stream()
                    .filter(seen -> Description.carries(seen.description(), token))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public Revision register(DeploymentRequest request, Ready ready, String token, Consumer<DeploymentEvent> journal) {
        createAlarms(ready, journal);
        Revision revision = revision(request, ready, token, journal);
        journal.accept(new DeploymentEvent.RevisionRegistered(now.get(), revision));
        return revision;
    }

    @Override
    public Begun start(
            DeploymentRequest request,
            Ready ready,
            Revision revision,
            String token,
            Instant since,
            Consumer<DeploymentEvent> journal) {
        NewDeployment deployment = new NewDeployment(
                request.codeDeploy(),
                revision.taskDefinition(),
                ready.container(),
                ready.containerPort(),
                Description.of(token, request.startedBy(), DESCRIPTION_LIMIT),
                ready.overrideAlarms(),
                request.options().appSpec());
        journal.accept(new DeploymentEvent.Intending(
                now.get(), "CreateDeployment", revision.shortTaskDefinition() + " with " + ready.config()));
        try {
            return new Begun(aws.createDeployment(deployment), ready.config(), ready.terminationWait(), false);
        } catch (AwsFailure e) {
            if (deployment.alarms() != null && lacksRightToOverride(e)) {
                return withoutOverride(deployment, ready, token, since, journal, e);
            }
            return perhapsCreated(request.codeDeploy(), ready, token, since, e);
        }
    }

    /** First of all: a deployment that was to be watched by them must not begin without them. */
    private void createAlarms(Ready ready, Consumer<DeploymentEvent> journal) {
        for (SuccessRateAlarm alarm : ready.alarmsToCreate()) {
            journal.accept(new DeploymentEvent.Intending(
                    now.get(), "PutMetricAlarm", alarm.name() + ", " + alarm.description()));
            try {
                aws.createAlarm(alarm);
            } catch (AwsFailure e) {
                throw new AwsFailure(
                        e.kind(),
                        "nothing is deployed, because an alarm that was to be created could not be: " + e.getMessage(),
                        e.code(),
                        e.requestId(),
                        false,
                        e);
            }
        }
    }

    /** Overriding alarms needs a permission of its own (codedeploy:UpdateDeploymentGroup); the group's alarms do too. */
    private Begun withoutOverride(
            NewDeployment wanted,
            Ready ready,
            String token,
            Instant since,
            Consumer<DeploymentEvent> journal,
            AwsFailure denied) {
        refuseIfRed(wanted.group(), denied);
        journal.accept(new DeploymentEvent.Warned(
                now.get(),
                "this deployment is watched by the group's own alarms, because others could not be given to it: "
                        + denied.getMessage()));
        journal.accept(new DeploymentEvent.SidesKnown(
                now.get(),
                ready.listenerArn(),
                ready.loadBalancer(),
                ready.originalTargetGroupArn(),
                ready.original(),
                ready.replacementTargetGroupArn(),
                aws.deploymentGroup(wanted.group())
                        .map(AwsCodeDeploy.GroupSeen::alarms)
                        .orElse(List.of())));
        NewDeployment plain = new NewDeployment(
                wanted.group(),
                wanted.taskDefinitionArn(),
                wanted.containerName(),
                wanted.containerPort(),
                wanted.description(),
                null,
                wanted.appSpec());
        journal.accept(new DeploymentEvent.Intending(now.get(), "CreateDeployment", "with the group's alarms"));
        try {
            return new Begun(aws.createDeployment(plain), ready.config(), ready.terminationWait(), false);
        } catch (AwsFailure e) {
            return perhapsCreated(wanted.group(), ready, token, since, e);
        }
    }

    /** AWS names the action that is missing in its sentence; other denials are not about the alarms. */
    private static boolean lacksRightToOverride(AwsFailure failure) {
        return failure.kind() == AwsFailure.Kind.DENIED && failure.getMessage().contains("UpdateDeploymentGroup");
    }

    /**
     * Preflight let a red alarm of the original pass because this deployment was not to be watched by it. With the group's
     * alarms it would be, and AWS would stop the deployment at once.
     */
    private void refuseIfRed(CodeDeployGroup group, AwsFailure denied) {
        List<String> alarms =
                aws.deploymentGroup(group).map(AwsCodeDeploy.GroupSeen::alarms).orElse(List.of());
        if (alarms.isEmpty()) {
            return;
        }
        List<String> red = aws.alarms(alarms).stream()
                .filter(alarm -> alarm.state().equals("ALARM"))
                .map(Aws.AlarmSeen::name)
                .toList();
        if (!red.isEmpty()) {
            throw new AwsFailure(
                    AwsFailure.Kind.DENIED,
                    "the group's alarms " + red + " are red and others could not be given to this deployment; allow "
                            + "codedeploy:UpdateDeploymentGroup or wait until they are OK: " + denied.getMessage(),
                    denied.code(),
                    denied.requestId(),
                    false,
                    denied);
        }
    }

    /** Who was faster: the active deployment of a busy group, in words. */
    private String active(CodeDeployGroup group, Instant since) {
        return NewestDeployments.since(aws, group, since)
                .active()
                .map(seen -> "; " + seen.id() + " is under way, "
                        + (Description.who(seen.description()) == null
                                ? "described as \"" + seen.description() + "\""
                                : "by " + Description.who(seen.description()))
                        + " since " + seen.createdAt())
                .orElse("");
    }

    @Override
    public Optional<DeploymentSeen> active(CodeDeployGroup group) {
        return NewestDeployments.of(aws, group, now.get()).active();
    }

    /**
     * After a failed CreateDeployment: if its outcome is not known, or the group is busy (perhaps with the very deployment
     * whose answer was lost), the token tells.
     */
    private Begun perhapsCreated(CodeDeployGroup group, Ready ready, String token, Instant since, AwsFailure failure) {
        if (!failure.mayHaveHappened() && failure.kind() != AwsFailure.Kind.BUSY) {
            throw failure;
        }
        Optional<DeploymentSeen> ours;
        String other;
        try {
            ours = find(group, token, since);
            other = ours.isEmpty() && failure.kind() == AwsFailure.Kind.BUSY ? active(group, since) : "";
        } catch (AwsFailure lookup) {
            throw new AwsFailure(
                    failure.kind(),
                    failure.getMessage() + " (and it could not be looked for: " + lookup.getMessage() + ")",
                    failure.code(),
                    failure.requestId(),
                    true,
                    failure);
        }
        if (ours.isEmpty()) {
            throw new AwsFailure(
                    failure.kind(),
                    failure.getMessage() + other,
                    failure.code(),
                    failure.requestId(),
                    failure.mayHaveHappened(),
                    failure);
        }
        return new Begun(ours.get().id(), ready.config(), ready.terminationWait(), true);
    }

    private Revision revision(DeploymentRequest request, Ready ready, String token, Consumer<DeploymentEvent> journal) {
        if (request.source() instanceof DeploymentRequest.Registered registered) {
            TaskDefinitionSeen seen = aws.taskDefinition(registered.taskDefinition())
                    .orElseThrow(() -> new IllegalStateException("preflight has seen " + registered.taskDefinition()));
            return new Revision(
                    seen.arn(), ready.imageContainer(), seen.images().get(ready.imageContainer()), ready.digest());
        }
        DeploymentRequest.Rendered rendered = (DeploymentRequest.Rendered) request.source();
        journal.accept(new DeploymentEvent.Intending(now.get(), "RegisterTaskDefinition", ready.image()));
        TaskDefinitionSeen seen = register(withImage(rendered, ready), request, token, journal);
        return new Revision(seen.arn(), ready.imageContainer(), rendered.image(), ready.digest());
    }

    /** Tagging needs a permission of its own (ecs:TagResource); a revision without the tag is as good, and stays. */
    private TaskDefinitionSeen register(
            String json, DeploymentRequest request, String token, Consumer<DeploymentEvent> journal) {
        try {
            return aws.registerTaskDefinition(TaskDefinitionText.withTag(json, TAG, token));
        } catch (AwsFailure e) {
            if (e.kind() != AwsFailure.Kind.DENIED || !e.getMessage().contains("TagResource")) {
                throw e;
            }
            if (request.options().keepRevisions() != null) {
                journal.accept(new DeploymentEvent.Warned(
                        now.get(),
                        "the revision can't be tagged as ours, so that it stays registered whatever its age: "
                                + e.getMessage()));
            }
            return aws.registerTaskDefinition(json);
        }
    }

    /** Puts the image with its digest into the container it is for: a tag could move between now and a restart. */
    public static String withImage(DeploymentRequest.Rendered rendered, Ready ready) {
        return TaskDefinitionText.withImage(rendered.json(), rendered.image(), ready.image());
    }

    @Override
    public void proceed(String deploymentId, Wait wait) {
        aws.continueDeployment(deploymentId, wait);
    }

    @Override
    public void rollBack(String deploymentId) {
        aws.stopAndRollBack(deploymentId);
    }

    @Override
    public String consoleUrl(String deploymentId) {
        return linkToConsole ? new ConsoleLinks(region).deployment(deploymentId) : null;
    }
}
