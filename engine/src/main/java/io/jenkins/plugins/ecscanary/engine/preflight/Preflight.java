package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.Identity;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.LoadBalancerSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ServiceSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.ConfigSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.GroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.preflight.AlarmChecks.Alarms;
import io.jenkins.plugins.ecscanary.engine.preflight.ImageChecks.Image;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Looks at everything that could be in the way of a deployment, before anything is changed. What can be checked is checked
 * even where something else has refused already, so that one run tells all. Only reads.
 *
 * <p>The checks: identity, cluster-service, controller, group, config, group-free, auto-rollback, listener-weights, targets,
 * alarms, original; health-checks where those of the two target groups differ; alarm-targets where alarms look at target
 * groups or load balancers; appspec where there is one; for a rendered revision template, container and image, for a
 * registered one revision, container and image; scan where one is demanded.
 * A check is left out if what it looks at is not known because of another.
 */
public final class Preflight {

    private final Aws aws;
    private final String region;
    private final Instant now;

    /** @param now AWS's present, for how long another deployment has been active */
    public Preflight(Aws aws, String region, Instant now) {
        this.aws = aws;
        this.region = region;
        this.now = now;
    }

    /**
     * A failure of any call is a refused check; without usable keys or an answer it is the only one.
     *
     * @param scans the ones that count where the request demands that the image was scanned
     */
    public PreflightResult check(DeploymentRequest request, Identity identity, KnownScans scans) {
        Checks checks = new Checks();
        checks.passed("identity", identity.arn() + " in account " + identity.account());
        try {
            Optional<Ready> ready = look(request, identity, checks, scans);
            return new PreflightResult(checks.made(), checks.anyRefused() ? Optional.empty() : ready);
        } catch (AwsFailure e) {
            return new PreflightResult(List.of(Check.refused("identity", e.getMessage(), null)), Optional.empty());
        }
    }

    private Optional<Ready> look(DeploymentRequest request, Identity identity, Checks checks, KnownScans scans) {
        ServiceKey key = new ServiceKey(identity.account(), region, request.cluster(), request.service());
        GroupChecks groups = new GroupChecks(aws, checks, request);
        TrafficChecks traffic = new TrafficChecks(aws, checks);
        ImageChecks images = new ImageChecks(aws, checks, key);

        ServiceSeen service = new ServiceChecks(aws, checks).service(key).orElse(null);
        GroupSeen group = groups.group().orElse(null);
        Optional<ConfigSeen> config = Optional.empty();
        Optional<Sides> sides = Optional.empty();
        Optional<Alarms> alarms = Optional.empty();
        if (group != null) {
            config = groups.config(group);
            groups.free(service, now);
            groups.autoRollback(group);
            groups.readyWait(group);
            if (config.isPresent()) {
                groups.timeout(group, config.get());
            }
            sides = traffic.sides(group, service);
            sides.ifPresent(traffic::targets);
            sides.ifPresent(traffic::healthChecks);
            alarms = new AlarmChecks(aws, checks).alarms(group, sides, request);
        }
        LoadBalancerSeen lb = service == null || service.loadBalancers().isEmpty()
                ? null
                : service.loadBalancers().get(0);
        new AppSpecChecks(checks, request.options().appSpec()).check(lb, group);
        RevisionChecks revisions =
                new RevisionChecks(aws, checks, images, request.options().beforeTraffic());
        boolean rendered = request.source() instanceof DeploymentRequest.Rendered;
        Optional<RevisionChecks.Chosen> chosen = request.source() instanceof DeploymentRequest.Rendered source
                ? revisions.rendered(source, lb)
                : revisions.registered((DeploymentRequest.Registered) request.source(), lb);
        if (request.options().requireScan() != null) {
            ScanChecks scan =
                    new ScanChecks(aws, checks, scans, request.options().requireScan());
            chosen.ifPresent(what -> scan.check(what.pulled(), what.image(), () -> platform(request.source())));
        }
        if (lb == null || config.isEmpty() || sides.isEmpty() || alarms.isEmpty() || chosen.isEmpty()) {
            return Optional.empty();
        }
        String container = chosen.get().container() == null
                ? lb.containerName()
                : chosen.get().container();
        Image image = chosen.get().image();
        Revision original = images.running(service.serving(), container, lb.containerName());
        return Optional.of(new Ready(
                key,
                group.prodListenerArn(),
                sides.get().loadBalancer(),
                sides.get().original().arn(),
                original,
                sides.get().replacement().arn(),
                lb.containerName(),
                lb.containerPort(),
                container,
                rendered ? image.reference() : null,
                image.digest(),
                config.get().name(),
                config.get().traffic(),
                group.terminationWait(),
                group.readyWait(),
                alarms.get().override(),
                alarms.get().watched(),
                alarms.get().toCreate()));
    }

    private Platform platform(DeploymentRequest.Source source) {
        return Platform.of(
                source instanceof DeploymentRequest.Rendered rendered
                        ? rendered.json()
                        : aws.taskDefinitionJson(((DeploymentRequest.Registered) source).taskDefinition())
                                .orElse("{}"));
    }
}
