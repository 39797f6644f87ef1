package io.jenkins.plugins.ecscanary.localaws.ecs;

import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.STARTED;
import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.STOPPED;
import static io.jenkins.plugins.ecscanary.localaws.ecs.FakeLoadBalancing.BLUE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services with the controller ECS: their deployments, one after the other and undone. */
class RollingUpdateTest {

    private static final String BREAKER = "'deploymentCircuitBreaker': {'enable': true, 'rollback': %s}";

    private final EcsHarness aws = new EcsHarness();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void theFirstDeploymentCompletesWhenAllTasksAreHealthy() {
        aws.loadBalancing.healthyAtOnce = false;
        aws.register("");
        JsonNode created = aws.createRollingService(2, "{}").get("service");
        assertThat(created.get("taskSets")).isEmpty();
        assertThat(created.at("/deploymentController/type").asText()).isEqualTo("ECS");
        String id = created.at("/deployments/0/id").asText();
        assertThat(id).matches("ecs-svc/[0-9]{19}");
        assertThat(created.at("/deployments/0/rolloutState").asText()).isEqualTo("IN_PROGRESS");
        assertThat(created.at("/deployments/0/rolloutStateReason").asText())
                .isEqualTo("ECS deployment " + id + " in progress.");

        aws.advance(STARTED);
        assertThat(deployment(0).get("rolloutState").asText()).isEqualTo("IN_PROGRESS");
        assertThat(aws.tasks("RUNNING").get(0).get("startedBy").asText()).isEqualTo(id);

        aws.loadBalancing.become(BLUE, "healthy");
        aws.advance(Duration.ZERO);
        assertThat(deployment(0).get("rolloutState").asText()).isEqualTo("COMPLETED");
        assertThat(deployment(0).get("rolloutStateReason").asText()).isEqualTo("ECS deployment " + id + " completed.");
        assertThat(aws.events())
                .startsWith(
                        "(service web) has reached a steady state.",
                        "(service web) (deployment " + id + ") deployment completed.");
        assertThat(aws.events().get(aws.events().size() - 1)).startsWith("(service web) has started 2 tasks: (task ");
    }

    @Test
    void anUpdateReplacesTheTasksWithoutEverBeingBelowTheMinimum() {
        aws.startRollingService(2, "{}");
        String first = deployment(0).get("id").asText();
        aws.register("");
        JsonNode updated = update("'taskDefinition': 'web:2'");
        assertThat(updated.get("deployments")).hasSize(2);
        assertThat(updated.at("/deployments/0/status").asText()).isEqualTo("PRIMARY");
        assertThat(updated.at("/deployments/1/status").asText()).isEqualTo("ACTIVE");
        assertThat(updated.at("/deployments/1/id").asText()).isEqualTo(first);
        assertThat(updated.get("taskDefinition").asText()).endsWith("web:2");

        for (int second = 0; second < 120; second++) {
            aws.advance(Duration.ofSeconds(1));
            assertThat(aws.loadBalancing.targets(BLUE).size()).isBetween(2, 4);
            assertThat(aws.runtime.running().size()).isLessThanOrEqualTo(4);
        }

        JsonNode service = aws.service();
        assertThat(service.get("deployments")).hasSize(1);
        assertThat(service.at("/deployments/0/rolloutState").asText()).isEqualTo("COMPLETED");
        assertThat(service.get("runningCount").asInt()).isEqualTo(2);
        assertThat(aws.tasks("RUNNING"))
                .allSatisfy(task ->
                        assertThat(task.get("taskDefinitionArn").asText()).endsWith("web:2"));
        assertThat(aws.tasks("STOPPED")).hasSize(2).allSatisfy(task -> assertThat(
                        task.get("stoppedReason").asText())
                .isEqualTo("Scaling activity initiated by (deployment " + first + ")"));
        assertThat(aws.events())
                .anyMatch(event -> event.matches("\\(service web\\) has begun draining connections on \\d tasks\\."))
                .anyMatch(event -> event.matches("\\(service web\\) has stopped \\d running tasks: \\(task .*"))
                .contains("(service web) has reached a steady state.");
    }

    @Test
    void aDeploymentIsNotSteadyBeforeItsTasksAreThere() {
        aws.register("");
        aws.calls.call(
                "CreateService",
                "{'cluster': 'demo', 'serviceName': 'web', 'taskDefinition': 'web',"
                        + " 'desiredCount': 1, 'launchType': 'FARGATE',"
                        + " 'networkConfiguration': {'awsvpcConfiguration': {'subnets': ['subnet-1']}}}");
        assertThat(aws.primary().steady()).isFalse();
        aws.advance(STARTED);
        assertThat(aws.primary().steady()).isTrue();
        assertThat(aws.info().controller()).isEqualTo("ECS");
    }

    @Test
    void oldTasksDrainBeforeTheyStopAndTheDeploymentCompletesAfterThat() {
        aws.startRollingService(1, "{}");
        aws.loadBalancing.drainAtOnce = false;
        update("'forceNewDeployment': true");
        aws.advance(STARTED);
        assertThat(aws.loadBalancing.draining()).isEqualTo(1);
        assertThat(aws.runtime.running()).hasSize(2);
        assertThat(deployment(0).get("rolloutState").asText()).isEqualTo("IN_PROGRESS");
        assertThat(deployment(1).get("desiredCount").asInt()).isZero();
        aws.world.run(aws.loadBalancing::finishDraining);
        aws.advance(STOPPED);
        assertThat(aws.runtime.running()).hasSize(1);
        assertThat(deployment(0).get("rolloutState").asText()).isEqualTo("COMPLETED");
    }

    @Test
    void withNoRoomAboveOldTasksGoFirstDownToTheMinimum() {
        aws.startRollingService(4, "{'maximumPercent': 100, 'minimumHealthyPercent': 50}");
        update("'forceNewDeployment': true");
        int least = 4;
        for (int second = 0; second < 300; second++) {
            aws.advance(Duration.ofSeconds(1));
            assertThat(aws.runtime.running().size()).isLessThanOrEqualTo(4);
            least = Math.min(least, aws.loadBalancing.targets(BLUE).size());
        }
        assertThat(least).isEqualTo(2);
        assertThat(aws.service().get("deployments")).hasSize(1);
        assertThat(deployment(0).get("rolloutState").asText()).isEqualTo("COMPLETED");
        assertThat(aws.runtime.started).hasSize(8);
    }

    @Test
    void aConfigurationThatLeavesNoRoomIsToldOnce() {
        aws.startRollingService(1, "{'maximumPercent': 150}");
        update("'forceNewDeployment': true");
        aws.advance(Duration.ofMinutes(5));
        assertThat(aws.runtime.started).hasSize(1);
        assertThat(aws.events())
                .filteredOn(
                        event -> event.startsWith("(service web) was unable to stop or start tasks during a deployment"
                                + " because of the service deployment configuration."))
                .hasSize(1);
    }

    @Test
    void aNewUpdateSupersedesTheOneUnderWay() {
        aws.startRollingService(2, "{}");
        aws.loadBalancing.healthyAtOnce = false;
        update("'forceNewDeployment': true");
        aws.advance(STARTED);
        String stuck = deployment(0).get("id").asText();
        update("'forceNewDeployment': true");
        aws.loadBalancing.healthyAtOnce = true;
        assertThat(aws.service().get("deployments")).hasSize(3);
        aws.advance(Duration.ofMinutes(3));
        assertThat(aws.service().get("deployments")).hasSize(1);
        assertThat(deployment(0).get("id").asText()).isNotEqualTo(stuck);
        assertThat(deployment(0).get("rolloutState").asText()).isEqualTo("COMPLETED");
    }

    @Test
    void whatChangesNoTaskIsNoDeployment() {
        aws.startRollingService(1, "{}");
        String id = deployment(0).get("id").asText();
        update("'desiredCount': 3, 'taskDefinition': 'web:1', 'deploymentConfiguration': {'maximumPercent': 300}");
        aws.advance(STARTED);
        assertThat(aws.service().get("deployments")).hasSize(1);
        assertThat(deployment(0).get("id").asText()).isEqualTo(id);
        assertThat(deployment(0).get("rolloutState").asText()).isEqualTo("COMPLETED");
        assertThat(aws.runtime.running()).hasSize(3);
        update("'desiredCount': 0");
        aws.advance(STOPPED);
        assertThat(aws.runtime.running()).isEmpty();
        assertThat(aws.events().get(0)).isEqualTo("(service web) has reached a steady state.");
    }

    @Test
    void anotherSubnetIsADeployment() {
        aws.startRollingService(1, "{}");
        JsonNode updated = update(
                "'networkConfiguration': {'awsvpcConfiguration': {'subnets': ['subnet-9']}}, 'platformVersion': '1.4.0'");
        assertThat(updated.get("deployments")).hasSize(2);
        assertThat(updated.at("/deployments/0/networkConfiguration/awsvpcConfiguration/subnets/0")
                        .asText())
                .isEqualTo("subnet-9");
        assertThat(updated.at("/deployments/1/networkConfiguration/awsvpcConfiguration/subnets/0")
                        .asText())
                .isEqualTo("subnet-1");
    }

    @Test
    void theCircuitBreakerRollsBackToTheLastCompletedDeployment() {
        aws.startRollingService(2, "{" + BREAKER.formatted("true") + "}");
        String good = deployment(0).get("id").asText();
        aws.register("");
        aws.runtime.cannotStart = true;
        update("'taskDefinition': 'web:2'");
        String bad = deployment(0).get("id").asText();
        aws.advance(Duration.ofMinutes(1));
        assertThat(deployment(0).get("failedTasks").asInt()).isPositive();
        aws.advance(Duration.ofMinutes(9));

        assertThat(aws.events())
                .contains(
                        "(service web) (deployment " + bad + ") deployment failed: tasks failed to start.",
                        "(service web) rolling back to deployment " + good + ".",
                        "(service web) (deployment " + good + ") deployment completed.");
        JsonNode service = aws.service();
        assertThat(service.get("deployments")).hasSize(1);
        assertThat(service.get("taskDefinition").asText()).endsWith("web:1");
        assertThat(service.at("/deployments/0/rolloutState").asText()).isEqualTo("COMPLETED");
        assertThat(aws.runtime.running()).hasSize(2);
        assertThat(aws.loadBalancing.targets(BLUE)).hasSize(2);
    }

    @Test
    void duringTheRollBackBothDeploymentsAreToldWithTheirReasons() {
        aws.startRollingService(1, "{" + BREAKER.formatted("true") + "}");
        String good = deployment(0).get("id").asText();
        aws.loadBalancing.healthyAtOnce = false;
        aws.loadBalancing.drainAtOnce = false;
        update("'forceNewDeployment': true");
        failByLoadBalancer(3);
        assertThat(deployment(0).get("id").asText()).isEqualTo(good);
        assertThat(deployment(0).get("rolloutState").asText()).isEqualTo("IN_PROGRESS");
        assertThat(deployment(0).get("rolloutStateReason").asText())
                .isEqualTo("ECS deployment circuit breaker: rolling back to deploymentId " + good + ".");
        assertThat(deployment(1).get("rolloutState").asText()).isEqualTo("FAILED");
        assertThat(deployment(1).get("rolloutStateReason").asText())
                .isEqualTo("ECS deployment circuit breaker: tasks failed to start.");
    }

    @Test
    void withoutRollBackTheFailedDeploymentStartsNothingMore() {
        aws.startRollingService(1, "{" + BREAKER.formatted("false") + "}");
        aws.runtime.cannotStart = true;
        update("'forceNewDeployment': true");
        aws.advance(Duration.ofMinutes(10));
        assertThat(deployment(0).get("rolloutState").asText()).isEqualTo("FAILED");
        assertThat(deployment(0).get("failedTasks").asInt()).isEqualTo(3);
        assertThat(deployment(1).get("runningCount").asInt()).isEqualTo(1);
        aws.runtime.cannotStart = false;
        aws.advance(Duration.ofMinutes(30));
        assertThat(aws.runtime.started).hasSize(1);

        update("'forceNewDeployment': true");
        aws.advance(Duration.ofMinutes(2));
        assertThat(aws.service().get("deployments")).hasSize(1);
        assertThat(deployment(0).get("rolloutState").asText()).isEqualTo("COMPLETED");
    }

    @Test
    void aFirstDeploymentHasNothingToGoBackTo() {
        aws.runtime.cannotStart = true;
        aws.register("");
        aws.createRollingService(1, "{" + BREAKER.formatted("true") + "}");
        aws.advance(Duration.ofMinutes(10));
        assertThat(aws.service().get("deployments")).hasSize(1);
        assertThat(deployment(0).get("rolloutState").asText()).isEqualTo("FAILED");
        assertThat(aws.events()).noneMatch(event -> event.contains("rolling back"));
    }

    @Test
    void withoutACircuitBreakerItIsTriedForEver() {
        aws.startRollingService(1, "{}");
        aws.runtime.cannotStart = true;
        update("'forceNewDeployment': true");
        aws.advance(Duration.ofHours(2));
        assertThat(deployment(0).get("rolloutState").asText()).isEqualTo("IN_PROGRESS");
        assertThat(deployment(0).get("failedTasks").asInt()).isGreaterThan(3);
        assertThat(aws.runtime.running()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "1, BOUNDED_PERCENT, 50, 3", "25, BOUNDED_PERCENT, 50, 13", "400, BOUNDED_PERCENT, 50, 200",
        "800, BOUNDED_PERCENT, 50, 200", "1, UNBOUNDED_PERCENT, 50, 1", "800, UNBOUNDED_PERCENT, 50, 400",
        "10, COUNT, 7, 7"
    })
    void theThresholdIsAwss(int desired, String type, int value, int expected) throws Exception {
        JsonNode configuration = new ObjectMapper()
                .readTree(
                        """
                        {"deploymentCircuitBreaker": {"enable": true, "rollback": false,
                          "thresholdConfiguration": {"type": "%s", "value": %d}}}"""
                                .formatted(type, value));
        assertThat(DeploymentLimits.of(configuration, desired).failures()).isEqualTo(expected);
    }

    @Test
    void aServiceWithoutALoadBalancerIsSteadyWhenItsTasksRun() {
        aws.register("");
        aws.calls.call(
                "CreateService",
                "{'cluster': 'demo', 'serviceName': 'web', 'taskDefinition': 'web',"
                        + " 'desiredCount': 1, 'launchType': 'FARGATE', 'deploymentController': {'type': 'ECS'},"
                        + " 'networkConfiguration': {'awsvpcConfiguration': {'subnets': ['subnet-1']}}}");
        aws.advance(STARTED);
        assertThat(deployment(0).get("rolloutState").asText()).isEqualTo("COMPLETED");
        assertThat(aws.service().get("loadBalancers")).isEmpty();
        aws.calls.refused(
                "InvalidParameterException",
                "Health check grace period is only valid for services configured to use load balancers",
                "UpdateService",
                "{'cluster': 'demo', 'service': 'web', 'healthCheckGracePeriodSeconds': 10}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'strategy': 'CANARY' | NotImplementedByLocalAws | strategy CANARY; only ROLLING",
                "'strategy': 'LINEAR' | NotImplementedByLocalAws | strategy LINEAR; only ROLLING",
                "'strategy': 'BLUE_GREEN' | NotImplementedByLocalAws | strategy BLUE_GREEN; only ROLLING",
                "'strategy': 'x' | InvalidParameterException | Invalid deploymentConfiguration.strategy 'x'",
                "'alarms': {'enable': true, 'rollback': true, 'alarmNames': ['a']} | NotImplementedByLocalAws | alarms",
                "'bakeTimeInMinutes': 5 | NotImplementedByLocalAws | deploymentConfiguration.bakeTimeInMinutes",
                "'maximumPercent': 100 | InvalidParameterException | Both maximumPercent and minimumHealthyPercent cannot be 100",
                "'maximumPercent': 40 | InvalidParameterException | maximumPercent must be at least",
                "'deploymentCircuitBreaker': {'enable': true} | InvalidParameterException | rollback must be true or false",
            })
    void whatARollingUpdateCannotDoIsRefused(String member, String code, String message) {
        aws.startRollingService(1, "{'strategy': 'ROLLING'}");
        aws.calls.refused(
                code,
                message,
                "UpdateService",
                "{'cluster': 'demo', 'service': 'web', 'desiredCount': 9, 'deploymentConfiguration': {%s}}",
                member);
        assertThat(aws.service().get("desiredCount").asInt()).isEqualTo(1);
    }

    @Test
    void anInactiveRevisionCannotBeDeployed() {
        aws.startRollingService(1, "{}");
        aws.register("");
        aws.calls.call("DeregisterTaskDefinition", "{'taskDefinition': 'web:2'}");
        aws.calls.refused(
                "ClientException",
                "TaskDefinition is inactive",
                "UpdateService",
                "{'cluster': 'demo', 'service': 'web', 'taskDefinition': 'web:2'}");
        assertThat(aws.service().get("deployments")).hasSize(1);
    }

    /** Lets the load balancer find {@code times} tasks of the newest deployment unhealthy, one after the other. */
    private void failByLoadBalancer(int times) {
        List<TargetAddress> good = aws.loadBalancing.targets(BLUE);
        for (int i = 0; i < times; i++) {
            aws.advance(STARTED);
            aws.loadBalancing.targets(BLUE).stream()
                    .filter(target -> !good.contains(target))
                    .forEach(target -> aws.world.run(() -> aws.loadBalancing.become(target, "unhealthy")));
            aws.advance(Duration.ZERO);
        }
    }

    private JsonNode deployment(int index) {
        return aws.service().get("deployments").get(index);
    }

    private JsonNode update(String members) {
        JsonNode service = aws.calls
                .call("UpdateService", "{'cluster': 'demo', 'service': 'web', %s}", members)
                .get("service");
        aws.advance(Duration.ZERO);
        return service;
    }
}
