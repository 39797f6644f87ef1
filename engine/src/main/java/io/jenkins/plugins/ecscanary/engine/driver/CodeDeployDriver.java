package io.jenkins.plugins.ecscanary.engine.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.Identity;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.NewDeployment;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskDefinitionSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.preflight.Preflight;
import io.jenkins.plugins.ecscanary.engine.preflight.PreflightResult;
import io.jenkins.plugins.ecscanary.engine.preflight.Ready;
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

    private static final int DESCRIPTION_LIMIT = 256;

    private final Aws aws;
    private final String region;
    private final Supplier<Instant> now;

    /**
     * @param region for links into the console
     * @param now AWS's present
     */
    public CodeDeployDriver(Aws aws, String region, Supplier<Instant> now) {
        this.aws = aws;
        this.region = region;
        this.now = now;
    }

    @Override
    public PreflightResult preflight(DeploymentRequest request, Identity identity) {
        return new Preflight(aws, region, now.get()).check(request, identity);
    }

    @Override
    public Optional<DeploymentSeen> find(CodeDeployGroup group, String token, Instant since) {
        List<String> ids = aws.listDeployments(group, since);
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
    public Begun start(
            DeploymentRequest request, Ready ready, String token, Instant since, Consumer<DeploymentEvent> journal) {
        Revision revision = revision(request, ready, journal);
        journal.accept(new DeploymentEvent.RevisionRegistered(now.get(), revision));
        NewDeployment deployment = new NewDeployment(
                request.codeDeploy(),
                revision.taskDefinition(),
                ready.container(),
                ready.containerPort(),
                Description.of(token, request.startedBy(), DESCRIPTION_LIMIT),
                ready.overrideAlarms());
        journal.accept(new DeploymentEvent.Intending(
                now.get(), "CreateDeployment", revision.shortTaskDefinition() + " with " + ready.config()));
        try {
            return new Begun(aws.createDeployment(deployment), ready.config(), ready.terminationWait(), false);
        } catch (AwsFailure e) {
            if (e.kind() == AwsFailure.Kind.DENIED && deployment.alarms() != null) {
                return withoutOverride(deployment, ready, token, since, journal, e);
            }
            return perhapsCreated(request.codeDeploy(), ready, token, since, e);
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
        journal.accept(new DeploymentEvent.Warned(
                now.get(),
                "this deployment is watched by the group's own alarms, because others could not be given to it: "
                        + denied.getMessage()));
        NewDeployment plain = new NewDeployment(
                wanted.group(),
                wanted.taskDefinitionArn(),
                wanted.containerName(),
                wanted.containerPort(),
                wanted.description(),
                null);
        journal.accept(new DeploymentEvent.Intending(now.get(), "CreateDeployment", "with the group's alarms"));
        try {
            return new Begun(aws.createDeployment(plain), ready.config(), ready.terminationWait(), false);
        } catch (AwsFailure e) {
            return perhapsCreated(wanted.group(), ready, token, since, e);
        }
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
        try {
            ours = find(group, token, since);
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
            throw failure;
        }
        return new Begun(ours.get().id(), ready.config(), ready.terminationWait(), true);
    }

    private Revision revision(DeploymentRequest request, Ready ready, Consumer<DeploymentEvent> journal) {
        if (request.source() instanceof DeploymentRequest.Registered registered) {
            TaskDefinitionSeen seen = aws.taskDefinition(registered.taskDefinition())
                    .orElseThrow(() -> new IllegalStateException("preflight has seen " + registered.taskDefinition()));
            return new Revision(seen.arn(), ready.container(), seen.images().get(ready.container()), ready.digest());
        }
        DeploymentRequest.Rendered rendered = (DeploymentRequest.Rendered) request.source();
        journal.accept(new DeploymentEvent.Intending(now.get(), "RegisterTaskDefinition", ready.image()));
        TaskDefinitionSeen seen = aws.registerTaskDefinition(withImage(rendered.json(), ready));
        return new Revision(seen.arn(), ready.container(), rendered.image(), ready.digest());
    }

    /** Puts the image with its digest into the container it is for: a tag could move between now and a restart. */
    static String withImage(String json, Ready ready) {
        try {
            JsonNode root = Json.mapper().readTree(json);
            for (JsonNode container : root.path("containerDefinitions")) {
                if (container instanceof ObjectNode object
                        && container.path("name").asText().equals(ready.container())) {
                    object.put("image", ready.image());
                }
            }
            return root.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("preflight has read this task definition", e);
        }
    }

    @Override
    public void rollBack(String deploymentId) {
        aws.stopAndRollBack(deploymentId);
    }

    @Override
    public String consoleUrl(String deploymentId) {
        return ConsoleLinks.deployment(region, deploymentId);
    }
}
