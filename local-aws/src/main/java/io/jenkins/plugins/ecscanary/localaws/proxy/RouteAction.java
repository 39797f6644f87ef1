package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a listener does with a request. */
public sealed interface RouteAction {

    /**
     * Sends it to a target. The target group is chosen by weight first and a backend within it afterwards: a group without
     * targets answers 503, it does not hand its share to the others.
     *
     * @param schedule of keys into {@code pools}; kept across changes of health, so that these don't disturb the shares
     * @param stickiness for how long a client stays with its target group, whatever the weights become; null for not at all
     */
    record Forward(WeightedSchedule<String> schedule, Map<String, BackendPool> pools, Duration stickiness)
            implements RouteAction {

        public Forward {
            pools = Map.copyOf(pools);
        }

        /** The key of the pool whose turn it is; empty if no weight is above 0. */
        Optional<String> next() {
            return schedule.next();
        }
    }

    /**
     * Sends the client elsewhere.
     *
     * @param status 301 or 302
     * @param protocol of the new address, as {@code host}, {@code port}, {@code path} (from its first slash on) and {@code
     *     query} with {@code #{protocol}}, {@code #{host}}, {@code #{port}}, {@code #{path}} and {@code #{query}} standing for
     *     the request's own
     */
    record Redirect(int status, String protocol, String host, String port, String path, String query)
            implements RouteAction {

        /**
         * @param scheme what {@code #{protocol}} stands for
         * @param realPort what {@code #{port}} stands for: where the client really is
         */
        String location(Asked asked, String scheme, int realPort) {
            String withoutSlash = asked.path().startsWith("/") ? asked.path().substring(1) : asked.path();
            Map<String, String> own = Map.of(
                    "protocol",
                    scheme,
                    "host",
                    asked.host(),
                    "port",
                    Integer.toString(realPort),
                    "path",
                    withoutSlash,
                    "query",
                    asked.query());
            String target = filled(protocol, own).toLowerCase(java.util.Locale.ROOT) + "://" + filled(host, own) + ":"
                    + filled(port, own) + filled(path, own);
            String rest = filled(query, own);
            return rest.isEmpty() ? target : target + "?" + rest;
        }

        /** One pass: what is filled in is not looked at again. */
        private static String filled(String template, Map<String, String> values) {
            StringBuilder filled = new StringBuilder();
            int at = 0;
            while (at < template.length()) {
                int end = template.startsWith("#{", at) ? template.indexOf('}', at) : -1;
                String value = end < 0 ? null : values.get(template.substring(at + 2, end));
                if (value == null) {
                    filled.append(template.charAt(at++));
                } else {
                    filled.append(value);
                    at = end + 1;
                }
            }
            return filled.toString();
        }
    }

    /** Answers by itself. */
    record FixedResponse(int status, String contentType, String body) implements RouteAction {}
}
