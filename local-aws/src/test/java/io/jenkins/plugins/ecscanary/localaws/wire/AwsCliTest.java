package io.jenkins.plugins.ecscanary.localaws.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.sts.Roles;
import io.jenkins.plugins.ecscanary.localaws.sts.Sts;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The wire as the AWS CLI speaks it: CloudWatch by Query from Debian's, by CBOR or JSON from newer ones. */
class AwsCliTest {

    @TempDir
    Path home;

    private WireFixture wire;

    @BeforeEach
    void start() {
        wire = new WireFixture((world, keys) -> List.of(
                SampleApis.ecs(), SampleApis.elb(), SampleApis.monitoring(), new Sts(world, keys, Roles.ANY).api()));
    }

    @AfterEach
    void stop() {
        wire.close();
    }

    @Test
    void thereIsAnAwsCli() {
        assumeFalse(AwsCli.installed().isEmpty(), "no aws on this machine: its tests are left out");
    }

    @TestFactory
    Stream<DynamicTest> speaks() {
        return AwsCli.installed().stream()
                .map(cli -> DynamicTest.dynamicTest(cli.executable().toString(), () -> speaks(cli)));
    }

    private void speaks(AwsCli cli) throws Exception {
        assertThat(json(cli, "sts", "get-caller-identity").path("Account").asText())
                .isEqualTo(WireFixture.ACCOUNT);
        assertThat(json(cli, "ecs", "list-tasks", "--cluster", "demo", "--desired-status", "RUNNING")
                        .at("/taskArns/0")
                        .asText())
                .isEqualTo("demo/RUNNING");
        JsonNode statistics = json(
                cli,
                "cloudwatch",
                "get-metric-statistics",
                "--namespace=AWS/ApplicationELB",
                "--metric-name=RequestCount",
                "--start-time=2026-01-05T10:00:00Z",
                "--end-time=2026-01-05T10:02:00Z",
                "--period=60",
                "--statistics=Average");
        assertThat(statistics.path("Datapoints")).hasSize(2);
        assertThat(statistics.at("/Datapoints/1/Timestamp").asText()).startsWith("2026-01-05T10:01:00");
        AwsCli.Result gone = run(cli, "elbv2", "describe-target-groups", "--names", "tg", "--no-paginate");
        assertThat(gone.exit()).isNotZero();
        assertThat(gone.err()).contains("TargetGroupNotFound", "Target groups [tg] not found & <gone>");
    }

    private JsonNode json(AwsCli cli, String... arguments) throws Exception {
        AwsCli.Result result = run(cli, arguments);
        assertThat(result.exit()).as(result.err()).isZero();
        return new ObjectMapper().readTree(result.out());
    }

    private AwsCli.Result run(AwsCli cli, String... arguments) {
        return cli.run(wire.endpoint(), WireFixture.KEY, WireFixture.SECRET, WireFixture.REGION, home, arguments);
    }
}
