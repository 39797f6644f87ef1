package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import static io.jenkins.plugins.ecscanary.localaws.codedeploy.CodeDeployFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.model.ApplicationInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.Tag;
import software.amazon.awssdk.services.codedeploy.model.TargetFilterName;

/** Listing, updating, tagging and deleting what deployments belong to. */
@SuppressWarnings("unchecked") // the SDK takes consumers as varargs
class GroupsAndApplicationsTest {

    private static final String APP = "arn:aws:codedeploy:eu-central-1:123456789012:application:app";
    private static final String GROUP = "arn:aws:codedeploy:eu-central-1:123456789012:deploymentgroup:app/group";

    private final CodeDeployFixture aws = new CodeDeployFixture();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void applicationsAreListedInPagesAndGotInBatches() {
        IntStream.range(0, 130)
                .forEach(i -> aws.client.createApplication(
                        r -> r.applicationName("app-" + i).computePlatform("ECS")));
        var first = aws.client.listApplications();
        assertThat(first.applications()).hasSize(100);
        assertThat(aws.client
                        .listApplications(r -> r.nextToken(first.nextToken()))
                        .applications())
                .hasSize(30)
                .contains("app-129");
        assertThat(aws.client
                        .batchGetApplications(r -> r.applicationNames("app-7", "nobody", "app-3"))
                        .applicationsInfo())
                .extracting(ApplicationInfo::applicationName)
                .containsExactly("app-7", "app-3");
        refused(
                () -> aws.client.batchGetApplications(r -> r.applicationNames(Collections.nCopies(101, "app-1"))),
                "BatchLimitExceededException");
        refused(() -> aws.client.batchGetApplications(r -> {}), "ApplicationNameRequiredException");
        refused(() -> aws.client.listApplications(r -> r.nextToken("-1")), "InvalidNextTokenException");
        refused(
                () -> aws.client.createApplication(r -> r.applicationName("a/b").computePlatform("ECS")),
                "InvalidApplicationNameException");
    }

    @Test
    void anApplicationIsRenamedWithItsGroupsAndTags() {
        aws.withGroup();
        tag(GROUP, "team", "web");
        String id = aws.deploy();
        aws.client.createApplication(r -> r.applicationName("taken").computePlatform("ECS"));
        refused(
                () -> aws.client.updateApplication(r -> r.applicationName("app").newApplicationName("taken")),
                "ApplicationAlreadyExistsException");
        aws.client.updateApplication(r -> r.applicationName("app").newApplicationName("new"));
        assertThat(aws.client.listApplications().applications()).containsExactly("taken", "new");
        assertThat(aws.get(id).applicationName()).isEqualTo("new");
        assertThat(tags(GROUP.replace(":app/", ":new/"))).containsExactly("team=web");
        refused(() -> tags(GROUP), "ApplicationDoesNotExistException");
        assertThat(aws.client
                        .listDeployments(r -> r.applicationName("new").deploymentGroupName("group"))
                        .deployments())
                .containsExactly(id);
        assertThat(aws.client.listDeployments(r -> r.externalId("some-stack")).deployments())
                .isEmpty();
    }

    @Test
    void aGroupIsUpdatedForTheNextDeployment() {
        aws.withGroup();
        String first = aws.deploy();
        aws.client.updateDeploymentGroup(r -> r.applicationName("app")
                .currentDeploymentGroupName("group")
                .newDeploymentGroupName("renamed")
                .deploymentConfigName("CodeDeployDefault.ECSAllAtOnce")
                .alarmConfiguration(a -> a.enabled(false)));
        DeploymentGroupInfo group = group("renamed");
        assertThat(group.deploymentConfigName()).isEqualTo("CodeDeployDefault.ECSAllAtOnce");
        assertThat(group.alarmConfiguration().enabled()).isFalse();
        assertThat(group.autoRollbackConfiguration().events())
                .as("left as it was")
                .hasSize(3);
        refused(() -> group("group"), "DeploymentGroupDoesNotExistException");

        aws.untilProd("a 90, b 10");
        aws.alarmStates.put("alarm-a", "ALARM");
        aws.untilStatus(first, "Stopped");
        aws.untilStatus(aws.get(first).rollbackInfo().rollbackDeploymentId(), "Succeeded");
        String second = aws.deploy(r -> r.deploymentGroupName("renamed"));
        aws.untilStatus(second, "Succeeded");
        assertThat(aws.get(second).deploymentConfigName()).isEqualTo("CodeDeployDefault.ECSAllAtOnce");
    }

    @Test
    void whatAGroupCannotBeUpdatedTo() {
        aws.withGroup();
        refused(
                () -> aws.client.updateDeploymentGroup(r -> r.applicationName("app")
                        .currentDeploymentGroupName("group")
                        .deploymentConfigName("none")),
                "DeploymentConfigDoesNotExistException");
        refused(
                () -> aws.client.updateDeploymentGroup(r -> r.applicationName("app")
                        .currentDeploymentGroupName("group")
                        .ecsServices(s -> s.clusterName("demo").serviceName("none"))),
                "InvalidECSServiceException");
        refused(
                () -> aws.client.updateDeploymentGroup(
                        r -> r.applicationName("app").currentDeploymentGroupName("none")),
                "DeploymentGroupDoesNotExistException");
        refused(
                () -> aws.client.updateDeploymentGroup(r -> r.applicationName("app")
                        .currentDeploymentGroupName("group")
                        .triggerConfigurations(t -> t.triggerName("t"))),
                "InvalidTriggerConfigException");
        refused(
                () -> aws.client.updateDeploymentGroup(r -> r.applicationName("app")
                        .currentDeploymentGroupName("group")
                        .newDeploymentGroupName("x y")),
                "InvalidDeploymentGroupNameException");
        assertThat(group("group").deploymentConfigName())
                .isEqualTo("CodeDeployDefault.ECSLinear10PercentEvery1Minutes");
    }

    @Test
    void deletedGroupsAndApplicationsAreGoneTheirDeploymentsRunOn() {
        aws.withGroup();
        String id = aws.deploy();
        aws.client.deleteDeploymentGroup(r -> r.applicationName("app").deploymentGroupName("group"));
        aws.client.deleteDeploymentGroup(r -> r.applicationName("app").deploymentGroupName("group"));
        refused(() -> group("group"), "DeploymentGroupDoesNotExistException");
        aws.client.deleteApplication(r -> r.applicationName("app"));
        aws.client.deleteApplication(r -> r.applicationName("app"));
        assertThat(aws.client.listApplications().applications()).isEmpty();
        aws.untilStatus(id, "Succeeded");
        assertThat(aws.get(id).deploymentGroupName()).isEqualTo("group");
        refused(() -> aws.client.deleteApplication(r -> {}), "ApplicationNameRequiredException");
    }

    @Test
    void groupsInBatches() {
        aws.withGroup();
        var answer = aws.client.batchGetDeploymentGroups(
                r -> r.applicationName("app").deploymentGroupNames("none", "group"));
        assertThat(answer.deploymentGroupsInfo())
                .extracting(DeploymentGroupInfo::deploymentGroupName)
                .containsExactly("group");
        assertThat(answer.errorMessage()).contains("none");
        refused(
                () -> aws.client.listDeploymentGroups(
                        r -> r.applicationName("app").nextToken("x")),
                "InvalidNextTokenException");
    }

    @Test
    void tags() {
        aws.client.createApplication(r -> r.applicationName("app")
                .computePlatform("ECS")
                .tags(Tag.builder().key("made-by").value("test").build()));
        aws.client.createDeploymentGroup(CodeDeployFixture.group());
        tag(APP, "stage", "canary");
        tag(APP, "made-by", "hand");
        assertThat(tags(APP)).containsExactlyInAnyOrder("made-by=hand", "stage=canary");
        assertThat(tags(GROUP)).isEmpty();
        aws.client.untagResource(r -> r.resourceArn(APP).tagKeys("stage", "never"));
        assertThat(tags(APP)).containsExactly("made-by=hand");

        refused(() -> tag(APP, "aws:reserved", "x"), "InvalidTagsToAddException");
        refused(() -> tag(APP, "k".repeat(129), "x"), "InvalidTagsToAddException");
        refused(() -> aws.client.tagResource(r -> r.resourceArn(APP)), "TagRequiredException");
        refused(() -> aws.client.untagResource(r -> r.resourceArn(APP)), "TagRequiredException");
        refused(() -> tags(null), "ResourceArnRequiredException");
        refused(() -> tags("app"), "InvalidArnException");
        refused(() -> tags(APP.replace("application", "instance")), "ArnNotSupportedException");
        refused(() -> tags(APP + "2"), "ApplicationDoesNotExistException");
        refused(() -> tags(GROUP + "2"), "DeploymentGroupDoesNotExistException");
        refused(
                () -> aws.client.tagResource(r -> r.resourceArn(APP)
                        .tags(IntStream.range(0, 50)
                                .mapToObj(i ->
                                        Tag.builder().key("k" + i).value("v").build())
                                .toList())),
                "TagLimitExceededException");
        assertThat(tags(APP)).containsExactly("made-by=hand");
        aws.client.deleteApplication(r -> r.applicationName("app"));
        aws.client.createApplication(r -> r.applicationName("app").computePlatform("ECS"));
        assertThat(tags(APP)).as("a new one of the old name").isEmpty();
    }

    @Test
    void targetsAreFiltered() {
        aws.withGroup();
        String id = aws.deploy();
        assertThat(targets(id, TargetFilterName.TARGET_STATUS, "Pending")).containsExactly("demo:web");
        assertThat(targets(id, TargetFilterName.TARGET_STATUS, "Succeeded")).isEmpty();
        assertThat(targets(id, TargetFilterName.SERVER_INSTANCE_LABEL, "Blue")).isEmpty();
        refused(() -> targets(id, TargetFilterName.TARGET_STATUS, "Odd"), "InvalidInstanceStatusException");
        refused(
                () -> aws.client.listDeploymentTargets(r -> r.deploymentId(id).nextToken("1")),
                "InvalidNextTokenException");
        refused(
                () -> aws.client.batchGetDeploymentTargets(r -> r.deploymentId(id)),
                "DeploymentTargetIdRequiredException");
        refused(
                () -> aws.client.batchGetDeploymentTargets(
                        r -> r.deploymentId(id).targetIds(Collections.nCopies(26, "demo:web"))),
                "DeploymentTargetListSizeExceededException");
        refused(() -> aws.client.getDeploymentTarget(r -> r.deploymentId(id)), "DeploymentTargetIdRequiredException");
    }

    private List<String> targets(String id, TargetFilterName filter, String value) {
        return aws.client
                .listDeploymentTargets(
                        r -> r.deploymentId(id).targetFilters(Collections.singletonMap(filter, List.of(value))))
                .targetIds();
    }

    private DeploymentGroupInfo group(String name) {
        return aws.client
                .getDeploymentGroup(r -> r.applicationName("app").deploymentGroupName(name))
                .deploymentGroupInfo();
    }

    private void tag(String arn, String key, String value) {
        aws.client.tagResource(
                r -> r.resourceArn(arn).tags(Tag.builder().key(key).value(value).build()));
    }

    private List<String> tags(String arn) {
        return aws.client.listTagsForResource(r -> r.resourceArn(arn)).tags().stream()
                .map(tag -> tag.key() + "=" + tag.value())
                .toList();
    }
}
