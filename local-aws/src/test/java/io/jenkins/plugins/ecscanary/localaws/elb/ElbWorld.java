package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.CreateListenerRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.DescribeListenersRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.ListenersResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancerOperations.CreateLoadBalancerRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancerOperations.LoadBalancersResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupOperations.DescribeTargetGroupsRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupOperations.TargetGroupsResponse;
import java.util.List;

/** The least there must be for a target to get traffic. */
final class ElbWorld {

    private ElbWorld() {}

    static String groupBehindListener(Calls calls) {
        String balancer = calls.call(
                        "CreateLoadBalancer",
                        new CreateLoadBalancerRequest(
                                "web", List.of("subnet-a", "subnet-b"), null, null, null, null, null),
                        LoadBalancersResponse.class)
                .loadBalancers()
                .get(0)
                .loadBalancerArn();
        String group = calls.call("CreateTargetGroup", ElbFixture.groupRequest("web-a"), TargetGroupsResponse.class)
                .targetGroups()
                .get(0)
                .targetGroupArn();
        calls.call(
                "CreateListener",
                new CreateListenerRequest(balancer, "HTTP", 80, List.of(ElbFixture.forwardTo(group)), null, null, null),
                ListenersResponse.class);
        return group;
    }

    static String onlyListener(Calls calls, String group) {
        String balancer = calls.call(
                        "DescribeTargetGroups",
                        new DescribeTargetGroupsRequest(null, List.of(group), null, null, null),
                        TargetGroupsResponse.class)
                .targetGroups()
                .get(0)
                .loadBalancerArns()
                .get(0);
        return calls.call(
                        "DescribeListeners",
                        new DescribeListenersRequest(balancer, null, null, null),
                        ListenersResponse.class)
                .listeners()
                .get(0)
                .listenerArn();
    }
}
