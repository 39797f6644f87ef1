package io.jenkins.plugins.ecscanary.infra;

import software.amazon.awscdk.services.ecs.CfnService;

/** What somebody else has to say about the ECS service. */
interface ServicePart {

    /** @param balancer the service's only one */
    void addTo(CfnService.Builder service, CfnService.LoadBalancerProperty.Builder balancer);
}
