package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;

/** The two target groups that swap roles and the listeners whose traffic is moved between them. */
record LoadBalancerInfo(List<TargetGroupPairInfo> targetGroupPairInfoList) {

    LoadBalancerInfo {
        if (targetGroupPairInfoList == null || targetGroupPairInfoList.size() != 1) {
            throw invalid("exactly one target group pair is required");
        }
        targetGroupPairInfoList = List.copyOf(targetGroupPairInfoList);
    }

    TargetGroupPairInfo pair() {
        return targetGroupPairInfoList.get(0);
    }

    record TargetGroupPairInfo(
            List<TargetGroupName> targetGroups, TrafficRoute prodTrafficRoute, TrafficRoute testTrafficRoute) {

        TargetGroupPairInfo {
            if (targetGroups == null || targetGroups.size() != 2) {
                throw invalid("a target group pair has two target groups");
            }
            if (prodTrafficRoute == null) {
                throw invalid("prodTrafficRoute is required");
            }
            targetGroups = List.copyOf(targetGroups);
        }
    }

    record TargetGroupName(String name) {}

    record TrafficRoute(List<String> listenerArns) {
        TrafficRoute {
            if (listenerArns == null || listenerArns.size() != 1) {
                throw invalid("a traffic route has one listener");
            }
            listenerArns = List.copyOf(listenerArns);
        }

        String listener() {
            return listenerArns.get(0);
        }
    }

    private static AwsError invalid(String why) {
        return new AwsError("InvalidLoadBalancerInfoException", "loadBalancerInfo: " + why);
    }
}
