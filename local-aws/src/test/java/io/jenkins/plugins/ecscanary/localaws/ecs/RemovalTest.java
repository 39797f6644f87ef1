package io.jenkins.plugins.ecscanary.localaws.ecs;

import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.RUN_TASK;
import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.STARTED;
import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.STOPPED;
import static io.jenkins.plugins.ecscanary.localaws.ecs.FakeLoadBalancing.GREEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is listed, deregistered and deleted, and what can still be seen of it. */
class RemovalTest {

    private static final String CLUSTER = "arn:aws:ecs:eu-central-1:123456789012:cluster/";

    private final EcsHarness aws = new EcsHarness();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void clustersAreListedPageByPage() {
        aws.calls.call("CreateCluster", "{'clusterName': 'b'}");
        aws.calls.call("CreateCluster", "{'clusterName': 'c'}");
        JsonNode page = aws.calls.call("ListClusters", "{'maxResults': 2}");
        assertThat(texts(page.get("clusterArns"))).containsExactly(CLUSTER + "demo", CLUSTER + "b");
        JsonNode rest = aws.calls.call(
                "ListClusters", "{'nextToken': '%s'}", page.get("nextToken").asText());
        assertThat(texts(rest.get("clusterArns"))).containsExactly(CLUSTER + "c");
        assertThat(rest.has("nextToken")).isFalse();
        aws.calls.refused("InvalidParameterException", "maxResults", "ListClusters", "{'maxResults': 101}");
        aws.calls.refused("InvalidParameterException", "token", "ListClusters", "{'nextToken': 'x'}");
    }

    @Test
    void aClusterGoesOnlyWhenItIsEmpty() {
        aws.startRollingService(1, "{}");
        aws.calls.refused(
                "ClusterContainsServicesException",
                "The Cluster cannot be deleted while Services are active.",
                "DeleteCluster",
                "{'cluster': 'demo'}");
        aws.calls.call("DeleteService", "{'cluster': 'demo', 'service': 'web', 'force': true}");
        aws.advance(STOPPED);
        String task = aws.runTask("").at("/tasks/0/taskArn").asText();
        aws.calls.refused(
                "ClusterContainsTasksException",
                "The Cluster cannot be deleted while Tasks are active.",
                "DeleteCluster",
                "{'cluster': 'demo'}");
        aws.calls.call("StopTask", "{'cluster': 'demo', 'task': '%s'}", task);
        aws.advance(STARTED);

        assertThat(aws.calls
                        .call("DeleteCluster", "{'cluster': 'demo'}")
                        .at("/cluster/status")
                        .asText())
                .isEqualTo("INACTIVE");
        assertThat(aws.calls.call("ListClusters", "{}").get("clusterArns")).isEmpty();
        assertThat(describeCluster().at("/clusters/0/status").asText()).isEqualTo("INACTIVE");
        aws.calls.refused("ClusterNotFoundException", "The referenced cluster was inactive.", "RunTask", RUN_TASK, "");
        aws.advance(Duration.ofHours(1));
        assertThat(describeCluster().get("failures")).hasSize(1);
        aws.calls.call("CreateCluster", "{'clusterName': 'demo'}");
        assertThat(describeCluster().at("/clusters/0/status").asText()).isEqualTo("ACTIVE");
    }

    @Test
    void servicesAreListedTenAPage() {
        aws.register("");
        for (int i = 0; i < 12; i++) {
            aws.calls.call(
                    "CreateService",
                    "{'cluster': 'demo', 'serviceName': 's%d', 'taskDefinition': 'web', 'desiredCount': 0, 'launchType':"
                            + " 'FARGATE', 'networkConfiguration': {'awsvpcConfiguration': {'subnets': ['s']}}}",
                    i);
        }
        JsonNode page = aws.calls.call("ListServices", "{'cluster': 'demo'}");
        assertThat(page.get("serviceArns")).hasSize(10);
        assertThat(aws.calls
                        .call(
                                "ListServices",
                                "{'cluster': 'demo', 'nextToken': '%s'}",
                                page.get("nextToken").asText())
                        .get("serviceArns"))
                .hasSize(2);
        assertThat(aws.calls
                        .call("ListServices", "{'cluster': 'demo', 'maxResults': 100, 'launchType': 'EC2'}")
                        .get("serviceArns"))
                .isEmpty();
    }

    @Test
    void aServiceThatIsScaledAboveZeroNeedsForce() {
        aws.startRollingService(1, "{}");
        aws.calls.refused(
                "InvalidParameterException",
                "The service cannot be stopped while it is scaled above 0.",
                "DeleteService",
                "{'cluster': 'demo', 'service': 'web'}");
        assertThat(aws.service().get("status").asText()).isEqualTo("ACTIVE");

        JsonNode deleted = aws.calls
                .call("DeleteService", "{'cluster': 'demo', 'service': 'web', 'force': true}")
                .get("service");
        assertThat(deleted.get("status").asText()).isEqualTo("DRAINING");
        aws.calls.refused(
                "InvalidParameterException",
                "Unable to Start a service that is still Draining.",
                "CreateService",
                "{'cluster': 'demo', 'serviceName': 'web', 'taskDefinition': 'web', 'launchType': 'FARGATE',"
                        + " 'networkConfiguration': {'awsvpcConfiguration': {'subnets': ['s']}}}");
        aws.calls.refused(
                "ServiceNotActiveException",
                "Service was not ACTIVE.",
                "UpdateService",
                "{'cluster': 'demo', 'service': 'web', 'desiredCount': 2}");
        aws.advance(STOPPED);
        assertThat(aws.service().get("status").asText()).isEqualTo("INACTIVE");
        assertThat(aws.runtime.running()).isEmpty();
        assertThat(aws.calls.call("ListServices", "{'cluster': 'demo'}").get("serviceArns"))
                .isEmpty();

        aws.createRollingService(1, "{}");
        aws.advance(STARTED);
        assertThat(aws.service().get("status").asText()).isEqualTo("ACTIVE");
        aws.advance(Duration.ofHours(2));
        assertThat(aws.service().get("status").asText())
                .as("the former one of its name is forgotten, not this one")
                .isEqualTo("ACTIVE");
        assertThat(aws.runtime.running()).hasSize(1);
    }

    @Test
    void aServiceUnderCodeDeployGoesWithItsTaskSets() {
        aws.startService(2);
        aws.calls.call("DeleteService", "{'cluster': 'demo', 'service': 'web', 'force': true}");
        assertThat(aws.world.call(() -> aws.ecs.service("demo", "web"))).isEmpty();
        aws.advance(STOPPED);
        assertThat(aws.runtime.running()).isEmpty();
        assertThat(aws.service().get("status").asText()).isEqualTo("INACTIVE");
        aws.advance(Duration.ofHours(1));
        assertThat(aws.calls
                        .call("DescribeServices", "{'cluster': 'demo', 'services': ['web']}")
                        .get("failures"))
                .hasSize(1);
        aws.calls.refused(
                "ServiceNotFoundException",
                "Service not found.",
                "DeleteService",
                "{'cluster': 'demo', 'service': 'web'}");
    }

    @Test
    void aServiceDeletedInTheMiddleOfADeploymentGoesNeverthelessAndNoSetTakesOver() {
        aws.startService(1);
        String replacement = aws.world.call(
                () -> aws.ecs.createTaskSet(aws.info(), aws.register(""), GREEN, "web", 3000, "d-ABCDEFGHI"));
        aws.advance(STARTED);
        aws.calls.refused(
                "InvalidParameterException",
                "The service cannot be stopped while it is scaled above 0.",
                "DeleteService",
                "{'cluster': 'demo', 'service': 'web'}");
        aws.calls.call("DeleteService", "{'cluster': 'demo', 'service': 'web', 'force': true}");
        assertThatThrownBy(() -> aws.world.run(() -> aws.ecs.makePrimary(replacement)))
                .hasMessageContaining("the service web is being deleted");
        aws.world.run(() -> aws.ecs.drain(replacement));
        aws.advance(STOPPED);
        assertThat(aws.service().get("status").asText()).isEqualTo("INACTIVE");
        assertThat(aws.runtime.running()).isEmpty();
    }

    @Test
    void aDeregisteredRevisionStartsNothingNewButKeepsWhatRuns() {
        aws.startRollingService(1, "{}");
        aws.register("");
        JsonNode inactive = aws.calls
                .call("DeregisterTaskDefinition", "{'taskDefinition': 'web:1'}")
                .get("taskDefinition");
        assertThat(inactive.get("status").asText()).isEqualTo("INACTIVE");
        assertThat(inactive.has("deregisteredAt")).isTrue();
        aws.runtime.last().exit.complete(1);
        aws.advance(STARTED);
        assertThat(aws.tasks("RUNNING"))
                .as("AWS keeps a service going on an inactive revision")
                .hasSize(1);
        aws.calls.refused(
                "ClientException", "TaskDefinition is inactive", "RunTask", RUN_TASK.replace("'web'", "'web:1'"), "");
        aws.calls.refused(
                "InvalidParameterException",
                "family:revision",
                "DeregisterTaskDefinition",
                "{'taskDefinition': 'web'}");
        assertThat(aws.world.call(
                        () -> aws.ecs.refusal(inactive.get("taskDefinitionArn").asText(), "web", 3000)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("INACTIVE"));
    }

    @Test
    void aFamilyMeansItsNewestActiveRevision() {
        aws.register("");
        aws.register("");
        aws.calls.call("DeregisterTaskDefinition", "{'taskDefinition': 'web:2'}");
        assertThat(aws.calls
                        .call("DescribeTaskDefinition", "{'taskDefinition': 'web'}")
                        .at("/taskDefinition/revision")
                        .asInt())
                .isEqualTo(1);
        assertThat(list("'status': 'INACTIVE'")).containsExactly("web:2");
        assertThat(list("'sort': 'DESC'")).containsExactly("web:1");
        assertThat(families("ACTIVE")).containsExactly("web");
        assertThat(families("INACTIVE")).isEmpty();
        aws.calls.call("DeregisterTaskDefinition", "{'taskDefinition': 'web:1'}");
        assertThat(families("ACTIVE")).isEmpty();
        assertThat(families("INACTIVE")).containsExactly("web");
        assertThat(families("ALL")).containsExactly("web");
        aws.calls.refused(
                "ClientException",
                "Unable to describe task definition.",
                "DescribeTaskDefinition",
                "{'taskDefinition': 'web'}");
        aws.calls.refused("InvalidParameterException", "Invalid sort", "ListTaskDefinitions", "{'sort': 'x'}");
    }

    @Test
    void aDeletedRevisionStaysWhileItIsUsedAndItsNumberIsNotGivenAgain() {
        aws.startRollingService(1, "{}");
        JsonNode refused = aws.calls.call("DeleteTaskDefinitions", "{'taskDefinitions': ['web:1', 'web:9']}");
        assertThat(refused.get("taskDefinitions")).isEmpty();
        assertThat(refused.at("/failures/0/reason").asText())
                .isEqualTo(
                        "The specified task definition is still in ACTIVE status. Please deregister the target and try"
                                + " again.");
        assertThat(refused.at("/failures/1/arn").asText()).isEqualTo("web:9");

        aws.calls.call("DeregisterTaskDefinition", "{'taskDefinition': 'web:1'}");
        assertThat(aws.calls
                        .call("DeleteTaskDefinitions", "{'taskDefinitions': ['web:1']}")
                        .at("/taskDefinitions/0/status")
                        .asText())
                .isEqualTo("DELETE_IN_PROGRESS");
        assertThat(list("'status': 'DELETE_IN_PROGRESS'")).containsExactly("web:1");
        aws.advance(Duration.ofHours(3));
        assertThat(list("'status': 'DELETE_IN_PROGRESS'")).as("in use").containsExactly("web:1");
        aws.calls.call("DeleteService", "{'cluster': 'demo', 'service': 'web', 'force': true}");
        aws.advance(Duration.ofHours(3));
        assertThat(list("'status': 'DELETE_IN_PROGRESS'")).isEmpty();
        assertThat(families("ALL")).isEmpty();
        assertThat(aws.register("")).endsWith(":task-definition/web:2");
    }

    private List<String> list(String members) {
        return texts(aws.calls.call("ListTaskDefinitions", "{%s}", members).get("taskDefinitionArns")).stream()
                .map(arn -> arn.substring(arn.lastIndexOf('/') + 1))
                .toList();
    }

    private List<String> families(String status) {
        return texts(aws.calls
                .call("ListTaskDefinitionFamilies", "{'familyPrefix': 'w', 'status': '%s'}", status)
                .get("families"));
    }

    private JsonNode describeCluster() {
        return aws.calls.call("DescribeClusters", "{'clusters': ['demo']}");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
