package io.jenkins.plugins.ecscanary.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.cli.Cli;
import io.jenkins.plugins.ecscanary.cli.Timelines;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.ScanRequirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequireScanOptionTest {

    private static final ScanRequirement WEEK = new ScanRequirement(Duration.ofDays(7));

    @TempDir
    private Path directory;

    private Cli cli;

    @BeforeEach
    void files() throws IOException {
        cli = new Cli(directory);
        config("");
    }

    private void config(String more) throws IOException {
        Files.writeString(
                directory.resolve("deploy.config"), "REGION=eu-central-1\nCLUSTER=shop\nSERVICE=web\n" + more);
    }

    private ScanRequirement required(String... line) {
        assertThat(cli.run(line)).as(cli.err()).isZero();
        DeploymentRequest last = cli.deployed.get(cli.deployed.size() - 1);
        return last.options().requireScan();
    }

    @Test
    void isDemandedByOptionOrDeployConfig() throws IOException {
        assertThat(required("deploy", "--task-definition=web:7")).isNull();
        assertThat(required("deploy", "--require-scan", "--task-definition=web:7"))
                .isEqualTo(ScanRequirement.OF_ANY_AGE);
        assertThat(required("deploy", "--task-definition=web:7", "--require-scan=7d"))
                .isEqualTo(WEEK);
        config("REQUIRE_SCAN=true\n");
        assertThat(required("deploy", "--task-definition=web:7")).isEqualTo(ScanRequirement.OF_ANY_AGE);
        assertThat(required("deploy", "--task-definition=web:7", "--require-scan=12h"))
                .isEqualTo(new ScanRequirement(Duration.ofHours(12)));
        config("REQUIRE_SCAN=7d\n");
        assertThat(required("verify", "--task-definition=web:7")).isEqualTo(WEEK);
        assertThat(required("deploy", "--task-definition=web:7", "--no-require-scan"))
                .isNull();
        config("REQUIRE_SCAN=false\n");
        assertThat(required("deploy", "--task-definition=web:7")).isNull();
    }

    @Test
    void theScansAreThoseOfTheStateDirectory() {
        required("deploy", "--task-definition=web:7", "--require-scan");
        assertThat(cli.scans.get(0).where()).isEqualTo("in " + directory.resolve("state/ecs-canary/scans"));
        required("deploy", "--task-definition=web:7", "--require-scan", "--state=other");
        required("verify", "--task-definition=web:7", "--require-scan", "--state=other");
        assertThat(cli.scans.get(1).where()).isEqualTo("in " + directory.resolve("other/scans"));
        assertThat(cli.scans.get(2).where()).isEqualTo("in " + directory.resolve("other/scans"));
    }

    @Test
    void shippingAgainDemandsItOnlyIfAsked() {
        cli.recorded(Timelines.planned("r1", "ann", DeploymentOptions.DEFAULT.withRequireScan(WEEK))
                .shifting()
                .ended(Outcome.PROMOTED, "all is well", 0, 100));
        assertThat(required("redeploy", "r1")).isNull();
        assertThat(required("redeploy", "--require-scan", "r1")).isEqualTo(ScanRequirement.OF_ANY_AGE);
        assertThat(required("redeploy", "previous", "--require-scan=7d")).isEqualTo(WEEK);
    }

    @Test
    void thePolicyHasTheRightOnlyThen() throws IOException {
        String[] iam = {"iam", "--account=123456789012", "--task-definition=web:7"};
        assertThat(cli.run(iam)).isZero();
        assertThat(cli.out()).doesNotContain("ecr:BatchGetImage");
        config("REQUIRE_SCAN=true\n");
        assertThat(cli.run(iam)).isZero();
        assertThat(cli.out()).contains("ecr:BatchGetImage");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--require-scan=soon | 'soon' is not a time such as 90s",
                "--require-scan=0d | '0d' is not a time",
                "--require-scan --no-require-scan | contradict each other",
            })
    void badInput(String options, String message) {
        assertThat(cli.run(("deploy --task-definition=web:7 " + options).split(" ")))
                .isEqualTo(2);
        assertThat(cli.err()).contains(message);
        assertThat(cli.opened).isEmpty();
    }

    @Test
    void badDeployConfig() throws IOException {
        config("REQUIRE_SCAN=yes\n");
        assertThat(cli.run("deploy", "--task-definition=web:7")).isEqualTo(2);
        assertThat(cli.err()).contains("deploy.config:4: REQUIRE_SCAN: expected true, false, or the greatest age");
    }
}
