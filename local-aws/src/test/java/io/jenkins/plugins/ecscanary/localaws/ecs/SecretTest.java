package io.jenkins.plugins.ecscanary.localaws.ecs;

import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets of a task definition, whose values come from elsewhere. */
class SecretTest {

    private static final String PASSWORD =
            "arn:aws:secretsmanager:eu-central-1:123456789012:secret:web/password-AbCdEf";
    private static final String SECRETS = ", 'secrets': [{'name': 'PASSWORD', 'valueFrom': '" + PASSWORD
            + "'}, {'name': 'TOKEN', 'valueFrom': '/web/token'}]";

    private final EcsHarness aws = new EcsHarness();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void areInTheEnvironmentAndInNoAnswer() {
        aws.ecs.secretsFrom(from -> Optional.ofNullable(
                Map.of(PASSWORD, "hunter2", "/web/token", "t").get(from)));
        aws.register(SECRETS);
        aws.createService(1, 0);
        aws.advance(STARTED);
        assertThat(aws.runtime.last().spec.environment())
                .containsEntry("PASSWORD", "hunter2")
                .containsEntry("TOKEN", "t");
        assertThat(aws.calls
                                .call("DescribeTaskDefinition", "{'taskDefinition': 'web'}")
                                .toString()
                        + aws.tasks("RUNNING")
                        + aws.service()
                        + aws.log)
                .contains(PASSWORD)
                .doesNotContain("hunter2");
    }

    @Test
    void aTaskDoesNotStartWithoutThem() {
        aws.ecs.secretsFrom(from -> from.equals(PASSWORD) ? Optional.of("hunter2") : Optional.empty());
        aws.register(SECRETS);
        aws.createService(1, 0);
        aws.advance(STARTED);
        assertThat(aws.tasks("STOPPED").get(0).get("stoppedReason").asText())
                .isEqualTo("ResourceInitializationError: unable to pull secrets or registry auth: execution resource"
                        + " retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1"
                        + " time(s): invalid parameters: /web/token");
        aws.ecs.secretsFrom(SecretValues.NONE);
        aws.advance(STARTED.multipliedBy(5));
        assertThat(aws.tasks("STOPPED"))
                .anyMatch(task -> task.get("stoppedReason").asText().contains("failed to fetch secret " + PASSWORD));
        assertThat(aws.runtime.started).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{'name': 'A'}] | A secret needs a name and a valueFrom.",
                "[{'name': 'VERSION', 'valueFrom': 'a'}] | The secret name must be unique",
                "[{'name': 'A', 'valueFrom': 'a'}, {'name': 'A', 'valueFrom': 'b'}] | such as 'A'",
            })
    void whatCanNotBe(String secrets, String message) {
        aws.calls.refused(
                "ClientException",
                message,
                "RegisterTaskDefinition",
                "{'family': 'web', 'networkMode': 'awsvpc', 'executionRoleArn': 'arn:aws:iam::123456789012:role/exec',"
                        + " 'containerDefinitions': [{'name': 'web', 'image': 'b',"
                        + " 'environment': [{'name': 'VERSION', 'value': '1'}], 'secrets': %s}]}",
                secrets);
    }

    @Test
    void someoneHasToFetchThem() {
        aws.calls.refused(
                "ClientException",
                "you must also specify a value for 'executionRoleArn'",
                "RegisterTaskDefinition",
                "{'family': 'web', 'networkMode': 'awsvpc', 'containerDefinitions': [{'name': 'web', 'image': 'b',"
                        + " 'secrets': [{'name': 'A', 'valueFrom': 'a'}]}]}");
    }
}
