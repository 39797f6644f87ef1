package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.RuleCondition.HttpHeaderConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleCondition.KeyValue;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleCondition.QueryStringConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleCondition.Values;
import io.jenkins.plugins.ecscanary.localaws.proxy.CidrBlock;
import io.jenkins.plugins.ecscanary.localaws.proxy.RequestCondition;
import io.jenkins.plugins.ecscanary.localaws.proxy.RequestCondition.Parameter;
import io.jenkins.plugins.ecscanary.localaws.proxy.Wildcard;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What AWS asks of a rule's conditions, and what they mean to the data plane. Limits and characters are those of the API
 * reference, the guide and the quotas page; the sentences of the errors are our own where AWS's are not known.
 */
final class ConditionRules {

    private static final int MOST_VALUES = 5;
    private static final int MOST_WILDCARDS = 5;
    private static final List<String> ONCE = List.of("path-pattern", "host-header", "http-request-method", "source-ip");
    private static final List<String> FIELDS =
            List.of("path-pattern", "host-header", "http-header", "http-request-method", "query-string", "source-ip");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_.$/~\"'@:+;&*?-]{1,128}");
    private static final Pattern HOST = Pattern.compile("(?=.{1,128}$)[A-Za-z0-9_.*?-]*\\.[A-Za-z*?]+");
    private static final Pattern METHOD = Pattern.compile("[A-Z_-]{1,40}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9*?!#$%&'+.^_`|~-]{1,40}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7E]{1,128}");
    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9_.$/~\"'@:+&()!,;=*?\\\\-]{1,128}");

    /** How many values and wildcards there are so far: limits are per rule. */
    private int values;

    private int wildcards;
    private final List<RuleCondition> shown = new ArrayList<>();
    private final List<RequestCondition> compiled = new ArrayList<>();

    private ConditionRules() {}

    /** The conditions, checked. */
    static Checked check(List<RuleCondition> given) {
        if (given == null || given.isEmpty()) {
            throw Require.invalid("A rule condition must be specified");
        }
        ConditionRules rules = new ConditionRules();
        Set<String> seen = new HashSet<>();
        for (RuleCondition condition : given) {
            String field = condition.field();
            if (field == null || field.isEmpty()) {
                throw Require.invalid("A condition field must be specified");
            }
            Require.oneOf(field, FIELDS, "Condition field");
            if (!seen.add(field) && ONCE.contains(field)) {
                throw Require.invalid("A rule can only have one condition with field '" + field + "'");
            }
            requireOnly(condition);
            rules.read(condition);
        }
        if (rules.values > MOST_VALUES) {
            throw Require.invalid("A rule can only have '" + MOST_VALUES + "' condition values");
        }
        if (rules.wildcards > MOST_WILDCARDS) {
            throw Require.invalid("A rule can only have '" + MOST_WILDCARDS + "' condition wildcards");
        }
        return new Checked(rules.shown, rules.compiled);
    }

    private static void requireOnly(RuleCondition condition) {
        String field = condition.field();
        boolean stray = condition.hostHeaderConfig() != null && !"host-header".equals(field)
                || condition.pathPatternConfig() != null && !"path-pattern".equals(field)
                || condition.httpHeaderConfig() != null && !"http-header".equals(field)
                || condition.queryStringConfig() != null && !"query-string".equals(field)
                || condition.httpRequestMethodConfig() != null && !"http-request-method".equals(field)
                || condition.sourceIpConfig() != null && !"source-ip".equals(field);
        if (stray) {
            throw Require.invalid(
                    "A condition with field '" + field + "' can't have the configuration of another field");
        }
    }

    private void read(RuleCondition condition) {
        switch (condition.field()) {
            case "path-pattern" -> {
                List<String> paths = either(condition, condition.pathPatternConfig());
                paths.forEach(path -> counted(path, PATH, false));
                Values both = new Values(paths);
                shown.add(new RuleCondition("path-pattern", paths, null, both, null, null, null, null));
                compiled.add(new RequestCondition.PathPattern(
                        paths.stream().map(Wildcard::caseSensitive).toList()));
            }
            case "host-header" -> {
                List<String> hosts = either(condition, condition.hostHeaderConfig());
                hosts.forEach(host -> counted(host, HOST, false));
                Values both = new Values(hosts);
                shown.add(new RuleCondition("host-header", hosts, both, null, null, null, null, null));
                compiled.add(new RequestCondition.HostHeader(
                        hosts.stream().map(Wildcard::ignoringCase).toList()));
            }
            case "http-header" -> header(condition);
            case "query-string" -> query(condition);
            case "http-request-method" -> {
                List<String> methods = only(condition, condition.httpRequestMethodConfig());
                for (String method : methods) {
                    requireShape(method, METHOD, "http-request-method");
                    values++;
                }
                shown.add(condition);
                compiled.add(new RequestCondition.RequestMethod(Set.copyOf(methods)));
            }
            default -> {
                List<String> blocks = only(condition, condition.sourceIpConfig());
                values += blocks.size();
                shown.add(condition);
                compiled.add(new RequestCondition.SourceIp(
                        blocks.stream().map(ConditionRules::block).toList()));
            }
        }
    }

    private void header(RuleCondition condition) {
        HttpHeaderConfig config = condition.httpHeaderConfig();
        noOlderWay(condition);
        String name = Require.present(config == null ? null : config.httpHeaderName(), "condition HTTP header name");
        requireShape(name, HEADER, "http-header name");
        if ("host".equalsIgnoreCase(name)) {
            throw Require.invalid("A condition on the host header must have the field 'host-header'");
        }
        List<String> given = present(config.values(), "http-header");
        given.forEach(value -> counted(value, HEADER_VALUE, false));
        shown.add(condition);
        compiled.add(new RequestCondition.HttpHeader(
                name, given.stream().map(Wildcard::ignoringCase).toList()));
    }

    private void query(RuleCondition condition) {
        QueryStringConfig config = condition.queryStringConfig();
        noOlderWay(condition);
        List<KeyValue> given = present(config == null ? null : config.values(), "query-string");
        List<Parameter> parameters = new ArrayList<>();
        for (KeyValue parameter : given) {
            String value = Require.present(parameter.value(), "condition query string value");
            counted(value, QUERY, true);
            boolean keyed = parameter.key() != null && !parameter.key().isEmpty();
            if (keyed) {
                requireShape(parameter.key(), QUERY, "query-string");
                wildcards += Wildcard.count(parameter.key(), true);
            }
            parameters.add(new Parameter(keyed ? Wildcard.escaped(parameter.key()) : null, Wildcard.escaped(value)));
        }
        shown.add(condition);
        compiled.add(new RequestCondition.QueryString(parameters));
    }

    private void counted(String value, Pattern shape, boolean escapes) {
        requireShape(value, shape, "condition");
        values++;
        wildcards += Wildcard.count(value, escapes);
    }

    private static void requireShape(String value, Pattern shape, String what) {
        if (value == null || !shape.matcher(value).matches()) {
            throw Require.invalid("The " + what + " value '" + value
                    + "' contains characters that are not valid, or is " + "empty or too long");
        }
    }

    private static CidrBlock block(String text) {
        try {
            return CidrBlock.parse(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw Require.invalid("The source-ip value '" + text + "' must be a CIDR block");
        }
    }

    private static List<String> either(RuleCondition condition, Values config) {
        boolean older = condition.values() != null && !condition.values().isEmpty();
        if (older && config != null && !condition.values().equals(config.values())) {
            throw Require.invalid("The values of a condition with field '" + condition.field()
                    + "' can be specified in one way only");
        }
        return present(older ? condition.values() : config == null ? null : config.values(), condition.field());
    }

    private static List<String> only(RuleCondition condition, Values config) {
        noOlderWay(condition);
        return present(config == null ? null : config.values(), condition.field());
    }

    private static void noOlderWay(RuleCondition condition) {
        if (condition.values() != null && !condition.values().isEmpty()) {
            throw Require.invalid("'Values' can't be specified for a condition with field '" + condition.field() + "'");
        }
    }

    private static <T> List<T> present(List<T> values, String field) {
        if (values == null || values.isEmpty()) {
            throw Require.invalid("A condition value must be specified for field '" + field + "'");
        }
        return List.copyOf(values);
    }

    /**
     * @param shown as AWS shows them
     * @param compiled as the data plane needs them
     */
    record Checked(List<RuleCondition> shown, List<RequestCondition> compiled) {
        Checked {
            shown = List.copyOf(shown);
            compiled = List.copyOf(compiled);
        }
    }
}
