package io.jenkins.plugins.ecscanary.localaws.ecs;

import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks on Fargate and on Fargate Spot, as a strategy shares them out. */
class CapacityProviderTest {

    private static final String SERVICE =
            "{'cluster': '%s', 'serviceName': 'web', 'taskDefinition': 'web', 'desiredCount': %d,"
                    + " 'capacityProviderStrategy': %s,"
                    + " 'networkConfiguration': {'awsvpcConfiguration': {'subnets': ['subnet-1']}}}";
    private static final String HALF = "[{'capacityProvider': 'FARGATE', 'base': 1, 'weight': 50},"
            + " {'capacityProvider': 'FARGATE_SPOT', 'weight': 50}]";

    private final EcsHarness aws = new EcsHarness();

    @BeforeEach
    void register() {
        aws.calls.call("CreateCluster", "{'clusterName': 'spot', 'capacityProviders': ['FARGATE', 'FARGATE_SPOT']}");
        aws.register("");
    }

    @AfterEach
    void close() {
        aws.close();
    }

    private Map<String, Long> providers() {
        aws.advance(STARTED);
        JsonNode arns = aws.calls
                .call("ListTasks", "{'cluster': 'spot', 'desiredStatus': 'RUNNING'}")
                .get("taskArns");
        return aws
                .calls
                .call("DescribeTasks", "{'cluster': 'spot', 'tasks': %s}", arns)
                .get("tasks")
                .findValuesAsText("capacityProviderName")
                .stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    @Test
    void theBaseFirstAndTheRestByWeight() {
        JsonNode service =
                aws.calls.call("CreateService", SERVICE, "spot", 5, HALF).get("service");
        assertThat(service.at("/capacityProviderStrategy/1/capacityProvider").asText())
                .isEqualTo("FARGATE_SPOT");
        assertThat(providers()).isEqualTo(Map.of("FARGATE", 3L, "FARGATE_SPOT", 2L));
    }

    @Test
    void weightsAreShares() {
        aws.calls.call(
                "CreateService",
                SERVICE,
                "spot",
                8,
                "[{'capacityProvider': 'FARGATE', 'weight': 1}, {'capacityProvider': 'FARGATE_SPOT', 'weight': 3}]");
        assertThat(providers()).isEqualTo(Map.of("FARGATE", 2L, "FARGATE_SPOT", 6L));
    }

    @Test
    void spotHasToBeTheClusters() {
        aws.calls.refused(
                "InvalidParameterException",
                "a capacity provider that is not associated with the cluster",
                "CreateService",
                SERVICE,
                "demo",
                1,
                HALF);
        aws.calls.refused(
                "NotImplementedByLocalAws",
                "the capacity provider mine",
                "CreateService",
                SERVICE,
                "spot",
                1,
                "[{'capacityProvider': 'mine', 'weight': 1}]");
    }
}
