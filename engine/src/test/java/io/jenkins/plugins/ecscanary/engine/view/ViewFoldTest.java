package io.jenkins.plugins.ecscanary.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.RevisionChange;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.timeline.Timelines;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.JudgedState;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.Phase;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.StepState;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.StepView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ViewFoldTest {

    @Test
    void aStartedDeploymentIsInstalling() {
        DeploymentView view = Timelines.started().view();
        assertThat(view.phase()).isEqualTo(Phase.INSTALLING);
        assertThat(view.deploymentId()).isEqualTo("d-A1B2C3D4E");
        assertThat(view.original().taskDefinition()).isEqualTo("web:11");
        assertThat(view.original().targetGroup()).isEqualTo("web-a");
        assertThat(view.original().weight()).isEqualTo(100);
        assertThat(view.replacement().taskDefinition()).isEqualTo("web:12");
        assertThat(view.replacement().image()).isEqualTo("web:1.5.0");
        assertThat(view.plan().steps()).hasSize(10).allMatch(step -> step.state() == StepState.TODO);
        assertThat(view.next()).isNull();
        assertThat(view.version()).isEqualTo(5);
    }

    @Test
    void shiftsMoveStepsAndTellTheNextOne() {
        DeploymentView view =
                Timelines.started().weight(140, 10).weight(201, 20).view();
        assertThat(view.phase()).isEqualTo(Phase.SHIFTING);
        assertThat(states(view).subList(0, 3)).containsExactly(StepState.DONE, StepState.CURRENT, StepState.TODO);
        assertThat(view.plan().steps().get(1).reachedAt()).isEqualTo(Timelines.at(201));
        assertThat(view.next().weight()).isEqualTo(30);
        assertThat(view.next().dueAt()).isEqualTo(Timelines.at(261));
        assertThat(view.replacement().weight()).isEqualTo(20);
    }

    @Test
    void stepsThatWentByUnseenAreReachedAllTheSame() {
        DeploymentView view =
                Timelines.started().weight(140, 10).weight(330, 40).view();
        assertThat(view.plan().steps().subList(0, 4)).allMatch(step -> step.reachedAt() != null);
        assertThat(states(view).get(3)).isEqualTo(StepState.CURRENT);
    }

    @Test
    void fullyShiftedIsBakingUntilTheTerminationWaitIsOver() {
        DeploymentView view =
                Timelines.started().weight(140, 10).weight(692, 100).view();
        assertThat(view.phase()).isEqualTo(Phase.BAKING);
        assertThat(view.next().dueAt()).isEqualTo(Timelines.at(692 + 300));
        assertThat(view.next().weight()).isNull();
    }

    @Test
    void aStopSkipsTheStepsThatWereNotReached() {
        DeploymentView view = Timelines.started()
                .weight(140, 10)
                .weight(200, 20)
                .status(230, "Stopped", "ALARM_ACTIVE", "One or more alarms")
                .weight(231, 0)
                .then(new DeploymentEvent.Ended(
                        Timelines.at(240), new Verdict(Outcome.ROLLED_BACK, "alarm", Timelines.at(240), false, 100, 0)))
                .view();
        assertThat(states(view).subList(0, 3)).containsExactly(StepState.DONE, StepState.DONE, StepState.SKIPPED);
        assertThat(view.phase()).isEqualTo(Phase.ENDED);
        assertThat(view.ended()).isTrue();
        assertThat(view.next()).isNull();
        assertThat(view.original().weight()).isEqualTo(100);
    }

    @Test
    void judgingStartsAtTheFirstProductionShift() {
        Timelines timeline = Timelines.started()
                .then(measured(60, 100, 100)) // smoke requests through the test listener
                .weight(140, 10)
                .then(measured(120, 200, 1));
        assertThat(timeline.view().replacement().judged().requests()).isEqualTo(200);
        assertThat(timeline.view().replacement().judged().state()).isEqualTo(JudgedState.HEALTHY);
        assertThat(timeline.view().working().bestPeriodRequests()).isEqualTo(200);
    }

    @Test
    void whenItIsJudgedFromDoesNotDependOnWhatIsToldFirst() {
        DeploymentEvent weights = new DeploymentEvent.TrafficShifted(Timelines.at(9_000), 0, 100); // seen late
        DeploymentEvent since = new DeploymentEvent.LifecycleChanged(
                Timelines.at(9_001), "AllowTraffic", "Succeeded", Timelines.at(140), Timelines.at(800), null);
        DeploymentEvent period = measured(180, 200, 1);
        DeploymentView weightsFirst =
                Timelines.started().then(weights).then(since).then(period).view();
        DeploymentView lifecycleFirst =
                Timelines.started().then(since).then(weights).then(period).view();
        assertThat(weightsFirst.working().bestPeriodRequests()).isEqualTo(200);
        assertThat(weightsFirst.replacement().judged())
                .isEqualTo(lifecycleFirst.replacement().judged());
        assertThat(weightsFirst.working().shiftedAt())
                .isEqualTo(lifecycleFirst.working().shiftedAt());
    }

    @Test
    void aCorrectedPeriodTakesTheOldOnesPlace() {
        DeploymentView view = Timelines.started()
                .weight(140, 10)
                .then(measured(120, 80, 0))
                .then(measured(120, 200, 20))
                .view();
        assertThat(view.replacement().judged().requests()).isEqualTo(200);
        assertThat(view.replacement().judged().successRate()).isEqualTo(90.0);
        assertThat(view.replacement().judged().state()).isEqualTo(JudgedState.UNHEALTHY);
        assertThat(view.rates()).hasSize(1);
    }

    @Test
    void fewRequestsAreNotHealth() {
        DeploymentView view =
                Timelines.started().weight(140, 10).then(measured(120, 10, 0)).view();
        assertThat(view.replacement().judged().state()).isEqualTo(JudgedState.TOO_FEW_REQUESTS);
        assertThat(Timelines.started()
                        .weight(140, 10)
                        .view()
                        .replacement()
                        .judged()
                        .state())
                .isEqualTo(JudgedState.NO_DATA);
    }

    @Test
    void whatARevisionChangesIsInTheViewAndAFewLinesOfTheLog() {
        List<RevisionChange> changes = new ArrayList<>();
        changes.add(new RevisionChange(
                "containerDefinitions[web].image",
                FakeAws.REPOSITORY + "@" + FakeAws.OLD_DIGEST,
                FakeAws.REPOSITORY + "@" + FakeAws.NEW_DIGEST));
        changes.add(new RevisionChange("cpu", null, "256"));
        changes.add(new RevisionChange("pidMode", "task", null));
        for (int i = 0; i < 20; i++) {
            changes.add(new RevisionChange("v" + i, "a", "b"));
        }
        DeploymentView view = Timelines.started()
                .then(new DeploymentEvent.RevisionCompared(
                        Timelines.at(3), Timelines.OLD.taskDefinition(), changes, 7, List.of("/ecs/web")))
                .view();
        assertThat(view.changes()).isEqualTo(new DeploymentView.ChangesView("web:11", changes, 7));
        assertThat(view.newestLines())
                .containsExactlyElementsOf(
                        view.log().stream().filter(line -> line.seq() == 6).toList());
        assertThat(view.newestLines())
                .map(DeploymentView.LogLine::text)
                .hasSize(10)
                .startsWith(
                        "compared with web:11, which serves: 30 changes",
                        "    containerDefinitions[web].image: web@sha256:aaaaaaaaaaaa -> web@sha256:bbbbbbbbbbbb",
                        "  + cpu: 256",
                        "  - pidMode: task")
                .endsWith("  and 22 more");
    }

    @Test
    void everythingHasItsLinkWhereAwsHasAConsole() {
        DeploymentView view = Timelines.started()
                .then(new DeploymentEvent.RevisionCompared(
                        Timelines.at(3), Timelines.OLD.taskDefinition(), List.of(), 0, List.of("/ecs/web")))
                .view();
        assertThat(view.links().keySet())
                .containsExactly(
                        "deployment d-A1B2C3D4E",
                        "service web",
                        "task definition web:12",
                        "task definition web:11",
                        "target group web-b",
                        "target group web-a",
                        "load balancer shop",
                        "alarm web-b-success-rate",
                        "log group /ecs/web");
        assertThat(view.links().values()).allMatch(link -> link.startsWith("https://"));
        assertThat(view.links().get("load balancer shop"))
                .endsWith("loadBalancerArn=arn%3Aaws%3Aelasticloadbalancing%3Aeu-central-1%3A123456789012%3A"
                        + "loadbalancer%2Fapp%2Fshop%2F50dc6c495c0c9188");
    }

    @Test
    void anAwsWithoutAConsoleHasNoLinks() {
        List<TimelineEntry> entries = Timelines.started().entries();
        DeploymentEvent.Started started =
                (DeploymentEvent.Started) entries.get(4).event();
        List<TimelineEntry> local = new ArrayList<>(entries.subList(0, 4));
        local.add(new TimelineEntry(
                5,
                new DeploymentEvent.Started(
                        started.at(),
                        started.deploymentId(),
                        null,
                        started.config(),
                        started.traffic(),
                        started.terminationWait(),
                        false)));
        assertThat(ViewFold.fold(local).links()).isEmpty();
        assertThat(ViewFold.fold(entries.subList(0, 4)).links()).isEmpty();
    }

    @Test
    void theDocumentHasExactlyTheMembersOfItsDescription() throws Exception {
        JsonNode document =
                Json.mapper().readTree(ViewDocument.json(Timelines.started().view()));
        String text = Files.readString(Path.of("..", "docs", "view-document.md"));
        JsonNode described = Json.mapper()
                .readTree(text.substring(text.indexOf("```json") + 7, text.indexOf("```", text.indexOf("```json") + 7))
                        .trim());
        assertThat(names(document)).isEqualTo(names(described));
        for (String nested : List.of("service", "original", "replacement", "plan", "criterion")) {
            assertThat(names(document.get(nested))).as(nested).isEqualTo(names(described.get(nested)));
        }
        assertThat(document.get("startedAt").asText()).isEqualTo("2026-11-23T18:30:00.000Z");
    }

    @Test
    void theSameTimelineGivesTheSameDocumentEveryTime() {
        Timelines timeline = Timelines.started().weight(140, 10).then(measured(120, 200, 1));
        assertThat(ViewDocument.json(timeline.view())).isEqualTo(ViewDocument.json(timeline.view()));
    }

    private static DeploymentEvent measured(long periodStart, long requests, long errors) {
        return new DeploymentEvent.Measured(
                Timelines.at(periodStart + 190), Side.REPLACEMENT, Timelines.at(periodStart), requests, errors);
    }

    private static List<StepState> states(DeploymentView view) {
        return view.plan().steps().stream().map(StepView::state).toList();
    }

    private static TreeSet<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return new TreeSet<>(names);
    }
}
