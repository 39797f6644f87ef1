package io.jenkins.plugins.ecscanary.localaws.elb;

import java.util.List;

/**
 * A rule's condition on the wire.
 *
 * @param values the older way to give the values of a path pattern or a host header; AWS shows both ways
 */
record RuleCondition(
        String field,
        List<String> values,
        Values hostHeaderConfig,
        Values pathPatternConfig,
        HttpHeaderConfig httpHeaderConfig,
        QueryStringConfig queryStringConfig,
        Values httpRequestMethodConfig,
        Values sourceIpConfig) {

    /** A condition of the older way. */
    static RuleCondition of(String field, String... values) {
        return new RuleCondition(field, List.of(values), null, null, null, null, null, null);
    }

    record Values(List<String> values) {}

    record HttpHeaderConfig(String httpHeaderName, List<String> values) {}

    record QueryStringConfig(List<KeyValue> values) {}

    /** @param key null for any */
    record KeyValue(String key, String value) {}
}
