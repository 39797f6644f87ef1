package io.jenkins.plugins.ecscanary.engine.model;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What someone wants deployed.
 *
 * @param cluster name
 * @param service name
 * @param source the new revision
 * @param codeDeploy application, group and config
 * @param traffic the plan, or null for the deployment config's own
 * @param criterion what healthy means
 * @param alarms further alarms that stop the deployment, by name
 * @param milestones weights at which a phase is reported
 * @param timeout from start to verdict; when it passes, the deployment is rolled back
 * @param startedBy who asks, for people
 * @param kind {@code deploy} or {@code redeploy}
 * @param redeployOf the record whose revision is shipped again, or null
 * @param options how it is done beyond the plan, or null for {@link DeploymentOptions#DEFAULT}
 */
public record DeploymentRequest(
        String cluster,
        String service,
        Source source,
        CodeDeployGroup codeDeploy,
        TrafficPlan traffic,
        Criterion criterion,
        List<String> alarms,
        List<Integer> milestones,
        Duration timeout,
        String startedBy,
        String kind,
        String redeployOf,
        DeploymentOptions options) {

    /** Phases of the reference: reported when reached, whatever steps AWS takes in between. */
    public static final List<Integer> REFERENCE_MILESTONES = List.of(10, 20, 50, 70, 100);

    public DeploymentRequest {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(codeDeploy, "codeDeploy");
        Objects.requireNonNull(criterion, "criterion");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(startedBy, "startedBy");
        Objects.requireNonNull(kind, "kind");
        alarms = List.copyOf(alarms);
        milestones = List.copyOf(milestones);
        options = options == null ? DeploymentOptions.DEFAULT : options;
    }

    /** The same, asked for by another one. */
    public DeploymentRequest withStartedBy(String who) {
        return with(who, options);
    }

    /** The same, done in another way. */
    public DeploymentRequest withOptions(DeploymentOptions others) {
        return with(startedBy, others);
    }

    private DeploymentRequest with(String who, DeploymentOptions how) {
        return new DeploymentRequest(
                cluster,
                service,
                source,
                codeDeploy,
                traffic,
                criterion,
                alarms,
                milestones,
                timeout,
                who,
                kind,
                redeployOf,
                how);
    }

    /** Where the new revision comes from. */
    public sealed interface Source {}

    /**
     * A task definition made of a template.
     *
     * @param json the template's text with every placeholder filled in
     * @param image as given; a tag is resolved to its digest and deployed by digest
     * @param container the container the image is for; null for the only one, else the one that has this image in the task
     *     definition, of several such the one that takes the traffic
     */
    public record Rendered(String json, String image, String container) implements Source {}

    /**
     * A task definition that is registered already.
     *
     * @param taskDefinition ARN or {@code family:revision}
     * @param digest the image digest it is expected to run, checked if not null
     * @param container the container whose image that is; null for the one that has that digest, else the one that takes the
     *     traffic
     */
    public record Registered(String taskDefinition, String digest, String container) implements Source {

        /** With the container found. */
        public Registered(String taskDefinition, String digest) {
            this(taskDefinition, digest, null);
        }
    }
}
