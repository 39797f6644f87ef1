package io.jenkins.plugins.ecscanary.localaws.elb;

import java.util.List;

/**
 * An action on the wire.
 *
 * @param targetGroupArn there for a forward to a single group only
 * @param order accepted: there is one action
 */
record Action(
        String type,
        String targetGroupArn,
        Integer order,
        ForwardConfig forwardConfig,
        RedirectConfig redirectConfig,
        FixedResponseConfig fixedResponseConfig) {

    /** A forward to this group, or to the groups of {@code config}. */
    static Action forward(String targetGroupArn, ForwardConfig config) {
        return new Action("forward", targetGroupArn, null, config, null, null);
    }

    record ForwardConfig(List<GroupWeight> targetGroups, Stickiness targetGroupStickinessConfig) {}

    record GroupWeight(String targetGroupArn, Integer weight) {}

    record Stickiness(Boolean enabled, Integer durationSeconds) {}

    record RedirectConfig(String protocol, String port, String host, String path, String query, String statusCode) {}

    record FixedResponseConfig(String messageBody, String statusCode, String contentType) {}
}
