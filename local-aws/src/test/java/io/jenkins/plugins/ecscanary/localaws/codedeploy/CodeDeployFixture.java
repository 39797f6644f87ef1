package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmSource;
import io.jenkins.plugins.ecscanary.localaws.wire.WireFixture;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.CodeDeployException;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.ECSTarget;
import software.amazon.awssdk.services.codedeploy.model.ECSTaskSet;

/** CodeDeploy over the wire, on manual time, with an ECS, a load balancer and alarms of the test's own. */
@SuppressWarnings("unchecked") // the SDK takes consumers as varargs
final class CodeDeployFixture implements AutoCloseable {

    final Map<String, String> alarmStates = new HashMap<>(Map.of("alarm-a", "OK", "alarm-b", "OK"));
    final FakeElb elb = new FakeElb();
    final WireFixture wire;
    final CodeDeployClient client;
    final FakeFunctions functions = new FakeFunctions();
    FakeEcs ecs;
    CodeDeploy codeDeploy;

    CodeDeployFixture() {
        this(null);
    }

    /** @param source what watches alarms in the world it is given; null for {@link #alarmStates} */
    CodeDeployFixture(Function<World, AlarmSource> source) {
        AlarmSource own = name -> Optional.ofNullable(alarmStates.get(name))
                .map(state -> new AlarmSource.AlarmView(name, state, "", null));
        wire = new WireFixture(world -> {
            ecs = new FakeEcs(world, FakeElb.A);
            AlarmSource alarms = source == null ? own : source.apply(world);
            codeDeploy = new CodeDeploy(world, ecs, elb, alarms, functions, CodeDeployTimings.LIKE_AWS);
            return List.of(codeDeploy.api());
        });
        client = wire.client(CodeDeployClient.builder());
    }

    /** Application {@code app} and group {@code group}: linear 10 %, termination wait 5 minutes, all auto rollback events. */
    CodeDeployFixture withGroup() {
        client.createApplication(r -> r.applicationName("app").computePlatform("ECS"));
        client.createDeploymentGroup(group());
        return this;
    }

    CodeDeployFixture withGroup(Consumer<CreateDeploymentGroupRequest.Builder> change) {
        client.createApplication(r -> r.applicationName("app").computePlatform("ECS"));
        client.createDeploymentGroup(group().toBuilder().applyMutation(change).build());
        return this;
    }

    static CreateDeploymentGroupRequest group() {
        return CreateDeploymentGroupRequest.builder()
                .applicationName("app")
                .deploymentGroupName("group")
                .deploymentConfigName("CodeDeployDefault.ECSLinear10PercentEvery1Minutes")
                .serviceRoleArn("arn:aws:iam::123456789012:role/codedeploy")
                .deploymentStyle(s -> s.deploymentType("BLUE_GREEN").deploymentOption("WITH_TRAFFIC_CONTROL"))
                .ecsServices(s -> s.clusterName("demo").serviceName("web"))
                .loadBalancerInfo(l -> l.targetGroupPairInfoList(p -> p.targetGroups(t -> t.name("a"), t -> t.name("b"))
                        .prodTrafficRoute(r -> r.listenerArns(FakeElb.PROD))
                        .testTrafficRoute(r -> r.listenerArns(FakeElb.TEST))))
                .blueGreenDeploymentConfiguration(b -> b.terminateBlueInstancesOnDeploymentSuccess(
                                t -> t.action("TERMINATE").terminationWaitTimeInMinutes(5))
                        .deploymentReadyOption(
                                o -> o.actionOnTimeout("CONTINUE_DEPLOYMENT").waitTimeInMinutes(0)))
                .alarmConfiguration(a -> a.enabled(true).alarms(x -> x.name("alarm-a"), x -> x.name("alarm-b")))
                .autoRollbackConfiguration(a -> a.enabled(true)
                        .events(
                                AutoRollbackEvent.DEPLOYMENT_FAILURE,
                                AutoRollbackEvent.DEPLOYMENT_STOP_ON_ALARM,
                                AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST))
                .build();
    }

    String deploy() {
        return deploy(r -> {});
    }

    String deploy(Consumer<CreateDeploymentRequest.Builder> change) {
        return client.createDeployment(CreateDeploymentRequest.builder()
                        .applicationName("app")
                        .deploymentGroupName("group")
                        .revision(r -> r.revisionType("AppSpecContent").appSpecContent(c -> c.content(appSpec(2))))
                        .applyMutation(change)
                        .build())
                .deploymentId();
    }

    static String appSpec(int revision) {
        return """
                {"version":0.0,"Resources":[{"TargetService":{"Type":"AWS::ECS::Service","Properties":{
                "TaskDefinition":"%s%d","LoadBalancerInfo":{"ContainerName":"web","ContainerPort":3000}}}}]}
                """
                .formatted(FakeEcs.TASK_DEFINITION, revision);
    }

    /** Deploys an AppSpec with these hooks, such as {@code "BeforeInstall":"check"}. */
    String deployWithHooks(String... hooks) {
        String listed = Stream.of(hooks).map(hook -> "{" + hook + "}").collect(Collectors.joining(","));
        return deployAppSpec(appSpec(2).strip().replaceAll("}$", ",\"Hooks\":[" + listed + "]}"));
    }

    String deployAppSpec(String content) {
        return deploy(r -> r.revision(v -> v.revisionType("AppSpecContent").appSpecContent(c -> c.content(content))));
    }

    void untilStatus(String id, String status) {
        until(() -> get(id).statusAsString().equals(status));
    }

    /** Asserts that the call is refused with this code. */
    static void refused(ThrowingCallable call, String code) {
        assertThatExceptionOfType(CodeDeployException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
    }

    DeploymentInfo get(String id) {
        return client.getDeployment(r -> r.deploymentId(id)).deploymentInfo();
    }

    ECSTarget target(String id) {
        return client.getDeploymentTarget(r -> r.deploymentId(id).targetId("demo:web"))
                .deploymentTarget()
                .ecsTarget();
    }

    /** The eight statuses, by their first letters: {@code SSSSSSFK} (K for Skipped, I in progress, P pending). */
    String events(String id) {
        StringBuilder letters = new StringBuilder();
        target(id)
                .lifecycleEvents()
                .forEach(event -> letters.append(
                        switch (event.statusAsString()) {
                            case "Skipped" -> 'K';
                            default -> event.statusAsString().charAt(0);
                        }));
        return letters.toString();
    }

    List<String> taskSets(String id) {
        List<String> shown = new ArrayList<>();
        for (ECSTaskSet set : target(id).taskSetsInfo()) {
            shown.add(set.taskSetLabelAsString() + " " + set.status() + " "
                    + set.targetGroup().name() + " " + set.trafficWeight() + " " + set.runningCount() + "/"
                    + set.desiredCount());
        }
        return shown;
    }

    /** Advances time from timer to timer until {@code condition} holds; how long that took. */
    Duration until(BooleanSupplier condition) {
        Duration passed = Duration.ZERO;
        while (!condition.getAsBoolean()) {
            if (passed.compareTo(Duration.ofHours(2)) > 0) {
                throw new AssertionError("never happened within two hours; prod " + elb.prod());
            }
            passed = passed.plus(wire.time.advanceToNext());
        }
        return passed;
    }

    Duration untilProd(String weights) {
        return until(() -> elb.prod().equals(weights));
    }

    void advance(Duration duration) {
        wire.time.advance(duration);
    }

    @Override
    public void close() {
        client.close();
        wire.close();
    }
}
