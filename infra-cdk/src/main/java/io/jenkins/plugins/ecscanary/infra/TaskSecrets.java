package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.List;
import java.util.TreeSet;
import software.amazon.awscdk.services.ecs.CfnTaskDefinition;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * Environment variables whose values are in Secrets Manager or Parameter Store: the container gets them when it starts, the
 * template and the task definition hold their ARNs only.
 */
final class TaskSecrets {

    private TaskSecrets() {}

    /** Empty if there are none. */
    static List<CfnTaskDefinition.SecretProperty> of(Settings settings) {
        return settings.task().secrets().entrySet().stream()
                .map(secret -> CfnTaskDefinition.SecretProperty.builder()
                        .name(secret.getKey())
                        .valueFrom(secret.getValue())
                        .build())
                .toList();
    }

    /** For the execution role: these and no others. */
    static PolicyDocument policy(Settings settings) {
        PolicyDocument policy = PolicyDocument.Builder.create().build();
        read(policy, settings, ":secretsmanager:", "Secrets", "secretsmanager:GetSecretValue");
        read(policy, settings, ":ssm:", "Parameters", "ssm:GetParameters");
        return policy;
    }

    private static void read(PolicyDocument policy, Settings settings, String service, String sid, String action) {
        TreeSet<String> arns = new TreeSet<>(settings.task().secrets().values());
        arns.removeIf(arn -> !arn.contains(service));
        if (!arns.isEmpty()) {
            policy.addStatements(PolicyStatement.Builder.create()
                    .sid(sid)
                    .actions(List.of(action))
                    .resources(List.copyOf(arns))
                    .build());
        }
    }
}
