package io.jenkins.plugins.ecscanary.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.cli.local.LocalWorld;
import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.aws.AwsKeys;
import io.jenkins.plugins.ecscanary.engine.aws.SdkAws;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.function.FunctionTarget;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceResources;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One local AWS with the reference service for all end-to-end tests, stopped after the last of them. */
public final class World implements AutoCloseable {

    /** A minute takes a second: a whole linear deployment some ten. */
    static final double SPEED = 60;

    private static final Path APP = Path.of("..", "sample-app", "target", "sample-app.jar");
    private static final Path TEMPLATE = Path.of("..", "sample-app", "taskdef.json.tpl");

    private final ReferenceSettings settings;
    private final FunctionServer function;
    private final LocalWorld local;
    private final Aws aws;
    private int states;

    /** One of its own, for who needs another termination wait; to be closed. */
    World(int terminationWaitMinutes) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(APP), APP + " is not built: run 'mvn package' or 'mvn verify'");
        Path directory = Files.createDirectories(Path.of("target", "e2e"));
        Path data = Files.createTempDirectory(directory, "world");
        settings = ReferenceSettings.defaults().withTerminationWaitMinutes(terminationWaitMinutes);
        function = FunctionServer.start();
        LocalAwsOptions options = LocalAwsOptions.in(data.resolve("aws"))
                .withFunction(FunctionServer.NAME, new FunctionTarget.Http(function.uri()));
        local = LocalWorld.start(options, SPEED, settings, TEMPLATE, data.resolve("work"));
        for (String tag : List.of("1", "2", "3", "4")) {
            local.push(APP, tag, Map.of("APP_VERSION", tag));
        }
        local.serve(settings, "1");
        AwsKeys keys =
                new AwsKeys(LocalAwsOptions.DEFAULT_ACCESS_KEY_ID, LocalAwsOptions.DEFAULT_SECRET_ACCESS_KEY, null);
        aws = SdkAws.open(new AwsAccess(local.region(), local.endpoint(), () -> keys));
    }

    LocalWorld local() {
        return local;
    }

    Aws aws() {
        return aws;
    }

    /** What an AppSpec's hook can name here. */
    FunctionServer function() {
        return function;
    }

    /** Until it is closed the group waits for someone before traffic shifts. */
    AutoCloseable withReadyWait(int minutes) {
        readyOption(Map.of("actionOnTimeout", "STOP_DEPLOYMENT", "waitTimeInMinutes", minutes));
        return () -> readyOption(Map.of("actionOnTimeout", "CONTINUE_DEPLOYMENT", "waitTimeInMinutes", 0));
    }

    private void readyOption(Map<String, Object> option) {
        ReferenceResources resources = local.resources();
        Map<String, Object> end =
                Map.of("action", "TERMINATE", "terminationWaitTimeInMinutes", settings.terminationWaitMinutes());
        local.aws()
                .calls()
                .call(
                        "codedeploy",
                        "UpdateDeploymentGroup",
                        Map.of(
                                "applicationName",
                                resources.application(),
                                "currentDeploymentGroupName",
                                resources.deploymentGroup(),
                                "blueGreenDeploymentConfiguration",
                                Map.of(
                                        "terminateBlueInstancesOnDeploymentSuccess",
                                        end,
                                        "deploymentReadyOption",
                                        option)));
    }

    /** A state directory of its own, as on another machine. */
    synchronized Path freshState() {
        states++;
        return local.directory().resolve("state-" + states).toAbsolutePath();
    }

    /** Every deployment there ever was, newest first. */
    List<String> deployments() {
        CodeDeployGroup group = new CodeDeployGroup(
                local.resources().application(), local.resources().deploymentGroup(), null);
        return aws.listDeployments(group, Instant.EPOCH, Integer.MAX_VALUE);
    }

    /** The family's newest revision. */
    String newestRevision() {
        return aws.taskDefinition(local.resources().service()).orElseThrow().arn();
    }

    String status(String deploymentId) {
        return aws.deployments(List.of(deploymentId)).get(0).status();
    }

    /** An alarm on a metric that nobody puts, for which that is bad. */
    void makeRedAlarm(String name) throws InterruptedException {
        local.aws()
                .calls()
                .call(
                        "monitoring",
                        "PutMetricAlarm",
                        Map.of(
                                "AlarmName",
                                name,
                                "Namespace",
                                "AWS/ApplicationELB",
                                "MetricName",
                                "RequestCount",
                                "Dimensions",
                                List.of(Map.of("Name", "TargetGroup", "Value", "targetgroup/none/1")),
                                "Statistic",
                                "Sum",
                                "Period",
                                60,
                                "EvaluationPeriods",
                                1,
                                "Threshold",
                                1,
                                "ComparisonOperator",
                                "LessThanThreshold",
                                "TreatMissingData",
                                "breaching"));
        await(() -> aws.alarms(List.of(name)).stream()
                .anyMatch(alarm -> alarm.state().equals("ALARM")));
    }

    void awaitStatus(String deploymentId, String status) throws InterruptedException {
        await(() -> status(deploymentId).equals(status));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        CountDownLatch met = new CountDownLatch(1);
        ScheduledExecutorService poll = Executors.newSingleThreadScheduledExecutor();
        try {
            poll.scheduleWithFixedDelay(
                    () -> {
                        if (condition.getAsBoolean()) {
                            met.countDown();
                        }
                    },
                    0,
                    100,
                    TimeUnit.MILLISECONDS);
            assertThat(met.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            poll.shutdownNow();
        }
    }

    /** All traffic on one target group, with whole weights. */
    void requireCleanWeights() {
        assertThat(aws.listeners(List.of(local.resources().productionListenerArn()))
                        .get(0)
                        .weights()
                        .values())
                .containsExactlyInAnyOrder(0, 100);
    }

    @Override
    public void close() {
        aws.close();
        local.close();
        function.close();
    }

    /** Hands the one world to whoever asks for it. */
    static final class Resolver implements ParameterResolver {

        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(World.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == World.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .getOrComputeIfAbsent(World.class, key -> create(), World.class);
        }

        private static World create() {
            try {
                return new World(1);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
