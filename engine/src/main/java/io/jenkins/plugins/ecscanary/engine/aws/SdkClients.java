package io.jenkins.plugins.ecscanary.engine.aws;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The SDK's clients that call with the same keys over one {@link SdkConnection}, each made when it is first used. */
final class SdkClients implements AutoCloseable {

    private final SdkConnection connection;
    private final AwsCredentialsProvider keys;
    private final Map<String, SdkAutoCloseable> made = new ConcurrentHashMap<>();

    SdkClients(SdkConnection connection, AwsCredentialsProvider keys) {
        this.connection = connection;
        this.keys = keys;
    }

    private <C extends SdkAutoCloseable> C once(String name, Class<C> type, Supplier<C> making) {
        return type.cast(made.computeIfAbsent(name, absent -> making.get()));
    }

    EcsClient ecs() {
        return once("ecs", EcsClient.class, () -> connection.client(EcsClient.builder(), keys));
    }

    CodeDeployClient codeDeploy() {
        return once("codedeploy", CodeDeployClient.class, () -> connection.client(CodeDeployClient.builder(), keys));
    }

    /** For CreateDeployment: a lost answer is looked into, not sent again. */
    CodeDeployClient codeDeployOnce() {
        return once(
                "codedeploy once",
                CodeDeployClient.class,
                () -> connection.clientOnce(CodeDeployClient.builder(), keys));
    }

    ElasticLoadBalancingV2Client elb() {
        return once(
                "elasticloadbalancing",
                ElasticLoadBalancingV2Client.class,
                () -> connection.client(ElasticLoadBalancingV2Client.builder(), keys));
    }

    CloudWatchClient cloudWatch() {
        return once("cloudwatch", CloudWatchClient.class, () -> connection.client(CloudWatchClient.builder(), keys));
    }

    CloudWatchLogsClient logs() {
        return once("logs", CloudWatchLogsClient.class, () -> connection.client(CloudWatchLogsClient.builder(), keys));
    }

    StsClient sts() {
        return once("sts", StsClient.class, () -> connection.client(StsClient.builder(), keys));
    }

    /** An image may be in another region's registry than the service. */
    EcrClient ecr(String region) {
        return once("ecr " + region, EcrClient.class, () -> connection.clientIn(region, EcrClient.builder(), keys));
    }

    @Override
    public void close() {
        made.values().forEach(SdkAutoCloseable::close);
    }
}
