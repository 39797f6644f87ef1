package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.util.List;

/** What is done with requests that meet all conditions. */
public record RouteRule(List<RequestCondition> conditions, RouteAction action) {

    public RouteRule {
        conditions = List.copyOf(conditions);
    }

    boolean matches(Asked asked) {
        for (RequestCondition condition : conditions) {
            if (!condition.matches(asked)) {
                return false;
            }
        }
        return true;
    }
}
