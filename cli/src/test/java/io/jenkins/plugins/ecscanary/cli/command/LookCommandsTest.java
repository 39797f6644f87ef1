package io.jenkins.plugins.ecscanary.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.cli.Cli;
import io.jenkins.plugins.ecscanary.cli.Timelines;
import io.jenkins.plugins.ecscanary.engine.Comparison;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.AlarmSeen;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.RevisionChange;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.status.ServiceStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look and change nothing: status, verify, diff, completion. */
class LookCommandsTest {

    @TempDir
    private Path directory;

    private Cli cli;

    @BeforeEach
    void open() {
        cli = new Cli(directory);
    }

    @Test
    void statusShowsWhereTrafficIsAndWhoDeployedLast() {
        cli.status = status(List.of(), null);
        assertThat(run("status")).isZero();
        assertThat(cli.statusOf).containsExactly("shop/web AppECS-shop-web/DgpECS-shop-web");
        assertThat(cli.out().lines())
                .containsExactly(
                        "shop/web in eu-central-1 (123456789012): ACTIVE, CODE_DEPLOY, 2 tasks wanted, web:12 serves",
                        "",
                        "traffic",
                        "  web-a  0 %    no targets",
                        "  web-b  100 %  2 of 2 healthy  web:12  PRIMARY  2 of 2 tasks run",
                        "",
                        "alarms",
                        "  web-b-success-rate  OK  since 2026-01-05 10:00:00",
                        "",
                        "deployment",
                        "  d-1 is Succeeded, started by ann at 2026-01-05 10:00:00, ended at 2026-01-05 10:15:00",
                        "",
                        "record",
                        "  deploy of web:12 by ann at 2026-01-05 10:00:00: promoted",
                        "  all traffic is on web:12",
                        "",
                        "links",
                        "  service web  https://console.example/",
                        "",
                        "nothing is wrong");
    }

    @Test
    void statusTellsWhatIsWrongLastAndWithAnExitCodeOfItsOwn() {
        cli.status = status(
                List.of("alarm x is in ALARM", "split\u001b[2J weights"),
                "AWS can still roll it back: d-1 is InProgress");
        assertThat(run("status")).isEqualTo(9);
        assertThat(cli.out()).endsWith("WRONG: alarm x is in ALARM\nWRONG: split[2J weights\n");
        assertThat(cli.out())
                .contains(": promoted, provisionally\n", "  AWS can still roll it back: d-1 is InProgress\n");
    }

    @Test
    void statusAsJson() throws Exception {
        cli.status = status(List.of("wrong"), null);
        assertThat(run("status", "--json")).isEqualTo(9);
        JsonNode json = Json.mapper().readTree(cli.out());
        assertThat(json.path("targetGroups").path(1).path("weight").asInt()).isEqualTo(100);
        assertThat(json.path("problems").path(0).asText()).isEqualTo("wrong");
        assertThat(json.path("record").path("startedBy").asText()).isEqualTo("ann");
        assertThat(json.path("becameOf").isNull()).isTrue();
    }

    @Test
    void statusNeedsToKnowOfWhat() {
        assertThat(cli.run("status", "--region", "eu-central-1", "--cluster", "shop"))
                .isEqualTo(2);
        assertThat(cli.err()).contains("which service? Give --service");
    }

    @Test
    void verifyShowsEachCheckWithItsRemedy() {
        cli.checks.add(Check.passed("group", "it is free"));
        cli.checks.add(Check.warned("targets", "1 of 2 healthy", "find out why"));
        assertThat(run("verify", "--task-definition", "web:12")).isZero();
        assertThat(cli.out().lines())
                .containsExactly(
                        "ok      group    it is free",
                        "warning targets  1 of 2 healthy",
                        "                 -> find out why",
                        "2 checks, nothing is in the way of a deployment, 1 warning");
        assertThat(cli.deployed).singleElement().satisfies(request -> assertThat(request.cluster())
                .isEqualTo("shop"));
    }

    @Test
    void verifySaysWithItsExitCodeThatSomethingIsInTheWay() throws Exception {
        cli.checks.add(Check.refused("image", "it is gone", "push it"));
        assertThat(run("verify", "--task-definition", "web:12")).isEqualTo(5);
        assertThat(cli.out()).contains("REFUSED image  it is gone", "1 checks, 1 in the way of a deployment");
        assertThat(run("verify", "--task-definition", "web:12", "--json")).isEqualTo(5);
        assertThat(Json.mapper().readTree(cli.out()).path("remedy").asText()).isEqualTo("push it");
    }

    @Test
    void diffPrintsWhatChanges() {
        cli.comparison = new Comparison(
                "web:11",
                "template with web:2",
                List.of(new RevisionChange("cpu", "256", "512")),
                "--- web:11\n+++ template with web:2\n@@ -1 +1 @@\n-  \"cpu\": \"256\"\n+  \"cpu\": \"512\"");
        assertThat(run("diff", "--task-definition", "web:12")).isZero();
        assertThat(cli.out().lines()).contains("-  \"cpu\": \"256\"", "+  \"cpu\": \"512\"");
        assertThat(run("diff", "--task-definition", "web:12", "--exit-code", "--with", "latest"))
                .isEqualTo(10);
        assertThat(cli.compared).containsExactly("serving", "latest");
    }

    @Test
    void diffOfWhatIsEqual() throws Exception {
        cli.comparison = new Comparison("web:11", "web:12", List.of(), "");
        assertThat(run("diff", "--task-definition", "web:12", "--exit-code")).isZero();
        assertThat(cli.out()).isEqualTo("web:12 changes nothing against web:11\n");
        assertThat(run("diff", "--task-definition", "web:12", "--json")).isZero();
        assertThat(Json.mapper().readTree(cli.out()).path("changes").isEmpty()).isTrue();
    }

    @Test
    void completionKnowsEveryCommand() {
        assertThat(cli.run("completion")).isZero();
        assertThat(cli.out()).startsWith("#!").contains("status", "verify", "diff", "--keep-revisions", "complete -F");
        assertThat(cli.run("completion", "zsh")).isZero();
        assertThat(cli.out())
                .startsWith("autoload -U +X compinit && compinit\n")
                .contains("complete -F");
        assertThat(cli.run("completion", "fish")).isEqualTo(2);
    }

    private int run(String command, String... more) {
        List<String> all =
                new ArrayList<>(List.of(command, "--region", "eu-central-1", "--cluster", "shop", "--service", "web"));
        all.addAll(Arrays.asList(more));
        return cli.run(all.toArray(String[]::new));
    }

    private static ServiceStatus status(List<String> problems, String becameOf) {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("service web", "https://console.example/");
        return new ServiceStatus(
                Timelines.SERVICE,
                Timelines.START,
                "ACTIVE",
                "CODE_DEPLOY",
                2,
                "web:12",
                List.of(new ServiceStatus.TaskSet("t", "PRIMARY", "web:12", "d-1", 2, 2, 0, "web-b")),
                List.of(
                        new ServiceStatus.TargetGroup("web-a", 0, 0, 0, List.of()),
                        new ServiceStatus.TargetGroup("web-b", 100, 2, 2, List.of())),
                List.of(new AlarmSeen("web-b-success-rate", "OK", "fine", Timelines.START)),
                new ServiceStatus.Deployment(
                        "d-1",
                        "Succeeded",
                        false,
                        "ann",
                        Timelines.START,
                        Timelines.START.plusSeconds(900),
                        null,
                        null),
                new RecordSummary(
                        "r1",
                        Timelines.SERVICE,
                        "deploy",
                        null,
                        "ann",
                        Timelines.START,
                        Timelines.revision(12, "web:2"),
                        Timelines.revision(11, "web:1"),
                        "d-1",
                        new Verdict(
                                Outcome.PROMOTED,
                                "all traffic is on web:12",
                                Timelines.START.plusSeconds(900),
                                becameOf != null,
                                0,
                                100)),
                becameOf,
                links,
                problems,
                List.of());
    }
}
