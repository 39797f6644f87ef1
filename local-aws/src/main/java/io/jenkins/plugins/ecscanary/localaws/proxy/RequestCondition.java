package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.util.List;
import java.util.Set;

/**
 * A condition of a listener's rule, as Elastic Load Balancing's guide defines them ("Condition types for listener rules").
 * It is met if one of its values matches.
 */
public sealed interface RequestCondition {

    boolean matches(Asked asked);

    /** The path without the query; case matters. */
    record PathPattern(List<Wildcard> values) implements RequestCondition {
        public PathPattern {
            values = List.copyOf(values);
        }

        @Override
        public boolean matches(Asked asked) {
            return any(values, asked.path());
        }
    }

    /**
     * The {@code Host} header; case does not matter. Its port is left out of the comparison: here nearly every request has
     * one, since listeners are not where they are configured to be.
     */
    record HostHeader(List<Wildcard> values) implements RequestCondition {
        public HostHeader {
            values = List.copyOf(values);
        }

        @Override
        public boolean matches(Asked asked) {
            return any(values, asked.host());
        }
    }

    /** One header; a header that is there several times is looked at in order. Case matters neither in name nor value. */
    record HttpHeader(String name, List<Wildcard> values) implements RequestCondition {
        public HttpHeader {
            values = List.copyOf(values);
        }

        @Override
        public boolean matches(Asked asked) {
            for (String value : asked.head().all(name)) {
                if (any(values, value)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Exactly, case and all; there are no wildcards. */
    record RequestMethod(Set<String> values) implements RequestCondition {
        public RequestMethod {
            values = Set.copyOf(values);
        }

        @Override
        public boolean matches(Asked asked) {
            return values.contains(asked.method());
        }
    }

    /**
     * A parameter of the query string; case does not matter. Whether AWS decodes parameters first is not documented; here
     * they are compared as they came.
     */
    record QueryString(List<Parameter> values) implements RequestCondition {
        public QueryString {
            values = List.copyOf(values);
        }

        @Override
        public boolean matches(Asked asked) {
            for (String parameter : asked.query().split("&")) {
                int equals = parameter.indexOf('=');
                String key = equals < 0 ? parameter : parameter.substring(0, equals);
                String value = equals < 0 ? "" : parameter.substring(equals + 1);
                for (Parameter wanted : values) {
                    if ((wanted.key() == null || wanted.key().matches(key))
                            && wanted.value().matches(value)
                            && !parameter.isEmpty()) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    /** @param key null for any */
    record Parameter(Wildcard key, Wildcard value) {}

    /** The address the connection comes from. */
    record SourceIp(List<CidrBlock> values) implements RequestCondition {
        public SourceIp {
            values = List.copyOf(values);
        }

        @Override
        public boolean matches(Asked asked) {
            return values.stream().anyMatch(block -> block.contains(asked.clientAddress()));
        }
    }

    private static boolean any(List<Wildcard> values, String value) {
        for (Wildcard wanted : values) {
            if (wanted.matches(value)) {
                return true;
            }
        }
        return false;
    }
}
