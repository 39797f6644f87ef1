package io.jenkins.plugins.ecscanary.localaws.faults;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which calls a rule is about: {@code ecs:DescribeServices}, {@code ecs:Describe*}, {@code ecs:*} or {@code *}.
 *
 * @param service signing name, or {@code *}
 * @param operation a name, the beginning of names and {@code *}, or {@code *}
 */
public record OperationPattern(String service, String operation) {

    static final OperationPattern ALL = new OperationPattern("*", "*");

    private static final Pattern SHAPE = Pattern.compile("(\\*|[a-z][a-z0-9]*):(\\*|[A-Z][A-Za-z0-9]*\\*?)");

    /** What people and the AWS CLI call services that sign with another name. */
    private static final Map<String, String> NICKNAMES =
            Map.of("elb", "elasticloadbalancing", "elbv2", "elasticloadbalancing", "cloudwatch", "monitoring");

    /** @throws InvalidFaultException saying what is expected */
    public static OperationPattern parse(String text) {
        if (text.equals("*")) {
            return ALL;
        }
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            throw new InvalidFaultException(
                    "'" + text + "' is not SERVICE:OPERATION, SERVICE:Prefix*, SERVICE:* or *, such as ecs:Describe*");
        }
        return new OperationPattern(NICKNAMES.getOrDefault(shape.group(1), shape.group(1)), shape.group(2));
    }

    boolean matches(String calledService, String calledOperation) {
        return (service.equals("*") || service.equals(calledService)) && matches(calledOperation);
    }

    private boolean matches(String calledOperation) {
        return operation.endsWith("*")
                ? calledOperation.startsWith(operation.substring(0, operation.length() - 1))
                : operation.equals(calledOperation);
    }

    @Override
    public String toString() {
        return equals(ALL) ? "*" : service + ":" + operation;
    }
}
