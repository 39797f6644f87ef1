package io.jenkins.plugins.ecscanary.localaws.ecs;

import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.STARTED;
import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.STOPPED;
import static io.jenkins.plugins.ecscanary.localaws.ecs.FakeLoadBalancing.BLUE;
import static io.jenkins.plugins.ecscanary.localaws.ecs.FakeLoadBalancing.GREEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.TaskSetInfo;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** ECS ends and comes back: what it answers is the same, and its tasks are started again. */
class EcsKeptTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final EcsHarness before = new EcsHarness();
    private final EcsHarness after = EcsHarness.empty();

    @AfterEach
    void close() {
        before.close();
        after.close();
    }

    @Test
    void aServiceUnderCodeDeployComesBackInTheMiddleOfADeployment() throws Exception {
        before.startService(2);
        String original = before.primary().id();
        String definition = before.register(", 'dockerLabels': {'b': '1', 'a': '2'}");
        String replacement = before.world.call(
                () -> before.ecs.createTaskSet(before.info(), definition, GREEN, "web", 3000, "d-ABCDEFGHI"));
        before.advance(STARTED);
        before.world.run(() -> before.ecs.makePrimary(replacement));
        before.advance(Duration.ZERO);

        restart();

        assertThat(settled(after.service())).isEqualTo(settled(before.service()));
        assertThat(after.calls.call("DescribeTaskDefinition", "{'taskDefinition': '%s'}", definition))
                .isEqualTo(before.calls.call("DescribeTaskDefinition", "{'taskDefinition': '%s'}", definition));
        assertThat(after.tasks("RUNNING")).isEmpty();
        assertThat(after.primary().steady()).isFalse();

        after.advance(STARTED);
        assertThat(after.info().taskSets())
                .extracting(TaskSetInfo::id, TaskSetInfo::status, TaskSetInfo::externalId, TaskSetInfo::steady)
                .containsExactly(
                        tuple(replacement, "PRIMARY", "d-ABCDEFGHI", true), tuple(original, "ACTIVE", null, true));
        assertThat(after.loadBalancing.targets(BLUE)).hasSize(2);
        assertThat(after.loadBalancing.targets(GREEN)).hasSize(2);
        assertThat(after.log)
                .as("the original is still known as such")
                .anyMatch(
                        line -> line.contains("task set " + original + " STEADY_STATE") && line.endsWith("original)"));
        after.world.run(() -> after.ecs.drain(original));
        after.advance(STOPPED);
        assertThat(after.info().taskSets()).extracting(TaskSetInfo::id).containsExactly(replacement);
    }

    @Test
    void aCompletedDeploymentStaysSoAndGetsItsTasksBack() throws Exception {
        before.startRollingService(2, "{'deploymentCircuitBreaker': {'enable': true, 'rollback': true}}");
        restart();
        assertThat(settled(after.service())).isEqualTo(settled(before.service()));
        after.advance(STARTED);
        assertThat(after.runtime.running()).hasSize(2);
        assertThat(deployment(0).get("rolloutState").asText()).isEqualTo("COMPLETED");
        assertThat(deployment(0).get("id").asText())
                .isEqualTo(before.service().at("/deployments/0/id").asText());

        String good = deployment(0).get("id").asText();
        after.runtime.cannotStart = true;
        after.calls.call("UpdateService", "{'cluster': 'demo', 'service': 'web', 'forceNewDeployment': true}");
        after.advance(Duration.ofMinutes(10));
        assertThat(after.events()).contains("(service web) rolling back to deployment " + good + ".");
    }

    @Test
    void aDeploymentUnderWayGoesOn() throws Exception {
        before.startRollingService(1, "{}");
        before.loadBalancing.healthyAtOnce = false;
        before.register("");
        before.calls.call("UpdateService", "{'cluster': 'demo', 'service': 'web', 'taskDefinition': 'web:2'}");
        before.advance(STARTED);
        restart();
        String id = deployment(0).get("id").asText();
        assertThat(deployment(0).get("rolloutState").asText()).isEqualTo("IN_PROGRESS");
        after.advance(STARTED);
        assertThat(after.service().get("deployments")).hasSize(1);
        assertThat(deployment(0).get("id").asText()).isEqualTo(id);
        assertThat(deployment(0).get("rolloutState").asText()).isEqualTo("COMPLETED");
        assertThat(after.service().get("taskDefinition").asText()).endsWith("web:2");
    }

    @Test
    void afterAFailedDeploymentTheFormerOneServesAgain() throws Exception {
        before.startRollingService(2, "{'deploymentCircuitBreaker': {'enable': true, 'rollback': false}}");
        before.runtime.cannotStart = true;
        before.calls.call("UpdateService", "{'cluster': 'demo', 'service': 'web', 'forceNewDeployment': true}");
        before.advance(Duration.ofMinutes(10));
        restart();
        after.advance(STARTED);
        assertThat(deployment(0).get("rolloutState").asText()).isEqualTo("FAILED");
        assertThat(deployment(1).get("runningCount").asInt()).isEqualTo(2);
        assertThat(after.runtime.started).hasSize(2);
    }

    @Test
    void revisionsTagsAndNumbersStay() throws Exception {
        before.register("");
        before.register("");
        before.register("");
        before.calls.call("DeregisterTaskDefinition", "{'taskDefinition': 'web:2'}");
        before.calls.call("DeregisterTaskDefinition", "{'taskDefinition': 'web:3'}");
        before.calls.call("DeleteTaskDefinitions", "{'taskDefinitions': ['web:3']}");
        String arn = "arn:aws:ecs:eu-central-1:123456789012:task-definition/web:1";
        before.calls.call("TagResource", "{'resourceArn': '%s', 'tags': [{'key': 'a', 'value': 'b'}]}", arn);
        before.calls.call(
                "TagResource",
                "{'resourceArn': 'arn:aws:ecs:eu-central-1:123456789012:cluster/demo',"
                        + " 'tags': [{'key': 'c', 'value': 'd'}]}");
        restart();
        String asked = "{'taskDefinition': 'web:%d', 'include': ['TAGS']}";
        for (int revision = 1; revision <= 3; revision++) {
            assertThat(after.calls.call("DescribeTaskDefinition", asked, revision))
                    .isEqualTo(before.calls.call("DescribeTaskDefinition", asked, revision));
        }
        String clusters = "{'clusters': ['demo'], 'include': ['TAGS']}";
        assertThat(after.calls.call("DescribeClusters", clusters))
                .isEqualTo(before.calls.call("DescribeClusters", clusters));
        after.advance(Duration.ofHours(1));
        after.calls.refused("ClientException", "", "DescribeTaskDefinition", "{'taskDefinition': 'web:3'}");
        assertThat(after.register("")).endsWith("/web:4");
    }

    @Test
    void whatWasDeletedIsForgottenAfterTheTimeThatIsLeft() throws Exception {
        before.startService(1);
        before.calls.call("DeleteService", "{'cluster': 'demo', 'service': 'web', 'force': true}");
        before.advance(STOPPED);
        before.calls.call("DeleteCluster", "{'cluster': 'demo'}");
        before.advance(Duration.ofMinutes(50));
        after.advance(STARTED.plus(STOPPED).plusMinutes(50));
        restart();
        assertThat(after.calls
                        .call("DescribeClusters", "{'clusters': ['demo']}")
                        .at("/clusters/0/status")
                        .asText())
                .isEqualTo("INACTIVE");
        after.advance(Duration.ofMinutes(10));
        assertThat(after.calls
                        .call("DescribeClusters", "{'clusters': ['demo']}")
                        .get("failures"))
                .hasSize(1);
    }

    @Test
    void aStateThatMakesNoSenseIsRefusedSayingWhere() throws Exception {
        before.startService(1);
        ObjectNode state = (ObjectNode) JSON.readTree(written());
        state.putArray("taskDefinitions");
        assertThatThrownBy(() -> restore(state.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cluster demo, service web: there is no task definition arn:aws:ecs:");
        assertThatThrownBy(() -> {
                    Kept<?> kept = before.ecs.kept();
                    before.world.run(() -> take(kept, kept.snapshot()));
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in use already");
    }

    private void restart() throws JsonProcessingException {
        restore(written());
    }

    private String written() throws JsonProcessingException {
        Kept<?> kept = before.ecs.kept();
        assertThat(kept.name()).isEqualTo("ecs");
        Object snapshot = before.world.call(kept::snapshot);
        return JSON.writeValueAsString(snapshot);
    }

    private void restore(String json) throws JsonProcessingException {
        Kept<?> kept = after.ecs.kept();
        Object state = JSON.readValue(json, kept.type());
        after.world.run(() -> take(kept, state));
    }

    private static <S> void take(Kept<S> kept, Object state) {
        kept.restore(kept.type().cast(state));
    }

    /** Without what is only true of running tasks. */
    private static JsonNode settled(JsonNode service) {
        ObjectNode copy = service.deepCopy();
        withoutCounts(copy);
        copy.get("taskSets").forEach(set -> withoutCounts((ObjectNode) set));
        copy.get("deployments").forEach(deployment -> withoutCounts((ObjectNode) deployment));
        return copy;
    }

    private static void withoutCounts(ObjectNode node) {
        node.remove(List.of("runningCount", "pendingCount", "stabilityStatus", "stabilityStatusAt"));
    }

    private JsonNode deployment(int index) {
        return after.service().get("deployments").get(index);
    }
}
