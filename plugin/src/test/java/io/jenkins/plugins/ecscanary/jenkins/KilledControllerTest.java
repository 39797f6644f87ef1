package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import hudson.model.Result;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A real controller's process is killed at every moment of a deployment: whatever becomes of the build, its deployment is gone
 * on with and brought to a verdict, and there is never a second one. One Jenkins is killed again and again, since its starts are
 * what takes long.
 */
@Tag("slow")
class KilledControllerTest {

    private static final int SECONDS_FOR_ALL = 1800;

    /** Some of the shifting is left after a start of the controller, and the end of it is not long in coming. */
    private static final int BRISK = 10;

    /** The original's tasks are waited with for 100 s: longer than the start of a controller that then rolls back. */
    private static final int LEISURELY = 3;

    @RegisterExtension
    private final RealJenkinsExtension controller =
            new RealJenkinsExtension().withTimeout(SECONDS_FOR_ALL).javaOptions("-Xmx512m", "-XX:TieredStopAtLevel=1");

    /** When the process is killed. */
    private enum Moment {
        /** Nothing was asked of AWS, nothing is recorded but who wants to deploy. */
        UNRECORDED(
                "{'match': 'sts:GetCallerIdentity', 'kind': 'slow', 'delay': '5m', 'next': 1}",
                null,
                Outcome.PROMOTED,
                null),
        /** AWS has the revision, the record has not. */
        REGISTERED(
                "{'match': 'ecs:RegisterTaskDefinition', 'kind': 'slow', 'delay': '5m', 'next': 1}",
                null,
                Outcome.PROMOTED,
                Outcome.ABORTED),
        /** The record tells of the intent, AWS has not done it. */
        CREATING(
                "{'match': 'codedeploy:CreateDeployment', 'kind': 'throttle'}",
                null,
                Outcome.PROMOTED,
                Outcome.ABORTED),
        /** AWS has the deployment, the record does not know its id. */
        CREATED(
                "{'match': 'codedeploy:CreateDeployment', 'kind': 'slow', 'delay': '5m', 'next': 1}",
                null,
                Outcome.PROMOTED,
                Outcome.ROLLED_BACK),
        SHIFTING(null, "10 % of traffic", Outcome.PROMOTED, Outcome.ROLLED_BACK),
        /** All traffic is shifted, the original's tasks still run. */
        BAKING(null, "100 % of traffic", Outcome.PROMOTED, Outcome.ROLLED_BACK),
        ROLLING_BACK(null, "10 % of traffic", Outcome.ROLLED_BACK, Outcome.ROLLED_BACK);

        private final String fault;
        private final String message;
        private final Outcome whereTheBuildGoesOn;
        private final Outcome whereItDoesNot;

        Moment(String fault, String message, Outcome whereTheBuildGoesOn, Outcome whereItDoesNot) {
            this.fault = fault == null ? null : fault.replace('\'', '"');
            this.message = message;
            this.whereTheBuildGoesOn = whereTheBuildGoesOn;
            this.whereItDoesNot = whereItDoesNot;
        }

        /** Not longer than it has to be. */
        String traffic() {
            return this == CREATED || this == SHIFTING || this == ROLLING_BACK
                    ? "linear(percent: 10, every: '1m')"
                    : "allAtOnce()";
        }

        String job() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is said to the controller's process. */
    private record Order(Moment moment, String endpoint, String image, FlowDurabilityHint durability)
            implements Serializable {}

    /** What its records tell. */
    private record Told(List<String> records, Outcome verdict, String deploymentId) implements Serializable {}

    private LocalAwsProcess aws;

    @AfterEach
    void stopAws() {
        aws.close();
    }

    @Test
    void theBuildGoesOnWithTheSameDeployment() throws Throwable {
        String image = start(BRISK);
        for (Moment moment : Moment.values()) {
            List<String> before = aws.deploymentsAskedFor();
            Order order = new Order(moment, aws.endpoint().toString(), image, FlowDurabilityHint.MAX_SURVIVABILITY);
            List<String> known = beginAndKill(order, before);
            controller.startJenkins();
            Told told = controller.runRemotely(KilledControllerTest::resumed, moment);
            assertThat(moment + "'s verdict", told.verdict(), is(moment.whereTheBuildGoesOn));
            assertThat(moment + "'s records", told.records(), hasSize(1));
            assertThat(moment + "'s deployments", since(before), is(List.of(told.deploymentId())));
            if (!known.isEmpty()) {
                assertThat(moment + "'s deployment is the same", known, is(List.of(told.deploymentId())));
            }
        }
    }

    @Test
    void theSupervisorSeesThroughWhatTheBuildCannot() throws Throwable {
        String image = start(LEISURELY);
        for (Moment moment : Moment.values()) {
            List<String> before = aws.deploymentsAskedFor();
            Order order = new Order(moment, aws.endpoint().toString(), image, FlowDurabilityHint.PERFORMANCE_OPTIMIZED);
            List<String> known = beginAndKill(order, before);
            controller.startJenkins();
            Told told = controller.runRemotely(KilledControllerTest::orphaned, moment);
            assertThat(moment + "'s verdict", told.verdict(), is(moment.whereItDoesNot));
            assertThat(moment + "'s deployments", since(before), is(known));
            if (told.deploymentId() != null) {
                assertThat(moment + "'s deployment is the same", known, is(List.of(told.deploymentId())));
            }
        }
    }

    /** @return the image to deploy */
    private String start(int speed) throws Throwable {
        aws = LocalAwsProcess.start(speed);
        controller.javaOptions("-Dio.jenkins.plugins.ecscanary.localAwsSpeed=" + speed);
        controller.startJenkins();
        controller.runRemotely(KilledControllerTest::allow, aws.endpoint().toString());
        return aws.push("release", Map.of("APP_VERSION", "release"));
    }

    /** @return the deployments there were when it was killed: one or none */
    private List<String> beginAndKill(Order order, List<String> before) throws Throwable {
        Moment moment = order.moment();
        String fault = moment.fault == null ? null : aws.fault(moment.fault);
        controller.runRemotely(KilledControllerTest::begin, order);
        if (fault != null) {
            aws.awaitFault(fault);
        }
        controller.stopJenkinsForcibly();
        aws.noFaults();
        if (moment == Moment.CREATED) {
            Until.holds("the deployment is created", () -> !since(before).isEmpty());
        }
        return since(before);
    }

    private List<String> since(List<String> before) {
        List<String> all = new ArrayList<>(aws.deploymentsAskedFor());
        all.removeAll(before);
        return all;
    }

    private static void allow(JenkinsRule rule, String endpoint) throws Exception {
        Pipelines.allow(endpoint);
    }

    /** Returns when the moment has come, or is up to the fault. */
    private static void begin(JenkinsRule rule, Order order) throws Exception {
        WorkflowJob job = Pipelines.job(
                order.moment().job(),
                "def result = ecsCanaryDeploy(" + Pipelines.parameters(order.endpoint(), order.image())
                        + ", traffic: " + order.moment().traffic() + ")\n"
                        + "echo \"was ${result.verdict}\"");
        job.addProperty(new DurabilityHintJobProperty(order.durability()));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        if (order.moment().message != null) {
            rule.waitForMessage(order.moment().message, build);
        }
        if (order.moment() == Moment.ROLLING_BACK) {
            build.getExecutor().interrupt();
            rule.waitForMessage("AWS rolls back as", build);
        }
    }

    private static WorkflowRun build(Moment moment) {
        return Jenkins.get().getItemByFullName(moment.job(), WorkflowJob.class).getBuildByNumber(1);
    }

    private static List<RecordSummary> records(Moment moment) {
        return Deployments.get().records().history().stream()
                .filter(record -> record.startedBy().equals(moment.job() + " #1"))
                .toList();
    }

    private static Told resumed(JenkinsRule rule, Moment moment) throws Exception {
        WorkflowRun build = rule.waitForCompletion(build(moment));
        if (moment.whereTheBuildGoesOn == Outcome.PROMOTED) {
            rule.assertBuildStatusSuccess(build);
            rule.assertLogContains("was PROMOTED", build);
        } else {
            rule.assertBuildStatus(Result.ABORTED, build);
        }
        return told(moment);
    }

    private static Told orphaned(JenkinsRule rule, Moment moment) throws Exception {
        rule.assertBuildStatus(Result.FAILURE, rule.waitForCompletion(build(moment)));
        Path unfinished = Jenkins.get().getRootDir().toPath().resolve("ecs-canary/owners/unfinished");
        Until.holds("nobody owns an unfinished deployment any more", () -> {
            try (Stream<Path> owners = Files.list(unfinished)) {
                return owners.findAny().isEmpty();
            }
        });
        return told(moment);
    }

    private static Told told(Moment moment) {
        List<RecordSummary> records = records(moment);
        if (records.isEmpty()) {
            return new Told(List.of(), null, null);
        }
        RecordSummary record = records.get(0);
        return new Told(
                records.stream().map(RecordSummary::id).collect(Collectors.toCollection(ArrayList::new)),
                record.verdict() == null ? null : record.verdict().outcome(),
                record.deploymentId());
    }
}
