package io.jenkins.plugins.ecscanary.engine.preflight;

import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.CLUSTER;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.GROUP;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.GROUP_B;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.LISTENER;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.LOAD_BALANCER;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.REGION;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.SERVICE;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.requestsTo;
import static io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome.PASSED;
import static io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome.REFUSED;
import static io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome.WARNED;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.AlarmMetricSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ServiceSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskSetSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.GroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest.Registered;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code web-a} has the traffic and {@code web-b} is to get it, unless a test says otherwise. */
class AlarmTargetsTest {

    private static final String A = "targetgroup/web-a/73e2d6bc24d8a067";
    private static final String B = "targetgroup/web-b/73e2d6bc24d8a067";
    private static final String API = "targetgroup/api/6d0ecf831eec9f09";
    private static final AlarmMetricSeen OWN_METRIC =
            new AlarmMetricSeen("Shop", Map.of("TargetGroup", API, "LoadBalancer", "app/other/1"));

    private final FakeAws aws = FakeAws.shop();
    private DeploymentOptions options = DeploymentOptions.DEFAULT;

    /** With these alarms in the deployment group. */
    private Optional<Check> check(String... alarms) {
        aws.group(g -> new GroupSeen(
                g.computePlatform(),
                g.cluster(),
                g.service(),
                g.config(),
                g.targetGroups(),
                g.prodListenerArn(),
                g.testListenerArn(),
                g.autoRollback(),
                List.of(alarms),
                g.terminationWait(),
                g.readyWait()));
        DeploymentRequest request = new DeploymentRequest(
                CLUSTER,
                SERVICE,
                new Registered("web:11", null),
                GROUP,
                null,
                Criterion.REFERENCE,
                List.of(),
                DeploymentRequest.REFERENCE_MILESTONES,
                Duration.ofHours(1),
                "ann",
                "deploy",
                null,
                options);
        PreflightResult result = new Preflight(aws, REGION, Instant.parse("2026-11-23T18:30:00Z"))
                .check(request, aws.identity(), KnownScans.NONE);
        Optional<Check> found = result.checks().stream()
                .filter(check -> check.name().equals("alarm-targets"))
                .findFirst();
        assertThat(result.ready().isEmpty())
                .as(result.checks().toString())
                .isEqualTo(found.isPresent() && found.get().outcome() == REFUSED);
        return found;
    }

    private Check reference() {
        return check("web-a-success-rate", "web-b-success-rate").orElseThrow();
    }

    private static void require(Check check, CheckOutcome outcome, String detail) {
        assertThat(check.outcome()).as(check.toString()).isEqualTo(outcome);
        assertThat(check.detail()).isEqualTo(detail);
    }

    @Test
    void oneForEachTargetGroupIsHowItShouldBe() {
        require(reference(), PASSED, "the replacement target group, " + B + ", is looked at by web-b-success-rate");
    }

    @Test
    void theReplacementsAlarmLooksAtTheOriginal() {
        aws.alarmOn("web-b-success-rate", requestsTo(A), requestsTo(A));
        Check check = reference();
        require(
                check,
                REFUSED,
                "no alarm looks at the replacement target group, " + B
                        + ": alarm web-b-success-rate looks at the original target group, " + A);
        assertThat(check.remedy())
                .contains(
                        "set the dimensions of alarm web-b-success-rate",
                        "TargetGroup " + B + " and LoadBalancer " + LOAD_BALANCER);
    }

    @Test
    void theOriginalsAlarmLooksElsewhereWhichMattersNextTime() {
        aws.alarmOn("web-a-success-rate", requestsTo(B));
        require(
                reference(),
                WARNED,
                "alarm web-a-success-rate looks at the replacement target group, " + B
                        + "; this deployment does not need it, the next one will");
        aws.alarmOn("web-a-success-rate", requestsTo(API));
        require(
                reference(),
                WARNED,
                "alarm web-a-success-rate looks at " + API + "; this deployment does not need it, the next one will");
    }

    @Test
    void afterTheSidesHaveSwappedTheSameMistakeIsTheOther() {
        aws.alarmOn("web-b-success-rate", requestsTo(A));
        aws.weights(LISTENER, 0, 100).health(GROUP_B, "healthy");
        aws.service(s -> new ServiceSeen(
                s.arn(),
                s.name(),
                s.status(),
                s.controller(),
                s.desiredCount(),
                s.taskDefinition(),
                s.loadBalancers(),
                List.of(new TaskSetSeen(
                        "ecs-svc/2", "d-0", "PRIMARY", FakeAws.taskDefinitionArn("web", 11), 2, 2, 0, GROUP_B))));
        require(
                reference(),
                WARNED,
                "alarm web-b-success-rate looks at the replacement target group, " + A
                        + "; this deployment does not need it, the next one will");
    }

    @Test
    void aTargetGroupOfAnotherService() {
        aws.alarmOn("web-b-success-rate", requestsTo(API));
        require(
                reference(),
                REFUSED,
                "no alarm looks at the replacement target group, " + B + ": alarm web-b-success-rate looks at " + API);
    }

    @Test
    void aTargetGroupThatWasMadeAnew() {
        aws.alarmOn("green", requestsTo("targetgroup/web-b/0000000000000001")).alarmOn("own", OWN_METRIC);
        require(
                check("green", "own").orElseThrow(),
                REFUSED,
                "no alarm looks at the replacement target group, " + B + ": alarm green looks at"
                        + " targetgroup/web-b/0000000000000001, which is not the target group of that name");
    }

    @Test
    void anotherLoadBalancer() {
        aws.alarmOn(
                "web-b-success-rate",
                new AlarmMetricSeen("AWS/ApplicationELB", Map.of("TargetGroup", B, "LoadBalancer", "app/old/1")));
        require(
                reference(),
                REFUSED,
                "no alarm looks at the replacement target group, " + B + ": alarm web-b-success-rate looks at " + B
                        + " behind load balancer app/old/1, where it is not");
        aws.alarmOn("errors", new AlarmMetricSeen("AWS/ApplicationELB", Map.of("LoadBalancer", "app/old/1")));
        require(
                check("errors").orElseThrow(),
                REFUSED,
                "no alarm looks at the replacement target group, " + B
                        + ": alarm errors looks at load balancer app/old/1");
    }

    @Test
    void whatMayBeMeantIsAWarning() {
        aws.alarmOn("backend", requestsTo(API));
        require(
                check("web-a-success-rate", "web-b-success-rate", "backend").orElseThrow(),
                WARNED,
                "alarm backend looks at " + API);
        aws.alarmOn("own", OWN_METRIC);
        require(
                check("own", "backend").orElseThrow(),
                WARNED,
                "alarm backend looks at " + API + "; no alarm is seen to look at the replacement target group, " + B);
        assertThat(check("backend").orElseThrow().outcome()).isEqualTo(REFUSED);
    }

    @Test
    void anAlarmForOneTargetGroupOnlyIsAnAlarmHalfTheTime() {
        aws.alarmOn("errors", requestsTo(A));
        require(
                check("errors").orElseThrow(),
                WARNED,
                "alarm errors looks at the original target group, " + A
                        + "; no alarm is seen to look at the replacement target group, " + B);
    }

    @Test
    void whatLooksAtBothComparesThem() {
        aws.alarmOn("worse", requestsTo(A), requestsTo(B));
        assertThat(check("worse").orElseThrow().outcome()).isEqualTo(PASSED);
        aws.alarmOn("worse", requestsTo(A), requestsTo(B), requestsTo(API));
        require(
                check("worse").orElseThrow(),
                WARNED,
                "alarm worse looks at the original target group, " + A + " and at the replacement target group, " + B
                        + " and at " + API);
    }

    @Test
    void anAlarmNamedAfterALongerNameIsNotTheReplacements() {
        String longer = "targetgroup/web-b-api/6d0ecf831eec9f09";
        aws.alarmOn("web-b-api-errors", requestsTo(longer)).alarmOn("own", OWN_METRIC);
        assertThat(check("web-b-api-errors", "own").orElseThrow().outcome()).isEqualTo(WARNED);
        aws.alarmOn("web-b-errors", requestsTo(longer));
        assertThat(check("web-b-errors", "own").orElseThrow().outcome()).isEqualTo(REFUSED);
    }

    @Test
    void whatCannotBeToldIsLeftAlone() {
        aws.alarm("composite", "OK").alarmOn("own", OWN_METRIC);
        aws.alarmOn("whole", new AlarmMetricSeen("AWS/ApplicationELB", Map.of("LoadBalancer", LOAD_BALANCER)));
        assertThat(check("composite", "own", "whole")).isEmpty();
    }

    @Test
    void anAlarmToBeCreatedGuards() {
        options = DeploymentOptions.DEFAULT.withCreateAlarms(true);
        aws.alarmOn("errors", requestsTo(A));
        assertThat(check("errors")).isEmpty();
    }

    @Test
    void noAlarmAtAllIsNotThisChecksBusiness() {
        assertThat(check()).isEmpty();
    }
}
