package io.jenkins.plugins.ecscanary.engine.preflight;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether names of roles and secrets look as ECS wants them, seen from one account and region. Asks nobody. */
final class Arns {

    private static final Pattern ROLE =
            Pattern.compile("arn:(aws[a-z-]*):iam::(\\d{12}):role/(?:[!-~]+/)*[\\w+=,.@-]{1,64}");

    /** ECS takes a role of the account by its name, too. */
    private static final Pattern ROLE_NAME = Pattern.compile("[\\w+=,.@-]{1,64}");

    /** With, after the secret's own ARN, {@code :json-key:version-stage:version-id}, any of them empty. */
    private static final Pattern SECRET = Pattern.compile(
            "arn:(aws[a-z-]*):secretsmanager:([a-z0-9-]+):(\\d{12}):secret:[\\w/+=.@-]+(?::[^:]*:[^:]*:[^:]*)?");

    private static final Pattern PARAMETER =
            Pattern.compile("arn:(aws[a-z-]*):ssm:([a-z0-9-]+):(\\d{12}):parameter/[\\w./-]+");

    private static final Pattern PARAMETER_NAME = Pattern.compile("/?[\\w.-]+(?:/[\\w.-]+)*");

    private final String account;
    private final String region;

    Arns(String account, String region) {
        this.account = account;
        this.region = region;
    }

    Optional<String> roleProblem(String role) {
        Matcher arn = ROLE.matcher(role);
        if (!arn.matches()) {
            return !role.startsWith("arn:") && ROLE_NAME.matcher(role).matches()
                    ? Optional.empty()
                    : Optional.of("is no ARN of a role such as arn:" + partition() + ":iam::" + account + ":role/name");
        }
        if (!arn.group(1).equals(partition())) {
            return Optional.of("is of the partition " + arn.group(1) + ", but " + region + " is in " + partition());
        }
        return arn.group(2).equals(account)
                ? Optional.empty()
                : Optional.of("is a role of account " + arn.group(2) + ", and ECS takes only those of " + account);
    }

    Optional<String> secretProblem(String valueFrom) {
        for (Pattern pattern : new Pattern[] {SECRET, PARAMETER}) {
            Matcher arn = pattern.matcher(valueFrom);
            if (arn.matches()) {
                return arn.group(1).equals(partition())
                        ? Optional.empty()
                        : Optional.of(
                                "is of the partition " + arn.group(1) + ", but " + region + " is in " + partition());
            }
        }
        if (!valueFrom.startsWith("arn:") && PARAMETER_NAME.matcher(valueFrom).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                valueFrom.isEmpty()
                        ? "has no valueFrom"
                        : "has a valueFrom that is neither the ARN of a secret nor that or the name of a parameter");
    }

    private String partition() {
        return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }
}
