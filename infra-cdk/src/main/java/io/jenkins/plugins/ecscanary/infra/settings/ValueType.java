package io.jenkins.plugins.ecscanary.infra.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a setting's text may be, and what becomes of it. A reader answers null for a text that is none. */
enum ValueType {
    REGION("a region such as eu-central-1", like("[a-z]{2}(-[a-z]+)+-[0-9]{1,2}")),
    ZONES(
            "three different availability zones with commas between them, such as eu-central-1a,eu-central-1b,eu-central-1c",
            text -> list(text, "[a-z0-9-]+[a-z]", 3, 3)),
    REGIONS(
            "different regions with commas between them, such as eu-central-1,eu-west-1",
            text -> list(text, "[a-z]{2}(-[a-z]+)+-[0-9]{1,2}", 1, 20)),
    /** A /16, because the subnets' third numbers are given. */
    NETWORK(
            "a private network of 16 bits such as 10.0.0.0/16",
            like("(10\\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])|172\\.(1[6-9]|2[0-9]|3[01])|192\\.168)\\.0\\.0/16")),
    CIDRS("IPv4 networks with commas between them, such as 203.0.113.0/24", text -> list(text, Cidr.PATTERN, 1, 50)),
    /** Also the name of the load balancer and, with "-green", of a target group, which may have 32 characters. */
    SERVICE(
            "at most 26 letters, digits and hyphens, no hyphen at the ends, and not beginning with internal-",
            like("(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]{0,24}[A-Za-z0-9])?")),
    ECS_NAME("at most 255 letters, digits, hyphens and underscores", like("[A-Za-z0-9_-]{1,255}")),
    CODEDEPLOY_NAME("at most 100 letters, digits and any of +=,.@_-", like("[A-Za-z0-9+=,.@_-]{1,100}")),
    REPOSITORY(
            "an ECR repository's name: small letters and digits, in parts with one of /._- between them",
            like("(?=.{2,256}$)[a-z0-9]+([._/-][a-z0-9]+)*")),
    TAG("an image's tag", like("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")),
    PATH("a path that begins with / and has no blanks", like("/[!-~]{0,1023}")),
    DNS_NAME(
            "a DNS name in small letters, such as internal.example",
            like("(?=.{1,200}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")),
    /** Fewer than the behaviours that a distribution may have by its quota. */
    PATHS(
            "at most 24 paths that begin with /, with commas between them, such as /static/*",
            text -> list(text, "/[A-Za-z0-9_.*$/~\"'@:+?&-]{0,254}", 1, 24)),
    PREFIX_LIST("the id of a prefix list, such as pl-a3a144ac", like("pl-([0-9a-f]{8}|[0-9a-f]{17})")),
    PORT("a port from 1 to 65535", text -> whole(text, 1, 65_535)),
    COUNT("a whole number from 1 on", text -> whole(text, 1, Integer.MAX_VALUE)),
    COUNT_OR_ZERO("a whole number from 0 on", text -> whole(text, 0, Integer.MAX_VALUE)),
    IMAGES("a whole number from 1 to 1000", text -> whole(text, 1, 1_000)),
    DATAPOINTS("a whole number from 1 to 10", text -> whole(text, 1, 10)),
    CPU("256, 512, 1024, 2048, 4096, 8192 or 16384 CPU units", text -> among(text, FargateSizes.cpus())),
    MEMORY("memory in MiB that Fargate has, from 512 to 122880", text -> whole(text, 512, 122_880)),
    STOP_TIMEOUT("seconds from 2 to 120", text -> whole(text, 2, 120)),
    TERMINATION_WAIT("minutes from 0 to 2880", text -> whole(text, 0, 2_880)),
    RETENTION(
            "days that CloudWatch Logs has for it: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096,"
                    + " 1827, 2192, 2557, 2922, 3288 or 3653",
            text -> among(
                    text,
                    List.of(
                            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
                            3288, 3653))),
    PERCENTAGE("a percentage above 0 and not above 100, such as 99.5", ValueType::percentage),
    WHOLE_PERCENTAGE("a whole percentage from 1 to 100", text -> whole(text, 1, 100)),
    SWITCH("true or false", text -> List.of("true", "false").contains(text) ? Boolean.valueOf(text) : null),
    PRINCIPAL(
            "the ARN of an IAM role or user, such as arn:aws:iam::123456789012:role/jenkins",
            like("arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[!-~]+")),
    EXTERNAL_ID("2 to 1224 letters, digits and any of +=,.@:/_-", like("[A-Za-z0-9+=,.@:/_-]{2,1224}")),
    CERTIFICATE(
            "the ARN of an ACM certificate, such as arn:aws:acm:eu-central-1:123456789012:certificate/…",
            like("arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+")),
    TOPIC(
            "the ARN of an SNS topic, such as arn:aws:sns:eu-central-1:123456789012:alarms",
            like("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+")),
    EMAIL("an e-mail address", like("[^@\\s]{1,64}@[^@\\s]{1,180}")),
    USER("a user as the task definition has it, numbers and not 0, such as 10001:10001", like("[1-9][0-9]*(:[0-9]+)?")),
    TRAFFIC_PLAN("linear:PERCENT:MINUTES or canary:PERCENT:MINUTES, such as linear:20:2", TrafficPlan::parse),
    ECS_STRATEGY(
            "linear:PERCENT:MINUTES with 3 to 100 percent, canary:PERCENT:MINUTES with 0.1 to 100, at most 1440 minutes,"
                    + " blue-green or rolling, such as linear:10:6",
            EcsStrategy::parse),
    /** Where ECS takes a hook of the kind PAUSE; the two stages that shift traffic are not among them. */
    STAGES(
            "some of RECONCILE_SERVICE, PRE_SCALE_UP, POST_SCALE_UP, POST_TEST_TRAFFIC_SHIFT,"
                    + " PRE_PRODUCTION_TRAFFIC_SHIFT and POST_PRODUCTION_TRAFFIC_SHIFT, with commas between them",
            text -> list(
                    text,
                    "RECONCILE_SERVICE|(PRE|POST)_SCALE_UP|POST_TEST_TRAFFIC_SHIFT|(PRE|POST)_PRODUCTION_TRAFFIC_SHIFT",
                    1,
                    6)),
    PAUSE_TIMEOUT("minutes from 1 to 20160", text -> whole(text, 1, 20_160)),
    FEATURES(
            "some of before-traffic, retention and task-logs, with commas between them",
            text -> list(text, "before-traffic|retention|task-logs", 1, 3)),
    COMMAND(
            "a JSON list that begins with CMD or CMD-SHELL, such as [\"CMD\", \"java\", \"-version\"]",
            ValueType::command),
    SECRETS(
            "NAME=ARN pairs with commas between them, the ARN one of a Secrets Manager secret or an SSM parameter",
            ValueType::secrets),
    FILE("a file's path", text -> text.isBlank() ? null : text);

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String expected;
    private final Function<String, Object> reader;

    ValueType(String expected, Function<String, Object> reader) {
        this.expected = expected;
        this.reader = reader;
    }

    /** For people, to follow "expected". */
    String expected() {
        return expected;
    }

    /** Null for a text that is none of this type. */
    Object read(String text) {
        return reader.apply(text);
    }

    private static Function<String, Object> like(String pattern) {
        return text -> text.matches(pattern) ? text : null;
    }

    private static List<String> list(String text, String pattern, int least, int most) {
        List<String> items =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        boolean valid = items.size() >= least
                && items.size() <= most
                && items.stream().allMatch(item -> item.matches(pattern))
                && items.stream().distinct().count() == items.size();
        return valid ? items : null;
    }

    private static Integer whole(String text, int least, int most) {
        if (!text.matches("[0-9]{1,10}")) {
            return null;
        }
        long value = Long.parseLong(text);
        return value >= least && value <= most ? Math.toIntExact(value) : null;
    }

    private static Integer among(String text, List<Integer> values) {
        Integer value = whole(text, 0, Integer.MAX_VALUE);
        return value != null && values.contains(value) ? value : null;
    }

    private static Double percentage(String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,6})?")) {
            return null;
        }
        double value = Double.parseDouble(text);
        return value > 0 && value <= 100 ? value : null;
    }

    /** A JSON list, as for a task before traffic: nothing in it means anything to a shell unless it is CMD-SHELL. */
    private static List<String> command(String text) {
        try {
            List<String> words = new ArrayList<>();
            JSON.readTree(text).forEach(word -> words.add(word.textValue()));
            boolean valid =
                    words.size() >= 2 && !words.contains(null) && words.get(0).matches("CMD|CMD-SHELL");
            return valid ? List.copyOf(words) : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static Map<String, String> secrets(String text) {
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            String[] parts = pair.strip().split("=", 2);
            boolean valid = parts.length == 2
                    && parts[0].matches("[A-Za-z_][A-Za-z0-9_]*")
                    && parts[1].matches("arn:aws[a-z-]*:(secretsmanager|ssm):[a-z0-9-]+:[0-9]{12}:[!-~]+");
            if (!valid || secrets.put(parts[0], parts[1]) != null) {
                return null;
            }
        }
        return secrets;
    }
}
