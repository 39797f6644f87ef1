package io.jenkins.plugins.ecscanary.cli.chaos;

import io.jenkins.plugins.ecscanary.cli.demo.Traffic;
import io.jenkins.plugins.ecscanary.cli.local.ImagePush;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceResources;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceService;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A reference service of its own with users, and the files and requests to deploy to it with. */
final class ChaosService implements AutoCloseable {

    /** So that a short deployment takes four shifts instead of ten. */
    static final String QUICK = "ChaosLinear25PercentEvery1Minutes";

    /** Of a hundred requests so many fail in a bad revision. */
    private static final int BAD = 60;

    private static final int MIN_REQUESTS = 4;
    private static final int USERS_PER_SECOND = 20;
    private static final String TEMPLATE =
            """
            {"family": "${FAMILY}", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "${CPU}",
             "memory": "${MEMORY}", "executionRoleArn": "${EXECUTION_ROLE_ARN}", "taskRoleArn": "${TASK_ROLE_ARN}",
             "containerDefinitions": [{"name": "app", "image": "${IMAGE}", "portMappings": [{"containerPort": 3000}],
              "environment": [{"name": "FAILING", "value": "${FAILING}"}],
              "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "${LOG_GROUP}",
               "awslogs-region": "${REGION}", "awslogs-stream-prefix": "app"}}}]}
            """;

    private final LocalAws aws;
    private final ReferenceResources resources;
    private final Path directory;
    private final Traffic users;

    private ChaosService(LocalAws aws, ReferenceResources resources, Path directory, Traffic users) {
        this.aws = aws;
        this.resources = resources;
        this.directory = directory;
        this.users = users;
    }

    /** @param jar of the image, which is never run */
    static ChaosService serve(LocalAws aws, ImagePush images, Path jar, int number, Path directory) throws Exception {
        String name = "chaos-" + number;
        ReferenceSettings settings = new ReferenceSettings(
                name, name, "app", 3000, 2, name, "CodeDeployDefault.ECSLinear10PercentEvery1Minutes", MIN_REQUESTS, 1);
        ReferenceService reference = new ReferenceService(aws.calls(), settings);
        ReferenceResources resources = reference.createInfrastructure();
        images.push(jar, name, "1", Map.of("SERVICE", name));
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("taskdef.json.tpl"), TEMPLATE);
        Files.writeString(
                directory.resolve("deploy.config"),
                resources.deployConfig(aws.endpoint()) + "TASK_DEFINITION_TEMPLATE=taskdef.json.tpl\n");
        ChaosService service = new ChaosService(
                aws,
                resources,
                directory,
                Traffic.start(aws.listener(resources.productionListenerArn()).resolve("/"), USERS_PER_SECOND));
        reference.createService(resources, service.taskDefinition(false));
        return service;
    }

    void awaitSteady() throws Exception {
        aws.steady(resources.cluster(), resources.service())
                .toCompletableFuture()
                .get(2, TimeUnit.MINUTES);
    }

    Truth truth() {
        return new Truth(aws.calls(), resources);
    }

    ServiceKey key() {
        return new ServiceKey(aws.account(), aws.region(), resources.cluster(), resources.service());
    }

    Path directory() {
        return directory;
    }

    String name() {
        return resources.service();
    }

    DeploymentRequest request(Scenario scenario) {
        return new DeploymentRequest(
                resources.cluster(),
                resources.service(),
                new DeploymentRequest.Rendered(taskDefinition(scenario.failing()), image(), null),
                new CodeDeployGroup(
                        resources.application(), resources.deploymentGroup(), quick(scenario) ? QUICK : null),
                null,
                new Criterion(99.5, 2, MIN_REQUESTS, Duration.ofSeconds(60)),
                List.of(),
                DeploymentRequest.REFERENCE_MILESTONES,
                Duration.ofHours(2),
                "chaos " + scenario.number(),
                "deploy",
                null,
                DeploymentOptions.DEFAULT);
    }

    /** The same on the command line. */
    List<String> deploy(Scenario scenario) {
        return List.of(
                "deploy",
                "--image",
                ":1",
                "--set",
                "FAILING=" + (scenario.failing() ? BAD : 0),
                "--min-requests",
                String.valueOf(MIN_REQUESTS),
                "--started-by",
                "chaos " + scenario.number());
    }

    /** A bad revision needs the time for its alarm to go off. */
    private static boolean quick(Scenario scenario) {
        return !scenario.failing() && scenario.kind() == Scenario.Kind.GOOD;
    }

    private String image() {
        return resources.repositoryUri() + ":1";
    }

    private String taskDefinition(boolean failing) {
        return TEMPLATE.replace("${FAMILY}", resources.service())
                .replace("${CPU}", "256")
                .replace("${MEMORY}", "512")
                .replace("${EXECUTION_ROLE_ARN}", resources.executionRoleArn())
                .replace("${TASK_ROLE_ARN}", resources.taskRoleArn())
                .replace("${LOG_GROUP}", resources.logGroup())
                .replace("${REGION}", resources.region())
                .replace("${IMAGE}", image())
                .replace("${FAILING}", String.valueOf(failing ? BAD : 0));
    }

    @Override
    public void close() {
        users.close();
    }
}
