package io.jenkins.plugins.ecscanary.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.ContainerLogSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.LogsSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure.Kind;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Stopped;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.TaskLog;
import io.jenkins.plugins.ecscanary.engine.rollout.Rollout;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.Timelines;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.LogLine;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskLogsTest {

    private static final String NEW = Timelines.NEW.taskDefinition();
    private static final String GROUP = "/ecs/web";

    private final FakeAws aws = FakeAws.shop();
    private final Timelines wanted = Timelines.started(DeploymentOptions.DEFAULT.withTaskLogs(true));

    @Test
    void withoutTheOptionNoLogIsRead() {
        failed(task("t1", "web", 1));
        assertThat(look(Timelines.started())).extracting(Stopped::log).containsOnlyNulls();
        assertThat(aws.count("containerLogs") + aws.count("logTail")).isZero();
    }

    @Test
    void theLastLinesOfAFailedTaskAreReadRecordedAndShown() {
        logs(awslogs("web", true));
        aws.log(GROUP, "app/web/t1", "starting", "no database");
        failed(task("t1", "web", 1));

        List<Stopped> seen = look(wanted);
        assertThat(seen)
                .containsExactly(new Stopped(
                        Side.REPLACEMENT,
                        "t1",
                        "Essential container in task exited",
                        1,
                        new TaskLog("web", List.of("starting", "no database"), null)));

        List<DeploymentEvent> events = Rollout.decide(
                        wanted.view(), Observation.ofStopped(Timelines.at(60), seen), Timelines.at(60))
                .events();
        assertThat(events).hasSize(2);
        events.forEach(wanted::then);
        List<LogLine> log = wanted.view().log();
        assertThat(log.subList(log.size() - 4, log.size()))
                .extracting(LogLine::text)
                .containsExactly(
                        "task t1 of web:12 stopped: Essential container in task exited (exit code 1)",
                        "the log of task t1, container web, ended with",
                        "| starting",
                        "| no database");
    }

    @Test
    void whatIsKnownIsNotReadAgain() {
        logs(awslogs("web", true));
        failed(task("t1", "web", 1));
        wanted.then(new DeploymentEvent.TaskStopped(
                Timelines.at(60), Side.REPLACEMENT, "t1", "Essential container in task exited", 1));
        look(wanted);
        assertThat(aws.count("logTail")).isZero();
    }

    @Test
    void aTaskThatFailsAgainAndAgainIsReadThreeTimes() {
        logs(awslogs("web", true));
        failed(IntStream.range(0, 8).mapToObj(i -> task("t" + i, "web", 1)).toArray(TaskSeen[]::new));
        List<Stopped> seen = look(wanted);
        assertThat(seen).hasSize(8).filteredOn(stopped -> stopped.log() != null).hasSize(3);
    }

    @Test
    void ofSeveralContainersTheEssentialOneThatFailed() {
        logs(awslogs("agent", false), awslogs("proxy", true), awslogs("web", true));
        failed(task("t1", "proxy", 1), task("t2", "agent", 1), task("t3", null, null));
        look(wanted);
        assertThat(aws.calls())
                .contains(
                        "logTail " + GROUP + " app/proxy/t1",
                        "logTail " + GROUP + " app/web/t2",
                        "logTail " + GROUP + " app/web/t3");
    }

    @Test
    void whatCannotBeReadIsSaidAndHoldsUpNothing() {
        failed(task("t1", "web", 1));
        assertThat(trouble()).contains("no essential container");
        logs(new ContainerLogSeen("web", true, null, null));
        assertThat(trouble()).contains("no log configuration");
        logs(new ContainerLogSeen("web", true, "awsfirelens", null));
        assertThat(trouble()).contains("awsfirelens", "only awslogs");
        logs(new ContainerLogSeen("web", true, "awslogs", new LogsSeen(GROUP, FakeAws.REGION, null)));
        assertThat(trouble()).contains("awslogs-stream-prefix");
        logs(new ContainerLogSeen("web", true, "awslogs", new LogsSeen(GROUP, "eu-west-1", "app")));
        assertThat(trouble()).contains("region eu-west-1");
        logs(awslogs("web", true));
        aws.failAlways("logTail", FakeAws.failure(Kind.DENIED, "logs:GetLogEvents"));
        assertThat(trouble()).contains("logs:GetLogEvents");
        assertThat(aws.count("logTail")).isEqualTo(1);
    }

    private String trouble() {
        return look(wanted).get(0).log().trouble();
    }

    private List<Stopped> look(Timelines timeline) {
        return new Looker(aws, () -> Timelines.at(60))
                .look(Look.STOPPED, List.of(timeline.view()))
                .get(0)
                .stopped();
    }

    private void logs(ContainerLogSeen... containers) {
        aws.containerLogs(NEW, containers);
    }

    private static ContainerLogSeen awslogs(String container, boolean essential) {
        return new ContainerLogSeen(container, essential, "awslogs", new LogsSeen(GROUP, FakeAws.REGION, "app"));
    }

    private void failed(TaskSeen... tasks) {
        aws.stoppedTasks(FakeAws.CLUSTER, FakeAws.SERVICE, tasks);
    }

    private static TaskSeen task(String id, String container, Integer exitCode) {
        return new TaskSeen(
                id,
                NEW,
                "ecs-svc/2",
                "EssentialContainerExited",
                "Essential container in task exited",
                exitCode,
                container,
                Timelines.at(50));
    }
}
