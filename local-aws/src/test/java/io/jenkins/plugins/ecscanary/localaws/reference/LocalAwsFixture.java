package io.jenkins.plugins.ecscanary.localaws.reference;

import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.ecr.JarImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.LayerAlreadyExistsException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * A local AWS with the reference service in it and the SDK's clients: version 1 running, or what it was when another fixture
 * with the same state ended.
 */
@SuppressWarnings("unchecked") // the SDK takes consumers as varargs
final class LocalAwsFixture implements AutoCloseable {

    final LogLines log = new LogLines();
    final LocalAws aws;
    final ReferenceResources reference;
    final EcsClient ecs;
    final CodeDeployClient codeDeploy;
    final ElasticLoadBalancingV2Client elb;
    final EcrClient ecr;

    LocalAwsFixture(Path directory, double speed, ReferenceSettings settings) throws Exception {
        this(directory, settings, options -> options.withSpeed(speed));
    }

    LocalAwsFixture(Path directory, ReferenceSettings settings, UnaryOperator<LocalAwsOptions> options)
            throws Exception {
        aws = LocalAws.start(
                options.apply(LocalAwsOptions.in(directory.resolve("aws")).withLog(log)));
        ecs = client(EcsClient.builder());
        codeDeploy = client(CodeDeployClient.builder());
        elb = client(ElasticLoadBalancingV2Client.builder());
        ecr = client(EcrClient.builder());
        ReferenceService service = new ReferenceService(aws.calls(), settings);
        reference = service.existingInfrastructure().orElseGet(service::createInfrastructure);
        if (!service.hasService()) {
            push(TinyService.jar(Files.createDirectories(directory.resolve("tiny"))), "1");
            service.createService(reference, taskDefinition(Map.of("VERSION", "1")));
        }
        aws.steady(reference.cluster(), reference.service())
                .toCompletableFuture()
                .get(3, TimeUnit.MINUTES);
    }

    private <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C client(B builder) {
        return builder.endpointOverride(aws.endpoint())
                .region(Region.of(aws.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        LocalAwsOptions.DEFAULT_ACCESS_KEY_ID, LocalAwsOptions.DEFAULT_SECRET_ACCESS_KEY)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private void push(Path jar, String tag) throws IOException {
        JarImage image = JarImage.of(jar, Map.of(), JarImage.DEFAULT_ENTRY_POINT);
        layer(Files.readAllBytes(image.layer()), image.layerDigest());
        layer(image.config(), image.configDigest());
        ecr.putImage(r -> r.repositoryName(reference.repository())
                .imageManifest(image.manifest())
                .imageTag(tag));
    }

    private void layer(byte[] bytes, String digest) {
        String upload = ecr.initiateLayerUpload(r -> r.repositoryName(reference.repository()))
                .uploadId();
        ecr.uploadLayerPart(r -> r.repositoryName(reference.repository())
                .uploadId(upload)
                .partFirstByte(0L)
                .partLastByte(bytes.length - 1L)
                .layerPartBlob(SdkBytes.fromByteArray(bytes)));
        try {
            ecr.completeLayerUpload(r ->
                    r.repositoryName(reference.repository()).uploadId(upload).layerDigests(digest));
        } catch (LayerAlreadyExistsException e) {
            throw new AssertionError("the registry was empty", e);
        }
    }

    /** As JSON, for RegisterTaskDefinition by any client. */
    String taskDefinition(Map<String, String> environment) {
        String env = new TreeMap<>(environment)
                .entrySet().stream()
                        .map(e -> "{\"name\":\"%s\",\"value\":\"%s\"}".formatted(e.getKey(), e.getValue()))
                        .collect(Collectors.joining(","));
        return """
                {"family":"web","requiresCompatibilities":["FARGATE"],"networkMode":"awsvpc","cpu":"256","memory":"512",
                 "executionRoleArn":"%s","taskRoleArn":"%s",
                 "containerDefinitions":[{"name":"app","image":"%s:1","essential":true,"stopTimeout":60,
                  "portMappings":[{"containerPort":3000,"protocol":"tcp"}],
                  "environment":[%s],
                  "logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"%s","awslogs-region":"%s",
                   "awslogs-stream-prefix":"app"}}}]}
                """
                .formatted(
                        reference.executionRoleArn(),
                        reference.taskRoleArn(),
                        reference.repositoryUri(),
                        env,
                        reference.logGroup(),
                        reference.region());
    }

    static String appSpec(String taskDefinitionArn) {
        return """
                {"version":0.0,"Resources":[{"TargetService":{"Type":"AWS::ECS::Service","Properties":{"TaskDefinition":"%s",
                "LoadBalancerInfo":{"ContainerName":"app","ContainerPort":3000}}}}]}
                """
                .formatted(taskDefinitionArn);
    }

    /** Registers a revision by the SDK's client and starts its deployment. */
    String deploy(Map<String, String> environment) {
        return deploy(environment, null);
    }

    /** The same with all traffic in one shift: for who has seen what is between. */
    String deployAtOnce(Map<String, String> environment) {
        return deploy(environment, "CodeDeployDefault.ECSAllAtOnce");
    }

    private String deploy(Map<String, String> environment, String configuration) {
        String arn = register(environment);
        return codeDeploy
                .createDeployment(r -> r.applicationName(reference.application())
                        .deploymentGroupName(reference.deploymentGroup())
                        .deploymentConfigName(configuration)
                        .revision(v -> v.revisionType("AppSpecContent").appSpecContent(c -> c.content(appSpec(arn)))))
                .deploymentId();
    }

    String register(Map<String, String> environment) {
        return ecs.registerTaskDefinition(r -> r.family("web")
                        .requiresCompatibilitiesWithStrings("FARGATE")
                        .networkMode("awsvpc")
                        .cpu("256")
                        .memory("512")
                        .executionRoleArn(reference.executionRoleArn())
                        .containerDefinitions(container -> container
                                .name("app")
                                .image(reference.repositoryUri() + ":1")
                                .essential(true)
                                .stopTimeout(60)
                                .portMappings(p -> p.containerPort(3000).protocol("tcp"))
                                .environment(environment.entrySet().stream()
                                        .map(e -> software.amazon.awssdk.services.ecs.model.KeyValuePair.builder()
                                                .name(e.getKey())
                                                .value(e.getValue())
                                                .build())
                                        .toList())))
                .taskDefinition()
                .taskDefinitionArn();
    }

    DeploymentInfo deployment(String id) {
        return codeDeploy.getDeployment(r -> r.deploymentId(id)).deploymentInfo();
    }

    List<String> lifecycle(String id) {
        return codeDeploy
                .getDeploymentTarget(r -> r.deploymentId(id).targetId(reference.cluster() + ":" + reference.service()))
                .deploymentTarget()
                .ecsTarget()
                .lifecycleEvents()
                .stream()
                .map(LifecycleEvent::statusAsString)
                .toList();
    }

    /** The production listener's weights by target group name. */
    Map<String, Integer> weights() {
        Map<String, String> names = reference.targetGroups().stream()
                .collect(Collectors.toMap(ReferenceResources.TargetGroup::arn, ReferenceResources.TargetGroup::name));
        return elb
                .describeListeners(r -> r.listenerArns(reference.productionListenerArn()))
                .listeners()
                .get(0)
                .defaultActions()
                .get(0)
                .forwardConfig()
                .targetGroups()
                .stream()
                .collect(Collectors.toMap(group -> names.get(group.targetGroupArn()), group -> group.weight()));
    }

    Traffic traffic() {
        return new Traffic(aws.listener(reference.productionListenerArn()), 4, 50);
    }

    @Override
    public void close() {
        ecs.close();
        codeDeploy.close();
        elb.close();
        ecr.close();
        aws.close();
    }
}
