package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import static io.jenkins.plugins.ecscanary.localaws.codedeploy.CodeDeployFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.codedeploy.model.Alarm;
import software.amazon.awssdk.services.codedeploy.model.CodeDeployException;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.TrafficRoutingConfig;

@SuppressWarnings("unchecked") // the SDK takes consumers as varargs
class CodeDeployOperationsTest {

    private static final String YAML =
            """
            version: 0.0
            # as aws ecs deploy's own examples spell it
            resources:
              - TargetService:
                  type: AWS::ECS::Service
                  properties:
                    taskDefinition: %s7
                    loadBalancerInfo:
                      containerName: web
                      containerPort: 3000
                    platformVersion: LATEST
            """
                    .formatted(FakeEcs.TASK_DEFINITION);

    private final CodeDeployFixture aws = new CodeDeployFixture();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void predefinedConfigurations() {
        assertThat(aws.client.listDeploymentConfigs().deploymentConfigsList())
                .containsExactlyInAnyOrder(
                        "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
                        "CodeDeployDefault.ECSLinear10PercentEvery3Minutes",
                        "CodeDeployDefault.ECSCanary10Percent5Minutes",
                        "CodeDeployDefault.ECSCanary10Percent15Minutes",
                        "CodeDeployDefault.ECSAllAtOnce");
        TrafficRoutingConfig linear = routing("CodeDeployDefault.ECSLinear10PercentEvery3Minutes");
        assertThat(linear.typeAsString()).isEqualTo("TimeBasedLinear");
        assertThat(linear.timeBasedLinear().linearPercentage()).isEqualTo(10);
        assertThat(linear.timeBasedLinear().linearInterval()).isEqualTo(3);
        TrafficRoutingConfig canary = routing("CodeDeployDefault.ECSCanary10Percent15Minutes");
        assertThat(canary.timeBasedCanary().canaryInterval()).isEqualTo(15);
        assertThat(routing("CodeDeployDefault.ECSAllAtOnce").typeAsString()).isEqualTo("AllAtOnce");
        refused(() -> routing("CodeDeployDefault.OneAtATime"), "DeploymentConfigDoesNotExistException");
    }

    private TrafficRoutingConfig routing(String name) {
        return aws.client
                .getDeploymentConfig(r -> r.deploymentConfigName(name))
                .deploymentConfigInfo()
                .trafficRoutingConfig();
    }

    @Test
    void applicationAndGroupAreReadBack() {
        aws.withGroup();
        assertThat(aws.client.listApplications().applications()).containsExactly("app");
        assertThat(aws.client
                        .getApplication(r -> r.applicationName("app"))
                        .application()
                        .computePlatformAsString())
                .isEqualTo("ECS");
        assertThat(aws.client
                        .listDeploymentGroups(r -> r.applicationName("app"))
                        .deploymentGroups())
                .containsExactly("group");
        var group = aws.client
                .getDeploymentGroup(r -> r.applicationName("app").deploymentGroupName("group"))
                .deploymentGroupInfo();
        CreateDeploymentGroupRequest created = CodeDeployFixture.group();
        assertThat(group.loadBalancerInfo()).isEqualTo(created.loadBalancerInfo());
        assertThat(group.ecsServices()).isEqualTo(created.ecsServices());
        assertThat(group.blueGreenDeploymentConfiguration()).isEqualTo(created.blueGreenDeploymentConfiguration());
        assertThat(group.autoRollbackConfiguration()).isEqualTo(created.autoRollbackConfiguration());
        assertThat(group.alarmConfiguration().alarms())
                .isEqualTo(created.alarmConfiguration().alarms());
        assertThat(group.computePlatformAsString()).isEqualTo("ECS");
        assertThat(aws.client
                        .batchGetDeploymentGroups(r -> r.applicationName("app").deploymentGroupNames("group"))
                        .deploymentGroupsInfo())
                .containsExactly(group);
    }

    @Test
    void whatAGroupCannotBe() {
        aws.client.createApplication(r -> r.applicationName("app").computePlatform("ECS"));
        refusedGroup(g -> g.applicationName("other"), "ApplicationDoesNotExistException");
        refusedGroup(g -> g.deploymentGroupName("x".repeat(101)), "InvalidDeploymentGroupNameException");
        refusedGroup(g -> g.serviceRoleArn(null), "RoleRequiredException");
        refusedGroup(g -> g.deploymentConfigName("Custom"), "DeploymentConfigDoesNotExistException");
        refusedGroup(g -> g.ecsServices(s -> s.clusterName("demo").serviceName("other")), "InvalidECSServiceException");
        refusedGroup(g -> g.loadBalancerInfo(l -> {}), "InvalidLoadBalancerInfoException");
        refusedGroup(
                g -> g.loadBalancerInfo(
                        l -> l.targetGroupPairInfoList(p -> p.targetGroups(t -> t.name("a"), t -> t.name("nope"))
                                .prodTrafficRoute(r -> r.listenerArns(FakeElb.PROD)))),
                "InvalidLoadBalancerInfoException");
        refusedGroup(
                g -> g.deploymentStyle(s -> s.deploymentType("IN_PLACE").deploymentOption("WITH_TRAFFIC_CONTROL")),
                "InvalidDeploymentStyleException");
        refusedGroup(
                g -> g.blueGreenDeploymentConfiguration(b -> b.terminateBlueInstancesOnDeploymentSuccess(
                                t -> t.action("TERMINATE").terminationWaitTimeInMinutes(2881))
                        .deploymentReadyOption(o -> o.actionOnTimeout("CONTINUE_DEPLOYMENT"))),
                "InvalidBlueGreenDeploymentConfigurationException");
        refusedGroup(
                g -> g.blueGreenDeploymentConfiguration(
                        b -> b.terminateBlueInstancesOnDeploymentSuccess(t -> t.action("TERMINATE"))
                                .deploymentReadyOption(o -> o.actionOnTimeout("STOP_DEPLOYMENT"))),
                "InvalidBlueGreenDeploymentConfigurationException");
        refusedGroup(g -> g.serviceRoleArn("role"), "InvalidRoleException");
        refusedGroup(g -> g.triggerConfigurations(t -> t.triggerName("t")), "InvalidTriggerConfigException");
        refusedGroup(
                g -> g.triggerConfigurations(t -> t.triggerName("t")
                        .triggerTargetArn("arn:aws:sns:eu-central-1:123456789012:alarms")
                        .triggerEventsWithStrings("Sometimes")),
                "InvalidTriggerConfigException");
        refusedGroup(
                g -> g.alarmConfiguration(a -> a.enabled(true)
                        .alarms(IntStream.range(0, 11)
                                .mapToObj(
                                        i -> Alarm.builder().name("alarm-" + i).build())
                                .toList())),
                "AlarmsLimitExceededException");
        refusedGroup(
                g -> g.autoRollbackConfiguration(a -> a.enabled(true).eventsWithStrings("SOMETIMES")),
                "InvalidAutoRollbackConfigException");
        aws.ecs.controller = "ECS";
        refusedGroup(g -> {}, "InvalidECSServiceException");
        aws.ecs.controller = "CODE_DEPLOY";
        assertThat(aws.elb.prod()).as("nothing touched").isEqualTo("a 1, b 0");

        aws.client.createDeploymentGroup(CodeDeployFixture.group());
        refusedGroup(g -> {}, "DeploymentGroupAlreadyExistsException");
        refusedGroup(g -> g.deploymentGroupName("second"), "EcsServiceMappingLimitExceededException");
    }

    private void refusedGroup(Consumer<CreateDeploymentGroupRequest.Builder> change, String code) {
        refused(
                () -> aws.client.createDeploymentGroup(CodeDeployFixture.group().toBuilder()
                        .applyMutation(change)
                        .build()),
                code);
    }

    @Test
    void yamlAppSpecWithChecksum() {
        aws.withGroup();
        String id = aws.deploy(r -> r.revision(v -> v.revisionType("AppSpecContent")
                .appSpecContent(c -> c.content(YAML).sha256(sha256(YAML)))));
        aws.until(() -> aws.events(id).equals("SIPPPPPP"));
        assertThat(aws.ecs.taskSet("ecs-svc/2").orElseThrow().taskDefinitionArn())
                .endsWith("web:7");
        assertThat(aws.get(id).revision().appSpecContent().content()).isEqualTo(YAML);
    }

    static Stream<Arguments> refusedDeployments() {
        return Stream.of(
                Arguments.of("ApplicationDoesNotExistException", change(r -> r.applicationName("x"))),
                Arguments.of("ApplicationNameRequiredException", change(r -> r.applicationName(null))),
                Arguments.of("DeploymentGroupDoesNotExistException", change(r -> r.deploymentGroupName("x"))),
                Arguments.of("DeploymentConfigDoesNotExistException", change(r -> r.deploymentConfigName("x"))),
                Arguments.of("DescriptionTooLongException", change(r -> r.description("x".repeat(257)))),
                Arguments.of(
                        "RevisionRequiredException",
                        change(r ->
                                r.revision((software.amazon.awssdk.services.codedeploy.model.RevisionLocation) null))),
                Arguments.of(
                        "NotImplementedByLocalAws",
                        change(r -> r.revision(v -> v.revisionType("S3").s3Location(s -> s.bucket("b"))))),
                Arguments.of(
                        "InvalidRevisionException",
                        change(r -> r.revision(v -> v.revisionType("AppSpecContent")
                                .appSpecContent(c -> c.content(YAML).sha256("00"))))),
                Arguments.of(
                        "InvalidAlarmConfigException",
                        change(r -> r.overrideAlarmConfiguration(
                                a -> a.enabled(true).alarms(x -> x.name("nobody"))))),
                Arguments.of("NotImplementedByLocalAws", change(r -> r.updateOutdatedInstancesOnly(true))));
    }

    private static Consumer<CreateDeploymentRequest.Builder> change(Consumer<CreateDeploymentRequest.Builder> change) {
        return change;
    }

    @ParameterizedTest
    @MethodSource("refusedDeployments")
    void whatADeploymentCannotBe(String code, Consumer<CreateDeploymentRequest.Builder> change) {
        aws.withGroup();
        refused(() -> aws.deploy(change), code);
        assertThat(aws.client.listDeployments().deployments()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "version: 0.0\n  bad: - indent",
                "just text",
                "{\"version\":1.0,\"Resources\":[]}",
                "{\"version\":\"latest\",\"Resources\":[]}",
                "{\"version\":0.0,\"Resources\":[]}",
                "{\"version\":0.0,\"Resources\":[null]}",
                "version: 0.0\nResources:\n  -\n",
                "{\"version\":0.0,\"Resources\":[{\"S\":{\"Type\":\"AWS::Lambda::Function\"}}]}",
                "{\"version\":0.0,\"Resources\":[{\"S\":{\"Type\":\"AWS::ECS::Service\",\"Properties\":{}}}]}",
                "{\"version\":0.0,\"Resources\":[{\"S\":{\"Type\":\"AWS::ECS::Service\",\"Properties\":"
                        + "{\"TaskDefinition\":\"arn\",\"LoadBalancerInfo\":{\"ContainerName\":\"web\"}}}}]}"
            })
    void invalidAppSpecs(String content) {
        aws.withGroup();
        refused(
                () -> aws.deploy(
                        r -> r.revision(v -> v.revisionType("AppSpecContent").appSpecContent(c -> c.content(content)))),
                "InvalidRevisionException");
    }

    @Test
    void appSpecMembersThatAreNotThereAreRefusedByName() {
        aws.withGroup();
        String member =
                CodeDeployFixture.appSpec(2).replace("\"TaskDefinition\"", "\"DesiredCount\":2,\"TaskDefinition\"");
        assertThatExceptionOfType(CodeDeployException.class)
                .isThrownBy(() -> aws.deploy(
                        r -> r.revision(v -> v.revisionType("AppSpecContent").appSpecContent(c -> c.content(member)))))
                .withMessageContaining("DesiredCount");
    }

    @Test
    void listingAndBatches() {
        aws.withGroup();
        Instant before = aws.wire.world.now();
        String first = aws.deploy();
        aws.until(() -> aws.get(first).statusAsString().equals("Succeeded"));
        Instant between = aws.wire.world.now();
        aws.advance(Duration.ofMinutes(1));
        String second = aws.deploy();

        assertThat(aws.client.listDeployments().deployments()).containsExactly(second, first);
        assertThat(aws.client
                        .listDeployments(r -> r.applicationName("app")
                                .deploymentGroupName("group")
                                .includeOnlyStatuses(DeploymentStatus.SUCCEEDED))
                        .deployments())
                .containsExactly(first);
        assertThat(aws.client
                        .listDeployments(
                                r -> r.createTimeRange(t -> t.start(before).end(between)))
                        .deployments())
                .containsExactly(first);
        assertThat(aws.client
                        .batchGetDeployments(r -> r.deploymentIds(second, "d-NOSUCHONE", first))
                        .deploymentsInfo())
                .extracting(DeploymentInfo::deploymentId)
                .containsExactly(second, first);
        refused(
                () -> aws.client.batchGetDeployments(r -> r.deploymentIds(Collections.nCopies(26, first))),
                "BatchLimitExceededException");
        refused(
                () -> aws.client.listDeployments(r -> r.applicationName("app")),
                "DeploymentGroupNameRequiredException");
        refused(() -> aws.client.listDeployments(r -> r.nextToken("x")), "InvalidNextTokenException");
        refused(() -> aws.get("d-NOSUCHONE"), "DeploymentDoesNotExistException");
        refused(() -> aws.get("nonsense"), "InvalidDeploymentIdException");
    }

    @Test
    void listingPages() {
        aws.withGroup();
        aws.alarmStates.put("alarm-a", "ALARM");
        for (int i = 0; i < 60; i++) {
            String id = aws.deploy();
            aws.until(() -> aws.get(id).statusAsString().equals("Stopped"));
            aws.advance(Duration.ofMinutes(1));
        }
        var first = aws.client.listDeployments();
        assertThat(first.deployments()).hasSize(100);
        List<String> all =
                aws.client.listDeploymentsPaginator().deployments().stream().toList();
        assertThat(all)
                .hasSize(120)
                .doesNotHaveDuplicates()
                .startsWith(first.deployments().toArray(String[]::new));
    }

    @Test
    void targets() {
        aws.withGroup();
        String id = aws.deploy();
        assertThat(aws.client.listDeploymentTargets(r -> r.deploymentId(id)).targetIds())
                .containsExactly("demo:web");
        var target = aws.client
                .batchGetDeploymentTargets(r -> r.deploymentId(id).targetIds("demo:web"))
                .deploymentTargets()
                .get(0);
        assertThat(target.deploymentTargetTypeAsString()).isEqualTo("ECSTarget");
        assertThat(target.ecsTarget().targetArn()).endsWith("service/demo/web");
        assertThat(target.ecsTarget().statusAsString()).isEqualTo("Pending");
        assertThat(target.ecsTarget().lifecycleEvents()).hasSize(8);
        assertThat(target.ecsTarget().taskSetsInfo().get(0).identifer()).isEqualTo("ecs-svc/1");
        refused(
                () -> aws.client.getDeploymentTarget(r -> r.deploymentId(id).targetId("demo:other")),
                "DeploymentTargetDoesNotExistException");
    }

    private static String sha256(String text) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
