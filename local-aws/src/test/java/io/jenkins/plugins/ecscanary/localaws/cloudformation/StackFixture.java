package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.CloudWatch;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.CloudWatchSettings;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.IngestDelay;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricStore;
import io.jenkins.plugins.ecscanary.localaws.codedeploy.CodeDeploy;
import io.jenkins.plugins.ecscanary.localaws.codedeploy.CodeDeployTimings;
import io.jenkins.plugins.ecscanary.localaws.ecr.Ecr;
import io.jenkins.plugins.ecscanary.localaws.ecr.ImageStore.RunnableImage;
import io.jenkins.plugins.ecscanary.localaws.ecs.Ecs;
import io.jenkins.plugins.ecscanary.localaws.ecs.ManualEcs;
import io.jenkins.plugins.ecscanary.localaws.elb.Elb;
import io.jenkins.plugins.ecscanary.localaws.elb.ManualElb;
import io.jenkins.plugins.ecscanary.localaws.logs.Logs;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.InProcessCalls;
import io.jenkins.plugins.ecscanary.localaws.wire.ServiceApi;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import io.jenkins.plugins.ecscanary.localaws.world.KeptJson;
import io.jenkins.plugins.ecscanary.localaws.world.ManualTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** CloudFormation and all the services it makes resources with, on time that stands still, without processes. */
final class StackFixture implements AutoCloseable {

    static final String STACK = "web-stack";
    private static final ObjectMapper JSON = new ObjectMapper();

    final ManualTime time = new ManualTime();
    final List<String> log = new ArrayList<>();
    final World world = new World("123456789012", "eu-central-1", time, new Ids(new Random(1)), log::add);
    final Elb elb;
    final Ecs ecs;
    final CloudFormation cloudFormation;
    final InProcessCalls aws;
    private final List<Kept<?>> kept;

    /** Whether tasks find their image. */
    boolean pushed = true;

    /** The path at which tasks answer health checks with 200. */
    String healthPath = "/health";

    StackFixture(Path directory) {
        elb = ManualElb.start(world, path -> path.equals(healthPath) ? 200 : 404);
        Logs logs = new Logs(world);
        Ecr ecr = new Ecr(world, directory);
        RunnableImage image = new RunnableImage(
                "sha256:" + "a".repeat(64),
                Path.of("web.jar"),
                Map.of(),
                List.of("java", "-jar", "app.jar"),
                List.of());
        ecs = ManualEcs.start(world, elb, name -> pushed ? Optional.of(image) : Optional.empty(), logs);
        CloudWatch cloudWatch =
                new CloudWatch(world, new MetricStore(time, IngestDelay.none()), CloudWatchSettings.defaults());
        CodeDeploy codeDeploy = new CodeDeploy(world, ecs, elb, cloudWatch, CodeDeployTimings.LIKE_AWS);
        List<ServiceApi> services = new ArrayList<>(
                List.of(ecs.api(), codeDeploy.api(), elb.api(), cloudWatch.api(), ecr.api(), logs.api()));
        cloudFormation = new CloudFormation(world, new InProcessCalls(world, services));
        elb.setReachability(
                (groups, target) -> cloudFormation.lets(groups, () -> ecs.securityGroups(target.ip()), target.port()));
        services.add(cloudFormation.api());
        aws = new InProcessCalls(world, services);
        kept = List.of(
                elb.kept(),
                ecr.kept(),
                logs.kept(),
                ecs.kept(),
                cloudWatch.kept(),
                codeDeploy.kept(),
                cloudFormation.kept());
    }

    /** Takes up what another has. */
    void restore(StackFixture from) {
        for (int i = 0; i < kept.size(); i++) {
            KeptJson.move(from.kept.get(i), kept.get(i));
        }
    }

    /** The reference service's template, to be changed by a test. */
    static ObjectNode reference() {
        try (var in = StackFixture.class.getResourceAsStream("/cloudformation/reference.json")) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A template of these resources only; single quotes for double ones. */
    static ObjectNode template(String resources) {
        try {
            return (ObjectNode) JSON.readTree(("{'Resources': {" + resources + "}}").replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode properties(ObjectNode template, String logicalId) {
        return (ObjectNode) template.at("/Resources/" + logicalId + "/Properties");
    }

    JsonNode call(String operation, Map<String, ?> input) {
        return aws.call("cloudformation", operation, input);
    }

    /** @param more further members of the request, by name and value in turn */
    String create(JsonNode template, Object... more) {
        return call("CreateStack", request(template, more)).path("StackId").asText();
    }

    void update(JsonNode template, Object... more) {
        call("UpdateStack", request(template, more));
    }

    private static Map<String, Object> request(JsonNode template, Object... more) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("StackName", STACK);
        request.put("TemplateBody", template.toString());
        request.put("Capabilities", List.of("CAPABILITY_IAM"));
        for (int i = 0; i < more.length; i += 2) {
            request.put((String) more[i], more[i + 1]);
        }
        return request;
    }

    void delete() {
        call("DeleteStack", Map.of("StackName", STACK));
    }

    /** Creates the reference service and waits until it is complete. */
    StackFixture created() {
        create(reference());
        until("CREATE_COMPLETE");
        return this;
    }

    JsonNode stack() {
        return call("DescribeStacks", Map.of("StackName", STACK)).at("/Stacks/0");
    }

    String status() {
        return stack().path("StackStatus").asText();
    }

    /** Lets time pass until the stack has this status; it must not come to rest in another. */
    void until(String status) {
        until(STACK, status);
    }

    void until(String nameOrId, String status) {
        until(() -> {
            JsonNode stack =
                    call("DescribeStacks", Map.of("StackName", nameOrId)).at("/Stacks/0");
            String now = stack.path("StackStatus").asText();
            assertThat(now.equals(status) || now.endsWith("IN_PROGRESS"))
                    .as("%s instead of %s: %s%n%s", now, status, stack.path("StackStatusReason"), told(nameOrId))
                    .isTrue();
            return now.equals(status);
        });
    }

    void until(BooleanSupplier condition) {
        Duration passed = Duration.ZERO;
        while (!condition.getAsBoolean()) {
            if (passed.compareTo(Duration.ofHours(5)) > 0) {
                throw new AssertionError("never happened within five hours:\n" + String.join("\n", log));
            }
            passed = passed.plus(time.advanceToNext());
        }
    }

    /** {@code Service CREATE_FAILED: why}, oldest first. */
    List<String> told(String nameOrId) {
        List<String> told = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonNode page = call("DescribeStackEvents", Map.of("StackName", nameOrId, "NextToken", next));
            for (JsonNode event : page.path("StackEvents")) {
                String reason = event.path("ResourceStatusReason").asText();
                told.add(
                        0,
                        event.path("LogicalResourceId").asText() + " "
                                + event.path("ResourceStatus").asText() + (reason.isEmpty() ? "" : ": " + reason));
            }
            next = page.path("NextToken").textValue();
        }
        return told;
    }

    /** Logical id to status. */
    Map<String, String> resources() {
        Map<String, String> statuses = new LinkedHashMap<>();
        call("DescribeStackResources", Map.of("StackName", STACK))
                .path("StackResources")
                .forEach(resource -> statuses.put(
                        resource.path("LogicalResourceId").asText(),
                        resource.path("ResourceStatus").asText()));
        return statuses;
    }

    String physicalId(String logicalId) {
        return call("DescribeStackResource", Map.of("StackName", STACK, "LogicalResourceId", logicalId))
                .at("/StackResourceDetail/PhysicalResourceId")
                .asText();
    }

    void refused(String code, String message, Runnable call) {
        assertThatExceptionOfType(AwsError.class).isThrownBy(call::run).satisfies(error -> {
            assertThat(error.getMessage()).contains(message);
            assertThat(error.code()).isEqualTo(code);
        });
    }

    @Override
    public void close() {
        ecs.close();
        elb.close();
        world.close();
    }
}
