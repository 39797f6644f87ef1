package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.jenkins.plugins.ecscanary.localaws.function.FunctionOutcome;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.codedeploy.model.Tag;

/** What CodeDeploy keeps across a restart. Afterwards the clock stands where it began, as after a day of fast time. */
class KeptCodeDeployTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .build();

    private CodeDeployFixture aws = new CodeDeployFixture();

    @AfterEach
    void stop() {
        aws.close();
    }

    @ParameterizedTest
    @CsvSource({
        "PPPPPPPP, 'a 100, b 0'",
        "IPPPPPPP, 'a 100, b 0'",
        "SIPPPPPP, 'a 100, b 0'",
        "SSIPPPPP, 'a 100, b 0'",
        "SSSIPPPP, 'a 100, b 0'",
        "SSSSIPPP, 'a 100, b 0'",
        "SSSSSIPP, 'a 100, b 0'",
        "SSSSSSIP, 'a 60, b 40'",
        "SSSSSSIP, 'a 0, b 100'",
        "SSSSSSSI, 'a 0, b 100'",
        "SSSSSSSS, 'a 0, b 100'"
    })
    void aDeploymentGoesOnWhereItWas(String events, String weights) throws JsonProcessingException {
        aws.withGroup();
        String id = aws.deploy();
        aws.until(() -> aws.events(id).equals(events) && aws.elb.prod().equals(weights));
        restart();
        assertThat(aws.events(id)).isEqualTo(events);
        assertThat(aws.elb.prod()).isEqualTo(weights);
        aws.until(() -> !aws.get(id).statusAsString().equals("InProgress")
                && !aws.get(id).statusAsString().equals("Created"));
        assertThat(aws.get(id).statusAsString()).isEqualTo("Succeeded");
        assertThat(aws.events(id)).isEqualTo("SSSSSSSS");
        assertThat(aws.elb.prod()).isEqualTo("a 0, b 100");
        assertThat(aws.ecs.statuses()).containsExactly("ecs-svc/1 DRAINING", "ecs-svc/2 PRIMARY");
    }

    @Test
    void waitsHaveTheTimeThatWasLeft() throws JsonProcessingException {
        aws.withGroup(ReadyWaitTest::waiting);
        String id = aws.deploy();
        aws.untilStatus(id, "Ready");
        aws.advance(Duration.ofMinutes(4));
        restart();
        assertThat(aws.get(id).statusAsString()).isEqualTo("Ready");
        aws.advance(Duration.ofMinutes(10));
        assertThat(aws.get(id).statusAsString()).isEqualTo("Ready");
        aws.client.continueDeployment(r -> r.deploymentId(id).deploymentWaitType("READY_WAIT"));
        aws.untilProd("a 60, b 40");
        aws.advance(Duration.ofSeconds(40));
        restart();
        assertThat(aws.untilProd("a 50, b 50")).isLessThan(Duration.ofSeconds(23));
        aws.until(() -> aws.events(id).equals("SSSSSSSS"));
        aws.advance(Duration.ofMinutes(2));
        restart();
        assertThat(aws.until(() -> aws.get(id).statusAsString().equals("Succeeded")))
                .isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void nobodyContinuesIt() throws JsonProcessingException {
        aws.withGroup(ReadyWaitTest::waiting);
        String id = aws.deploy();
        aws.untilStatus(id, "Ready");
        aws.advance(Duration.ofMinutes(4));
        restart();
        assertThat(aws.until(() -> aws.get(id).statusAsString().equals("Stopped")))
                .isEqualTo(Duration.ofMinutes(11));
        aws.untilStatus(aws.get(id).rollbackInfo().rollbackDeploymentId(), "Succeeded");
        assertThat(aws.elb.test()).isEqualTo("a 1, b 0");
    }

    @Test
    void installHasTheTimeThatWasLeft() throws JsonProcessingException {
        aws.withGroup();
        aws.ecs.steady = false;
        String id = aws.deploy();
        aws.until(() -> aws.events(id).equals("SIPPPPPP"));
        aws.advance(Duration.ofMinutes(50));
        restart(false);
        assertThat(aws.until(() -> aws.get(id).statusAsString().equals("Failed")))
                .isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aHookIsRunOnceMore() throws JsonProcessingException {
        aws.withGroup();
        aws.functions.mapped.add("check");
        String id = aws.deployWithHooks("\"BeforeAllowTraffic\":\"check\"");
        aws.until(() -> !aws.functions.invocations.isEmpty());
        String payload = aws.functions.last().payload();
        aws.advance(Duration.ofMinutes(20));
        restart();
        assertThat(aws.functions.last().payload()).as("the same execution").isEqualTo(payload);
        aws.functions.last().outcome().complete(new FunctionOutcome.Unreported());
        assertThat(aws.until(() -> aws.get(id).statusAsString().equals("Failed")))
                .isEqualTo(Duration.ofMinutes(40));
    }

    @Test
    void aStopThatWasAcceptedHappens() throws JsonProcessingException {
        aws.withGroup();
        String id = aws.deploy();
        aws.untilProd("a 60, b 40");
        aws.client.stopDeployment(r -> r.deploymentId(id).autoRollbackEnabled(true));
        restart();
        aws.untilStatus(id, "Stopped");
        aws.untilStatus(aws.get(id).rollbackInfo().rollbackDeploymentId(), "Succeeded");
        assertThat(aws.elb.prod()).isEqualTo("a 100, b 0");
    }

    @ParameterizedTest
    @CsvSource({"PPPPPPPP", "SIPPPPPP", "SSSSSSIP", "SSSSSSSI"})
    void aRollbackGoesOn(String events) throws JsonProcessingException {
        aws.withGroup();
        String id = aws.deploy();
        aws.untilProd("a 60, b 40");
        aws.alarmStates.put("alarm-a", "ALARM");
        aws.untilStatus(id, "Stopped");
        String rollback = aws.get(id).rollbackInfo().rollbackDeploymentId();
        aws.until(() -> aws.events(rollback).equals(events));
        restart();
        aws.untilStatus(rollback, "Succeeded");
        assertThat(aws.elb.prod()).isEqualTo("a 100, b 0");
        assertThat(aws.elb.test()).isEqualTo("a 1, b 0");
        assertThat(aws.ecs.statuses()).containsExactly("ecs-svc/1 PRIMARY", "ecs-svc/2 DRAINING");
        assertThat(aws.get(id).errorInformation().codeAsString()).isEqualTo("ALARM_ACTIVE");
    }

    /** It was draining and had no task any more, so that it went before the rollback was taken up. */
    @Test
    void aRollbackGoesOnWhenTheReplacementIsGone() throws JsonProcessingException {
        String rollback = aRollbackInAllowTraffic();
        restart(true, next -> next.ecs.remove("ecs-svc/2"));
        aws.untilStatus(rollback, "Succeeded");
        assertThat(aws.elb.prod()).isEqualTo("a 100, b 0");
    }

    /** It fails as it is taken up, and what that changes stays changed. */
    @Test
    void aDeploymentWhoseListenerIsGone() throws JsonProcessingException {
        aws.withGroup();
        String first = aws.deploy();
        aws.untilStatus(first, "Succeeded");
        String id = aws.deploy();
        aws.untilProd("a 60, b 40");
        restart(true, next -> next.elb.remove(FakeElb.PROD));
        assertThat(aws.get(id).statusAsString()).isEqualTo("Failed");
        String rollback = aws.get(id).rollbackInfo().rollbackDeploymentId();
        assertThat(group().lastAttemptedDeployment().deploymentId()).isEqualTo(rollback);
        assertThat(aws.get(rollback).previousRevision())
                .isEqualTo(aws.get(first).revision());
        assertThat(aws.client.listDeployments(r -> {}).deployments()).containsExactly(rollback, id, first);
    }

    /** That is its failure, not one of the restart. */
    @Test
    void aRollbackWhoseListenerIsGone() throws JsonProcessingException {
        String rollback = aRollbackInAllowTraffic();
        restart(true, next -> next.elb.remove(FakeElb.PROD));
        aws.untilStatus(rollback, "Failed");
        assertThat(aws.get(rollback).errorInformation().message())
                .isEqualTo("The rollback failed: The listener " + FakeElb.PROD + " does not exist.");
    }

    private String aRollbackInAllowTraffic() {
        aws.withGroup();
        String id = aws.deploy();
        aws.untilProd("a 60, b 40");
        aws.alarmStates.put("alarm-a", "ALARM");
        aws.untilStatus(id, "Stopped");
        String rollback = aws.get(id).rollbackInfo().rollbackDeploymentId();
        aws.until(() -> aws.events(rollback).equals("SSSSSSIP"));
        return rollback;
    }

    @Test
    void allElseIsAsItWas() throws JsonProcessingException {
        aws.client.createDeploymentConfig(
                r -> r.deploymentConfigName("Mine").computePlatform("ECS").trafficRoutingConfig(t -> t.type(
                                "TimeBasedLinear")
                        .timeBasedLinear(l -> l.linearPercentage(50).linearInterval(1))));
        aws.withGroup(g -> g.deploymentConfigName("Mine")
                .tags(Tag.builder().key("k").value("v").build()));
        String first = aws.deploy();
        aws.untilStatus(first, "Succeeded");
        var info = aws.get(first);
        var group = group();
        var target = aws.target(first).lifecycleEvents();
        restart();
        assertThat(aws.get(first)).isEqualTo(info);
        assertThat(group()).isEqualTo(group);
        assertThat(aws.target(first).lifecycleEvents()).isEqualTo(target);
        assertThat(aws.client.listDeployments().deployments()).containsExactly(first);
        assertThat(aws.client
                        .listTagsForResource(r ->
                                r.resourceArn("arn:aws:codedeploy:eu-central-1:123456789012:deploymentgroup:app/group"))
                        .tags())
                .hasSize(1);
        aws.until(() -> aws.ecs.taskSet("ecs-svc/2").orElseThrow().steady());
        String second = aws.deploy();
        aws.untilStatus(second, "Succeeded");
        aws.client.deleteDeploymentGroup(r -> r.applicationName("app").deploymentGroupName("group"));
        restart();
        assertThat(aws.get(second).deploymentGroupName()).isEqualTo("group");
    }

    @Test
    void whatMakesNoSenseIsRefusedSayingWhere() throws JsonProcessingException {
        aws.withGroup();
        String id = aws.deploy();
        aws.untilProd("a 60, b 40");
        JsonNode kept = JSON.valueToTree(snapshot(aws.codeDeploy.kept()));
        ((ObjectNode) kept.at("/deployments/0/events/6")).put("status", "Succeeded");
        KeptCodeDeploy.State bad = JSON.treeToValue(kept, KeptCodeDeploy.State.class);
        try (CodeDeployFixture other = new CodeDeployFixture()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> restore(other, other.codeDeploy.kept(), bad))
                    .withMessageContaining("deployment " + id + " is InProgress with no lifecycle event in progress");
        }
    }

    private software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo group() {
        return aws.client
                .getDeploymentGroup(r -> r.applicationName("app").deploymentGroupName("group"))
                .deploymentGroupInfo();
    }

    private void restart() throws JsonProcessingException {
        restart(true);
    }

    private void restart(boolean steady) throws JsonProcessingException {
        restart(steady, next -> {});
    }

    private void restart(boolean steady, Consumer<CodeDeployFixture> meanwhile) throws JsonProcessingException {
        String json = JSON.writeValueAsString(snapshot(aws.codeDeploy.kept()));
        CodeDeployFixture next = new CodeDeployFixture();
        next.elb.takeOver(aws.elb);
        next.ecs.steady = steady;
        next.ecs.takeOver(aws.ecs);
        next.functions.mapped.addAll(aws.functions.mapped);
        next.alarmStates.putAll(aws.alarmStates);
        meanwhile.accept(next);
        Kept<?> kept = next.codeDeploy.kept();
        assertThat(kept.name()).isEqualTo("codedeploy");
        restore(next, kept, JSON.readValue(json, kept.type()));
        aws.close();
        aws = next;
    }

    private Object snapshot(Kept<?> kept) {
        return aws.wire.world.call(kept::snapshot);
    }

    @SuppressWarnings("unchecked") // its own type
    private static <S> void restore(CodeDeployFixture into, Kept<S> kept, Object state) {
        into.wire.world.run(() -> kept.restore((S) state));
    }
}
