package io.jenkins.plugins.ecscanary.cli.local;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.terminal.Figures;
import io.jenkins.plugins.ecscanary.engine.config.DeployConfig;
import io.jenkins.plugins.ecscanary.engine.taskdef.TaskDefinitionTemplate;
import io.jenkins.plugins.ecscanary.engine.taskdef.TemplateValue;
import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.StackTemplate;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceResources;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceService;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceSettings;
import io.jenkins.plugins.ecscanary.localaws.reference.StackReference;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A local AWS furnished with the reference service, and the files to deploy to it with. */
public final class LocalWorld implements AutoCloseable {

    private static final int MAX_SPEED = 1000;
    private static final String CONFIG = "deploy.config";
    private static final String TEMPLATE = "taskdef.json.tpl";

    /** For two processes to start and to be found healthy, on a machine that has other things to do. */
    private static final long STEADY_MINUTES = 5;

    private final LocalAws aws;
    private final double speed;
    private final Path directory;
    private final ReferenceResources resources;
    private final ImagePush images;

    private LocalWorld(LocalAws aws, double speed, Path directory, ReferenceResources resources) {
        this.aws = aws;
        this.speed = speed;
        this.directory = directory;
        this.resources = resources;
        this.images = images(aws);
    }

    private static ImagePush images(LocalAws aws) {
        return new ImagePush(
                aws.endpoint(),
                aws.region(),
                StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        LocalAwsOptions.DEFAULT_ACCESS_KEY_ID, LocalAwsOptions.DEFAULT_SECRET_ACCESS_KEY)));
    }

    /**
     * How long it takes for the service to be there is up to the caller: see {@link #serve}. What a kept AWS already has is
     * taken as it is.
     */
    public static LocalWorld start(
            LocalAwsOptions options, double speed, ReferenceSettings settings, Path template, Path directory)
            throws IOException {
        LocalAws aws = LocalAws.start(options.withSpeed(speed));
        try {
            ReferenceService reference = new ReferenceService(aws.calls(), settings);
            ReferenceResources resources =
                    reference.existingInfrastructure().orElseGet(reference::createInfrastructure);
            LocalWorld world = new LocalWorld(aws, speed, directory, resources);
            world.writeFiles(template, resources.deployConfig(aws.endpoint()));
            return world;
        } catch (IOException | RuntimeException e) {
            aws.close();
            throw e;
        }
    }

    /**
     * As {@link #start}, but from a CloudFormation template, and with the service serving: the stack's first tasks get the image
     * that its task definition names, and when the stack is complete, its own {@code deploy.config} is written.
     *
     * @param template of the service's task definition, for deployments
     * @param jar what is pushed as the first image
     * @throws io.jenkins.plugins.ecscanary.localaws.wire.AwsError if the template is refused
     * @throws CliFailure if the stack is not created, with the reason
     */
    public static LocalWorld fromStack(
            LocalAwsOptions options,
            double speed,
            StackTemplate stack,
            Path template,
            Path directory,
            Path jar,
            Map<String, String> environment)
            throws IOException, InterruptedException {
        LocalAws aws = LocalAws.start(options.withSpeed(speed).withTemplate(stack));
        try {
            StackReference reference = new StackReference(aws.calls(), stack.stackName());
            String definition = soon(aws.stackResource(stack.stackName(), "AWS::ECS::TaskDefinition"), stack, reference)
                    .orElseThrow(() -> failed(stack, reference));
            pushFirst(aws, reference.firstImage(definition), jar, environment);
            String status = soon(aws.stackAtRest(stack.stackName()), stack, reference);
            if (!status.endsWith("_COMPLETE") || status.contains("ROLLBACK")) {
                throw failed(stack, reference);
            }
            LocalWorld world = new LocalWorld(aws, speed, directory, reference.resources());
            world.writeFiles(template, own(reference.deployConfig(), aws.endpoint()));
            world.awaitSteady();
            return world;
        } catch (IOException | InterruptedException | RuntimeException e) {
            aws.close();
            throw e;
        }
    }

    private static CliFailure failed(StackTemplate stack, StackReference reference) {
        return new CliFailure(
                ExitCode.FAILED, "the stack " + stack.stackName() + " was not created: " + reference.reason());
    }

    /** One that is there already is kept from before. */
    private static void pushFirst(LocalAws aws, String image, Path jar, Map<String, String> environment)
            throws IOException {
        int colon = image.lastIndexOf(':');
        String repository = image.substring(image.indexOf('/') + 1, colon);
        String tag = image.substring(colon + 1);
        boolean pushed = !aws.calls()
                .call("ecr", "ListImages", Map.of("repositoryName", repository))
                .path("imageIds")
                .isEmpty();
        if (!pushed) {
            try (ImagePush images = images(aws)) {
                images.push(jar, repository, tag, environment);
            }
        }
    }

    /** Its template is another file here, and this AWS another endpoint. */
    private static String own(String deployConfig, URI endpoint) {
        return deployConfig
                        .lines()
                        .filter(line -> !line.startsWith("TASK_DEFINITION_TEMPLATE="))
                        .map(line -> line + "\n")
                        .collect(Collectors.joining())
                + "ENDPOINT_URL=" + endpoint + "\n";
    }

    private static <T> T soon(CompletionStage<T> stage, StackTemplate stack, StackReference reference)
            throws InterruptedException {
        try {
            return stage.toCompletableFuture().get(STEADY_MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the stack does not come to an end; the log of the local AWS says why", e);
        } catch (TimeoutException e) {
            throw new CliFailure(
                    ExitCode.FAILED,
                    "the stack " + stack.stackName() + " is not there after " + STEADY_MINUTES
                            + " minutes; it waits for " + reference.waitingFor(),
                    e);
        }
    }

    /** Refuses what is no speed. */
    public static double checkedSpeed(double speed) {
        if (!(speed >= 1 && speed <= MAX_SPEED)) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    "--speed is " + Figures.factor(speed) + ", not between 1 (real time) and " + MAX_SPEED);
        }
        return speed;
    }

    /** Pushes a jar as an image of the service's repository. */
    public ImagePush.Pushed push(Path jar, String tag, Map<String, String> environment) throws IOException {
        return images.push(jar, resources.repository(), tag, environment);
    }

    /** Creates the service with an image that was pushed and waits until it serves. */
    public void serve(ReferenceSettings settings, String tag) throws InterruptedException {
        new ReferenceService(aws.calls(), settings).createService(resources, taskDefinition(tag));
        awaitSteady();
    }

    /** Whether the service is there, kept from before. */
    public boolean hasService(ReferenceSettings settings) {
        return new ReferenceService(aws.calls(), settings).hasService();
    }

    /** Waits until the service serves. */
    public void awaitSteady() throws InterruptedException {
        try {
            aws.steady(resources.cluster(), resources.service())
                    .toCompletableFuture()
                    .get(STEADY_MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "the service's first tasks did not become healthy; the log of the local AWS says why", e);
        }
    }

    /** The template as a deployment of that image would fill it. */
    public String taskDefinition(String tag) {
        DeployConfig config = DeployConfig.read(directory.resolve(CONFIG));
        Map<String, TemplateValue> values = new TreeMap<>(config.templateValues());
        values.put("IMAGE", new TemplateValue(resources.repositoryUri() + ":" + tag, "the first image"));
        return TaskDefinitionTemplate.read(directory.resolve(TEMPLATE)).fill(values);
    }

    private void writeFiles(Path template, String deployConfig) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(TEMPLATE), Files.readString(template));
        Files.writeString(directory.resolve(CONFIG), deployConfig + "TASK_DEFINITION_TEMPLATE=" + TEMPLATE + "\n");
    }

    /** The AWS itself, for what goes beyond deploying. */
    public LocalAws aws() {
        return aws;
    }

    public URI endpoint() {
        return aws.endpoint();
    }

    public String region() {
        return aws.region();
    }

    public double speed() {
        return speed;
    }

    /** Where {@code deploy.config} is. */
    public Path directory() {
        return directory;
    }

    /** What users ask. */
    public URI productionUrl() {
        return aws.listener(resources.productionListenerArn()).resolve("/");
    }

    public List<String> alarms() {
        return resources.alarms();
    }

    public ReferenceResources resources() {
        return resources;
    }

    /** What a client needs in its environment to find this AWS. */
    public Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("AWS_ENDPOINT_URL", endpoint().toString());
        environment.put("AWS_REGION", region());
        environment.put("AWS_ACCESS_KEY_ID", LocalAwsOptions.DEFAULT_ACCESS_KEY_ID);
        environment.put("AWS_SECRET_ACCESS_KEY", LocalAwsOptions.DEFAULT_SECRET_ACCESS_KEY);
        return environment;
    }

    @Override
    public void close() {
        images.close();
        aws.close();
    }
}
