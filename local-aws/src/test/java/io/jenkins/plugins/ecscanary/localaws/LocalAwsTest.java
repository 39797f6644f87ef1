package io.jenkins.plugins.ecscanary.localaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.elb.PortMapping;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceResources;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceService;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalAwsTest {

    @TempDir
    Path directory;

    @Test
    void furnishesTheReferenceInfrastructure() throws IOException {
        try (LocalAws aws = LocalAws.start(LocalAwsOptions.in(directory))) {
            ReferenceResources made = new ReferenceService(
                            aws.calls(), ReferenceSettings.defaults().withMinRequests(7))
                    .createInfrastructure();

            JsonNode group = aws.calls()
                    .call("elasticloadbalancing", "DescribeTargetGroups", Map.of("Names", List.of("web-green")))
                    .at("/TargetGroups/0");
            assertThat(group.path("HealthCheckPath").asText()).isEqualTo("/health");
            assertThat(group.path("HealthCheckIntervalSeconds").asInt()).isEqualTo(30);
            assertThat(aws.calls()
                            .call("ecr", "DescribeRepositories", Map.of())
                            .at("/repositories/0/imageTagMutability")
                            .asText())
                    .isEqualTo("IMMUTABLE");
            JsonNode alarms =
                    aws.calls().call("monitoring", "DescribeAlarms", Map.of()).path("MetricAlarms");
            assertThat(alarms.findValuesAsText("AlarmName"))
                    .containsExactlyInAnyOrder("web-blue-success-rate", "web-green-success-rate");
            assertThat(alarms).allSatisfy(alarm -> {
                assertThat(alarm.path("Threshold").asDouble()).isEqualTo(99.5);
                assertThat(alarm.path("EvaluationPeriods").asInt()).isEqualTo(3);
                assertThat(alarm.path("DatapointsToAlarm").asInt()).isEqualTo(2);
                assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("notBreaching");
                assertThat(alarm.findValuesAsText("Expression"))
                        .containsExactly("IF(req >= 7, 100*(1-(FILL(t5xx,0)+FILL(connErr,0))/req), 100)");
            });
            assertThat(made.deployConfig(aws.endpoint()).lines())
                    .contains(
                            "ENDPOINT_URL=" + aws.endpoint(),
                            "REGION=eu-central-1",
                            "CLUSTER=reference",
                            "SERVICE=web",
                            "CODEDEPLOY_APPLICATION=web",
                            "MIN_REQUESTS=7",
                            "IMAGE_REPOSITORY=123456789012.dkr.ecr.eu-central-1.amazonaws.com/reference/web")
                    .allMatch(line -> line.matches("[A-Z_]+=\\S+"));
        }
    }

    @Test
    void findsTheReferenceInfrastructureAgain() throws IOException {
        try (LocalAws aws = LocalAws.start(LocalAwsOptions.in(directory))) {
            ReferenceService service = new ReferenceService(aws.calls(), ReferenceSettings.defaults());
            assertThat(service.existingInfrastructure()).isEmpty();
            ReferenceResources made = service.createInfrastructure();
            assertThat(service.existingInfrastructure()).contains(made);
            assertThat(service.hasService()).isFalse();

            aws.calls().call("elasticloadbalancing", "DeleteListener", Map.of("ListenerArn", made.testListenerArn()));
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(service::existingInfrastructure)
                    .withMessageContaining("no listener on 9001");
        }
    }

    @Test
    void logsChangesOfStateInSimulatedTime() throws IOException {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (LocalAws aws = LocalAws.start(LocalAwsOptions.in(directory).withLog(lines::add))) {
            aws.calls().call("ecs", "CreateCluster", Map.of("clusterName", "demo"));
        }
        assertThat(lines).allMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d\\d\\d \\S.*"));
        assertThat(lines).anyMatch(line -> line.contains("cluster demo"));
    }

    @Test
    void listenersAreWhereTheMappingSays() throws IOException {
        int free;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = probe.getLocalPort();
        }
        try (LocalAws aws =
                LocalAws.start(LocalAwsOptions.in(directory).withListenerPorts(PortMapping.of(Map.of(80, free))))) {
            ReferenceResources made =
                    new ReferenceService(aws.calls(), ReferenceSettings.defaults()).createInfrastructure();
            assertThat(aws.listener(made.productionListenerArn())).isEqualTo(URI.create("http://127.0.0.1:" + free));
            assertThat(aws.listener(made.testListenerArn()).getPort()).isNotEqualTo(free);
        }
        new ServerSocket(free, 1, InetAddress.getLoopbackAddress()).close();
    }

    @Test
    void aTakenPortIsOneClearError() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            LocalAwsOptions options = LocalAwsOptions.in(directory).withPort(taken.getLocalPort());
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> LocalAws.start(options))
                    .withMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void optionsAreChecked() {
        LocalAwsOptions options = LocalAwsOptions.in(directory);
        assertThatIllegalArgumentException().isThrownBy(() -> options.withAccount("12"));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withRegion("here"));
        assertThatIllegalArgumentException().isThrownBy(() -> LocalAws.start(options.withSpeed(0.5)));
    }
}
