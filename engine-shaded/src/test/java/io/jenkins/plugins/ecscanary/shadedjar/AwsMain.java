package io.jenkins.plugins.ecscanary.shadedjar;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.ecr.JarImage;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceResources;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceService;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * A local AWS with the reference service, in a process of its own and with a class path of its own. Prints where everything is
 * as {@code name=value} lines, an empty line when the service is steady, and runs until its standard input ends.
 */
final class AwsMain {

    /** So that a deployment takes four shifts instead of ten. */
    private static final String QUICK = "ShadedLinear25PercentEvery1Minutes";

    private static final String SERVICE = "shaded";
    private static final int MIN_REQUESTS = 4;

    /** Longer than any test runs, however fast the clock: only someone's promoting ends it. */
    private static final int TERMINATION_WAIT_MINUTES = 600;

    private final LocalAws aws;

    private AwsMain(LocalAws aws) {
        this.aws = aws;
    }

    /** @param args directory, simulated seconds per second */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        LocalAwsOptions options = LocalAwsOptions.in(directory.resolve("aws"))
                .withSpeed(Double.parseDouble(args[1]))
                .withTaskRuntime(new InProcessTasks());
        try (LocalAws aws = LocalAws.start(options)) {
            new AwsMain(aws).furnish(directory);
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void furnish(Path directory) throws Exception {
        ReferenceSettings settings = new ReferenceSettings(
                SERVICE, SERVICE, "app", 3000, 2, SERVICE, QUICK, MIN_REQUESTS, TERMINATION_WAIT_MINUTES);
        Map<String, Object> linear = Map.of("linearPercentage", 25, "linearInterval", 1);
        call(
                "codedeploy",
                "CreateDeploymentConfig",
                Map.of(
                        "deploymentConfigName",
                        QUICK,
                        "computePlatform",
                        "ECS",
                        "trafficRoutingConfig",
                        Map.of("type", "TimeBasedLinear", "timeBasedLinear", linear)));
        ReferenceService reference = new ReferenceService(aws.calls(), settings);
        ReferenceResources resources = reference.createInfrastructure();
        push(directory.resolve("never-run.jar"));
        String image = resources.repositoryUri() + ":1";
        String template = template(resources, image);
        reference.createService(resources, template);
        aws.steady(resources.cluster(), resources.service())
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);
        URI production = aws.listener(resources.productionListenerArn());
        say("endpoint", aws.endpoint());
        say("region", aws.region());
        say("account", aws.account());
        say("key-id", LocalAwsOptions.DEFAULT_ACCESS_KEY_ID);
        say("secret-key", LocalAwsOptions.DEFAULT_SECRET_ACCESS_KEY);
        say("cluster", resources.cluster());
        say("service", resources.service());
        say("application", resources.application());
        say("group", resources.deploymentGroup());
        say("load-balancer", resources.loadBalancerArn());
        say("target-group", resources.targetGroups().get(0).arn());
        say("log-group", resources.logGroup());
        say("listener", production);
        say("image", image);
        say("min-requests", MIN_REQUESTS);
        say("task-definition", template);
        System.out.println();
        System.out.flush();
    }

    private static void say(String name, Object value) {
        System.out.println(name + "=" + value);
    }

    /** In one line. */
    private static String template(ReferenceResources resources, String image) {
        return """
                {"family": "%s", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512",
                 "executionRoleArn": "%s", "containerDefinitions": [{"name": "app", "image": "%s", "essential": true,
                 "portMappings": [{"containerPort": 3000}], "environment": [], "logConfiguration": {"logDriver": "awslogs",
                 "options": {"awslogs-group": "%s", "awslogs-region": "%s", "awslogs-stream-prefix": "app"}}}]}
                """
                .formatted(
                        resources.service(),
                        resources.executionRoleArn(),
                        image,
                        resources.logGroup(),
                        resources.region())
                .replace("\n", "");
    }

    private void push(Path jar) throws IOException {
        try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar))) {
            entries.putNextEntry(new ZipEntry("never-run"));
        }
        JarImage image = JarImage.of(jar, Map.of(), JarImage.DEFAULT_ENTRY_POINT);
        upload(Files.readAllBytes(jar), image.layerDigest());
        upload(image.config(), image.configDigest());
        call("ecr", "PutImage", Map.of("repositoryName", SERVICE, "imageTag", "1", "imageManifest", image.manifest()));
    }

    private void upload(byte[] bytes, String digest) {
        String id = call("ecr", "InitiateLayerUpload", Map.of("repositoryName", SERVICE))
                .at("/uploadId")
                .asText();
        call(
                "ecr",
                "UploadLayerPart",
                Map.of(
                        "repositoryName",
                        SERVICE,
                        "uploadId",
                        id,
                        "partFirstByte",
                        0,
                        "partLastByte",
                        bytes.length - 1,
                        "layerPartBlob",
                        Base64.getEncoder().encodeToString(bytes)));
        call(
                "ecr",
                "CompleteLayerUpload",
                Map.of("repositoryName", SERVICE, "uploadId", id, "layerDigests", List.of(digest)));
    }

    private JsonNode call(String service, String operation, Map<String, Object> input) {
        return aws.calls().call(service, operation, input);
    }
}
