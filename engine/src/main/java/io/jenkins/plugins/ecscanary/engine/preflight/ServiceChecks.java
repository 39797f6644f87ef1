package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ServiceSeen;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import java.util.Optional;

/** Is there such a service, and can CodeDeploy deploy it? */
final class ServiceChecks {

    private final Aws aws;
    private final Checks checks;

    ServiceChecks(Aws aws, Checks checks) {
        this.aws = aws;
        this.checks = checks;
    }

    /** The service, also where its controller is another one. */
    Optional<ServiceSeen> service(ServiceKey key) {
        Optional<Optional<ServiceSeen>> answer =
                checks.ask("cluster-service", () -> aws.service(key.cluster(), key.service()));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        if (answer.get().isEmpty()) {
            checks.refused(
                    "cluster-service",
                    "there is no service " + key,
                    "check the names of service and cluster, and the region");
            return Optional.empty();
        }
        ServiceSeen service = answer.get().get();
        if (!"ACTIVE".equals(service.status())) {
            checks.refused(
                    "cluster-service",
                    "service " + key + " is " + service.status() + ", not ACTIVE",
                    "create the service again, or name another");
        } else if (service.loadBalancers().isEmpty()) {
            checks.refused(
                    "cluster-service",
                    "service " + key + " has no load balancer, so there is no traffic to shift",
                    "create the service with a load balancer");
        } else {
            checks.passed("cluster-service", "service " + key + " is active, " + service.desiredCount() + " tasks");
        }
        controller(service);
        return answer.get();
    }

    private void controller(ServiceSeen service) {
        if ("CODE_DEPLOY".equals(service.controller())) {
            checks.passed("controller", "the service's deployment controller is CODE_DEPLOY");
            return;
        }
        String needs = "EXTERNAL".equals(service.controller())
                ? "an EXTERNAL controller would need task sets and weights of our own"
                : "an ECS controller would need the service's own LINEAR, CANARY or BLUE_GREEN strategy";
        checks.refused(
                "controller",
                "the service's deployment controller is " + service.controller()
                        + ", and deployments are made with CODE_DEPLOY only; " + needs,
                "give the service the deployment controller CODE_DEPLOY and a CodeDeploy deployment group");
    }
}
