package io.jenkins.plugins.ecscanary.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.cli.Cli;
import io.jenkins.plugins.ecscanary.cli.Timelines;
import io.jenkins.plugins.ecscanary.engine.Present;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.OneOffTask;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordCommandsTest {

    @TempDir
    private Path directory;

    private Cli cli;

    @BeforeEach
    void records() {
        cli = new Cli(directory);
    }

    @Test
    void historyIsATableOrJsonLines() throws Exception {
        cli.recorded(Timelines.planned("r1", "ann").shifting().ended(Outcome.PROMOTED, "all is well", 0, 100));

        assertThat(cli.run("history")).isZero();
        assertThat(cli.out())
                .contains("2026-01-05 10:00  d-A1B2C3D4E  ann  shop/web  deploy web:11 -> web:12  PROMOTED");
        assertThat(cli.run("history", "--service=web", "--json")).isZero();
        JsonNode record = Json.mapper().readTree(cli.out());
        assertThat(record.get("id").asText()).isEqualTo("r1");
        assertThat(record.get("verdict").get("outcome").asText()).isEqualTo("PROMOTED");
        assertThat(cli.run("history", "--service=other")).isZero();
        assertThat(cli.out()).contains("nothing was deployed yet");
        assertThat(cli.opened).isEmpty();
    }

    @Test
    void oneServiceThatCannotBeReadIsLeftOutAndThatIsTold() throws Exception {
        cli.recorded(Timelines.planned("r1", "ann").shifting().ended(Outcome.PROMOTED, "all is well", 0, 100));
        Path shop = cli.records().timelineFile("r1").getParent().getParent().getParent();
        Files.createDirectories(shop.resolve("batch").resolve("r2").resolve("timeline.jsonl"));

        assertThat(cli.run("history")).isEqualTo(1);
        assertThat(cli.out()).contains("d-A1B2C3D4E  ann  shop/web");
        assertThat(cli.err()).contains("the records of", "shop/batch", "are left out");
        assertThat(cli.run("history", "--service=web")).isZero();
        assertThat(cli.err()).doesNotContain("left out");
        assertThat(cli.run("redeploy", "previous")).isEqualTo(1);
        assertThat(cli.err()).contains("batch", "can't be read");
        assertThat(cli.run("redeploy", "r1")).isZero();
        assertThat(cli.run("redeploy", "previous", "--service=web")).isZero();
        assertThat(cli.run("watch", "r1")).isZero();
        assertThat(cli.watched).containsExactly("r1");
    }

    @Test
    void redeployShipsTheRecordedRevisionAsItWasJudgedThen() {
        cli.recorded(Timelines.planned("r1", "ann").shifting().ended(Outcome.PROMOTED, "all is well", 0, 100));

        assertThat(cli.run(
                        "redeploy",
                        "previous",
                        "--timeout=30m",
                        "--started-by=bob",
                        "--role-arn=arn:aws:iam::123456789012:role/d"))
                .isZero();

        DeploymentRequest request = cli.deployed.get(0);
        assertThat(request.source())
                .isEqualTo(new DeploymentRequest.Registered(
                        Timelines.revision(11, "").taskDefinition(),
                        Timelines.revision(11, "").digest(),
                        Timelines.revision(11, "").container()));
        assertThat(request.cluster()).isEqualTo("shop");
        assertThat(request.codeDeploy()).isEqualTo(new CodeDeployGroup("web", "web-group", null));
        assertThat(request.timeout()).isEqualTo(Duration.ofMinutes(30));
        assertThat(request.kind()).isEqualTo("redeploy");
        assertThat(request.redeployOf()).isEqualTo("r1");
        assertThat(cli.opened.get(0).role().orElseThrow().sessionName()).isEqualTo("bob");
        assertThat(request.startedBy()).isEqualTo("bob");
        assertThat(cli.opened.get(0).region()).isEqualTo("eu-central-1");
    }

    @Test
    void whatRanBeforeAProvisionalPromotionDependsOnWhatBecameOfIt() {
        cli.recorded(Timelines.planned("r1", "ann").shifting().endedProvisionally("all traffic is shifted"));

        assertThat(cli.presently(present("Succeeded")).run("redeploy", "previous"))
                .isZero();
        assertThat(cli.deployed.get(0).source())
                .extracting(source -> ((DeploymentRequest.Registered) source).taskDefinition())
                .isEqualTo(Timelines.revision(11, "").taskDefinition());

        assertThat(cli.presently(present("Stopped")).run("redeploy", "previous"))
                .isEqualTo(2);
        assertThat(cli.err()).contains("there is no previous revision of shop/web");
        assertThat(cli.presently(present("InProgress")).run("redeploy", "previous"))
                .isEqualTo(1);
        assertThat(cli.err())
                .contains("AWS is not done with it", "'ecs-canary rollback d-A1B2C3D4E' brings web:11 back");
        assertThat(cli.presently(null).run("redeploy", "previous")).isEqualTo(1);
        assertThat(cli.err()).contains("AWS does not know d-A1B2C3D4E any more", "FAMILY:REVISION");
        assertThat(cli.deployed).hasSize(1);
        assertThat(cli.run("redeploy", "web:11"))
                .as("what is named is not asked about")
                .isZero();
    }

    private static Present present(String status) {
        return new Present("d-A1B2C3D4E", status, null, null, null, 0, 100, null);
    }

    @Test
    void redeployShiftsTrafficAsItWasUnlessAConfigIsNamed() {
        TrafficPlan slowly = new TrafficPlan.Linear(10, Duration.ofMinutes(3));
        cli.recorded(Timelines.planned("r1", "ann", DeploymentOptions.DEFAULT, slowly)
                .shifting()
                .ended(Outcome.PROMOTED, "all is well", 0, 100));

        assertThat(cli.run("redeploy", "r1")).isZero();
        assertThat(cli.deployed.get(0).traffic()).isEqualTo(slowly);
        assertThat(cli.run("redeploy", "r1", "--deployment-config=CodeDeployDefault.ECSAllAtOnce"))
                .isZero();
        assertThat(cli.deployed.get(1).traffic()).isNull();
        assertThat(cli.deployed.get(1).codeDeploy().config()).isEqualTo("CodeDeployDefault.ECSAllAtOnce");
    }

    @Test
    void redeployRunsNoTaskBeforeTrafficUnlessItIsAskedFor() {
        OneOffTask migrate = new OneOffTask(null, List.of("migrate"), Duration.ofMinutes(5));
        cli.recorded(Timelines.planned(
                        "r1",
                        "ann",
                        DeploymentOptions.DEFAULT.withBeforeTraffic(migrate).withWaitFor(WaitFor.SHIFTED))
                .shifting()
                .ended(Outcome.PROMOTED, "all is well", 0, 100));

        assertThat(cli.run("redeploy", "r1")).isZero();
        assertThat(cli.deployed.get(0).options().beforeTraffic()).isNull();
        assertThat(cli.deployed.get(0).options().waitFor()).isEqualTo(WaitFor.SHIFTED);
        cli.run("redeploy", "r1", "--before-traffic=other");
        assertThat(cli.deployed.get(1).options().beforeTraffic().command()).containsExactly("other");
    }

    @Test
    void redeployOfSomethingUnknownAsksAwsNothing() {
        assertThat(cli.run("redeploy", "web:9")).isEqualTo(2);
        assertThat(cli.err()).contains("nothing was deployed from here yet");
        assertThat(cli.run("redeploy")).isEqualTo(2);
        assertThat(cli.err()).contains("Missing required parameter: 'WHAT'");
        assertThat(cli.opened).isEmpty();
    }

    @Test
    void watchTakesTheNewestUnfinished() {
        cli.recorded(Timelines.planned("r1", "ann").shifting().ended(Outcome.PROMOTED, "all is well", 0, 100))
                .recorded(Timelines.planned("r2", "bob").shifting());

        assertThat(cli.run("watch")).isZero();
        assertThat(cli.watched).containsExactly("r2");
    }

    @Test
    void historySaysWhichVerdictsAreProvisional() {
        cli.recorded(Timelines.planned("r1", "ann").shifting().endedProvisionally("all is well"));
        assertThat(cli.run("history")).isZero();
        assertThat(cli.out()).contains("PROMOTED (provisional)");
    }

    @Test
    void watchFindsARecordByItsDeploymentsId() {
        cli.recorded(Timelines.planned("r1", "ann").shifting().ended(Outcome.PROMOTED, "all is well", 0, 100));

        assertThat(cli.run("watch", "d-A1B2C3D4E")).isZero();
        assertThat(cli.watched).containsExactly("r1");
    }

    @Test
    void watchSaysWhatItCannotFind() {
        assertThat(cli.run("watch")).isEqualTo(2);
        assertThat(cli.err()).contains("no deployment in").contains("is unfinished");
        assertThat(cli.run("watch", "d-NONE")).isEqualTo(2);
        assertThat(cli.err()).contains("there is no record or deployment d-NONE");
        assertThat(cli.opened).isEmpty();
    }

    @Test
    void replayTellsTheNewestThatHasEndedAndAsksAwsNothing() {
        cli.recorded(Timelines.planned("r1", "ann").shifting().ended(Outcome.PROMOTED, "all is well", 0, 100))
                .recorded(Timelines.planned("r2", "bob").shifting());

        assertThat(cli.run("replay")).isZero();
        assertThat(cli.out())
                .contains("10:04:00 20 % of traffic to web:12, 80 % to web:11")
                .contains("10:15:00")
                .contains("all is well");
        assertThat(cli.opened).isEmpty();
    }

    @Test
    void replayWritesAReportThatCanBeWatched() throws Exception {
        cli.recorded(Timelines.planned("r1", "<b>ann").shifting().ended(Outcome.PROMOTED, "all is well", 0, 100));

        assertThat(cli.run("replay", "d-A1B2C3D4E", "--report=out.html")).isZero();
        assertThat(cli.out()).contains("written to " + directory.resolve("out.html"));
        assertThat(Files.readString(directory.resolve("out.html")))
                .contains("<canary-progress data=\"view-1\" replay-data=\"replay-1\">")
                .contains("\"frames\":")
                .doesNotContain("<b>ann");
    }

    @Test
    void replaySaysWhatItCannotDo() {
        assertThat(cli.run("replay")).isEqualTo(2);
        assertThat(cli.err()).contains("has ended yet: there is nothing to replay");
        cli.recorded(Timelines.planned("r2", "bob").shifting());
        assertThat(cli.run("replay", "r2", "--page")).isEqualTo(2);
        assertThat(cli.err()).contains("r2 has not ended yet; 'ecs-canary watch r2' follows it");
        assertThat(cli.run("replay", "r3")).isEqualTo(2);
        assertThat(cli.err()).contains("there is no record or deployment r3");
        assertThat(cli.run("replay", "r2", "--page", "--plain")).isEqualTo(2);
        assertThat(cli.err()).contains("contradict each other");
        assertThat(cli.run("replay", "r2", "--port=80")).isEqualTo(2);
        assertThat(cli.err()).contains("--port is for --page");
    }
}
