package io.jenkins.plugins.ecscanary.localaws.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.ecscanary.localaws.sts.Roles;
import io.jenkins.plugins.ecscanary.localaws.sts.Sts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartResponse;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Every wire protocol, spoken by the official SDK's clients. */
class SdkClientsTest {

    private static WireFixture wire;

    @BeforeAll
    static void start() {
        wire = new WireFixture((world, keys) -> List.of(
                SampleApis.ecs(),
                SampleApis.ecr(),
                SampleApis.elb(),
                SampleApis.monitoring(),
                new Sts(world, keys, Roles.ANY).api()));
    }

    @AfterAll
    static void stop() {
        wire.close();
    }

    @Test
    void jsonMembersListsAndTimeStamps() {
        try (EcsClient ecs = wire.client(EcsClient.builder())) {
            assertThat(ecs.listTasks(r -> r.cluster("demo").desiredStatus(DesiredStatus.RUNNING))
                            .taskArns())
                    .containsExactly("demo/RUNNING");

            Task task = ecs.describeTasks(r -> r.cluster("demo").tasks("t-ä€😀"))
                    .tasks()
                    .get(0);
            assertThat(task.taskArn()).isEqualTo("t-ä€😀");
            assertThat(task.createdAt()).isEqualTo(Instant.parse("2026-01-05T10:00:00.250Z"));
            assertThat(task.stoppedAt()).isNull();
        }
    }

    @Test
    void jsonBlobs() {
        byte[] part = new byte[256 * 1024];
        part[0] = (byte) 0xFE;
        try (EcrClient ecr = wire.client(EcrClient.builder())) {
            UploadLayerPartResponse answer = ecr.uploadLayerPart(r -> r.repositoryName("app")
                    .uploadId("u")
                    .partFirstByte(0L)
                    .partLastByte(part.length - 1L)
                    .layerPartBlob(SdkBytes.fromByteArray(part)));
            assertThat(answer.uploadId()).isEqualTo("262144:-2");
            assertThat(answer.lastByteReceived()).isEqualTo(262143);
        }
    }

    @Test
    void jsonErrors() {
        try (EcsClient ecs = wire.client(EcsClient.builder())) {
            assertThatExceptionOfType(ClusterNotFoundException.class)
                    .isThrownBy(() -> ecs.describeClusters(r -> r.clusters("gone")))
                    .satisfies(
                            e -> assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Cluster not found: [gone]"))
                    .satisfies(e -> assertThat(e.requestId()).matches("[0-9a-f-]{36}"))
                    .satisfies(e -> assertThat(e.statusCode()).isEqualTo(400));
        }
    }

    @Test
    void whatIsNotThereIsRefusedByName() {
        try (EcsClient ecs = wire.client(EcsClient.builder())) {
            assertThatExceptionOfType(EcsException.class)
                    .isThrownBy(() -> ecs.listAttributes(r -> r.targetType("container-instance")))
                    .satisfies(e -> refused(e, "UnknownOperationException", "operation ListAttributes of ecs"));
            assertThatExceptionOfType(EcsException.class)
                    .isThrownBy(() -> ecs.listTasks(r -> r.cluster("demo").family("web")))
                    .satisfies(e -> refused(e, "NotImplementedByLocalAws", "parameter family of ListTasks"));
        }
    }

    @Test
    void aBugIsAnInternalFailureWithoutItsInsides() {
        try (EcsClient ecs = wire.client(
                EcsClient.builder().overrideConfiguration(c -> c.retryStrategy(retry -> retry.maxAttempts(1))))) {
            assertThatExceptionOfType(EcsException.class)
                    .isThrownBy(ecs::listClusters)
                    .satisfies(e -> assertThat(e.statusCode()).isEqualTo(500))
                    .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InternalFailure"))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret", "Exception:"));
        }
    }

    @Test
    void queryStructuresAndLists() {
        try (ElasticLoadBalancingV2Client elb = wire.client(ElasticLoadBalancingV2Client.builder())) {
            TargetGroupTuple[] groups = new TargetGroupTuple[12];
            for (int i = 0; i < groups.length; i++) {
                groups[i] = TargetGroupTuple.builder()
                        .targetGroupArn("arn:" + i + "/a b&c")
                        .weight(i)
                        .build();
            }
            Action forward = Action.builder()
                    .type(ActionTypeEnum.FORWARD)
                    .forwardConfig(f -> f.targetGroups(groups))
                    .build();
            Listener listener = elb.modifyListener(
                            r -> r.listenerArn("<arn>&").port(80).defaultActions(forward))
                    .listeners()
                    .get(0);
            assertThat(listener.listenerArn()).isEqualTo("<arn>&");
            assertThat(listener.port()).isEqualTo(80);
            assertThat(listener.defaultActions()).containsExactly(forward);
        }
    }

    @Test
    void queryErrors() {
        try (ElasticLoadBalancingV2Client elb = wire.client(ElasticLoadBalancingV2Client.builder())) {
            assertThatExceptionOfType(TargetGroupNotFoundException.class)
                    .isThrownBy(() -> elb.describeTargetGroups(r -> r.names("a", "b")))
                    .satisfies(e -> assertThat(e.awsErrorDetails().errorMessage())
                            .isEqualTo("Target groups [a, b] not found & <gone>"))
                    .satisfies(e -> assertThat(e.requestId()).matches("[0-9a-f-]{36}"));
            assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(() -> elb.describeTargetGroups(r -> r.pageSize(3)))
                    .satisfies(
                            e -> refused(e, "NotImplementedByLocalAws", "parameter PageSize of DescribeTargetGroups"));
            assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(elb::describeSSLPolicies)
                    .satisfies(e -> refused(e, "InvalidAction", "DescribeSSLPolicies of elasticloadbalancing"));
        }
    }

    @Test
    void cborNumbersAndTimeStamps() {
        Instant start = Instant.parse("2026-01-05T10:00:00Z");
        try (CloudWatchClient cloudWatch = wire.client(CloudWatchClient.builder())) {
            GetMetricStatisticsResponse answer = cloudWatch.getMetricStatistics(r -> r.namespace("AWS/ApplicationELB")
                    .metricName("RequestCount")
                    .dimensions(Dimension.builder().name("n").value("v").build())
                    .startTime(start)
                    .endTime(start.plusSeconds(120))
                    .period(60)
                    .statistics(Statistic.AVERAGE));
            assertThat(answer.label()).contains("RequestCount", "name=n, value=v");
            assertThat(answer.datapoints())
                    .extracting(point -> point.timestamp())
                    .containsExactly(start, start.plusSeconds(60));
            assertThat(answer.datapoints())
                    .allSatisfy(point -> assertThat(point.average()).isEqualTo(99.25));
        }
    }

    @Test
    void cborErrors() {
        try (CloudWatchClient cloudWatch = wire.client(CloudWatchClient.builder())) {
            assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(() -> cloudWatch.describeAlarms(r -> r.nextToken("x")))
                    .satisfies(e -> refused(e, "InvalidNextToken", "bad token"));
            assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(() -> cloudWatch.describeAlarms(r -> r.maxRecords(1)))
                    .satisfies(e -> refused(e, "NotImplementedByLocalAws", "MaxRecords of DescribeAlarms"));
            assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(() -> cloudWatch.getDashboard(r -> r.dashboardName("d")))
                    .satisfies(e -> refused(e, "UnknownOperationException", "GetDashboard of monitoring"));
        }
    }

    @Test
    void callerIdentity() {
        try (StsClient sts = wire.client(StsClient.builder())) {
            GetCallerIdentityResponse me = sts.getCallerIdentity();
            assertThat(me.account()).isEqualTo(WireFixture.ACCOUNT);
            assertThat(me.arn()).isEqualTo("arn:aws:iam::123456789012:user/AKIDLOCAL");
        }
    }

    @Test
    void unknownAccessKey() {
        try (EcsClient ecs = wire.client(EcsClient.builder(), "AKIDOTHER", "x", WireFixture.REGION);
                StsClient sts = wire.client(StsClient.builder(), "AKIDOTHER", "x", WireFixture.REGION)) {
            String sentence = "The security token included in the request is invalid.";
            assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(() -> ecs.listTasks(r -> r.cluster("c")))
                    .satisfies(e -> refused(e, "UnrecognizedClientException", sentence));
            assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(sts::getCallerIdentity)
                    .satisfies(e -> refused(e, "InvalidClientTokenId", sentence));
        }
    }

    @Test
    void wrongSecret() {
        try (EcsClient ecs = wire.client(EcsClient.builder(), WireFixture.KEY, "wrong", WireFixture.REGION);
                CloudWatchClient cloudWatch =
                        wire.client(CloudWatchClient.builder(), WireFixture.KEY, "wrong", WireFixture.REGION)) {
            assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(() -> ecs.listTasks(r -> r.cluster("c")))
                    .satisfies(e -> refused(e, "InvalidSignatureException", "does not match"));
            assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(cloudWatch::describeAlarms)
                    .satisfies(e -> refused(e, "SignatureDoesNotMatch", "does not match"));
        }
    }

    @Test
    void wrongRegion() {
        try (EcsClient ecs = wire.client(EcsClient.builder(), WireFixture.KEY, WireFixture.SECRET, "us-east-1")) {
            assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(() -> ecs.listTasks(r -> r.cluster("c")))
                    .satisfies(e -> refused(
                            e,
                            "RegionNotServedByLocalAws",
                            "serves region eu-central-1, the request is for us-east-1"));
        }
    }

    @Test
    void noCredentials() {
        try (EcsClient ecs = EcsClient.builder()
                .endpointOverride(wire.endpoint())
                .region(Region.of(WireFixture.REGION))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(() -> ecs.listTasks(r -> r.cluster("c")))
                    .satisfies(e -> refused(e, "MissingAuthenticationTokenException", "missing Authentication Token"));
        }
    }

    private static void refused(AwsServiceException e, String code, String part) {
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(e.awsErrorDetails().errorMessage()).contains(part);
    }
}
