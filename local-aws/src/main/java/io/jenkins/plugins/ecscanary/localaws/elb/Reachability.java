package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import java.util.List;

/** Whether the network lets a load balancer connect to a target. Called holding the world's lock. */
@FunctionalInterface
public interface Reachability {

    /** There is no network that could forbid it. */
    Reachability ALWAYS = (securityGroups, target) -> true;

    /** @param securityGroups the load balancer's, by id */
    boolean reaches(List<String> securityGroups, TargetAddress target);
}
