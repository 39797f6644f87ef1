package io.jenkins.plugins.ecscanary.engine.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * An AWS in memory: answers what it was told, keeps what it is asked to create, fails when and how a test wants it to.
 * Nothing moves by itself. {@link #shop()} has the reference service, on which a deployment may start.
 */
public final class FakeAws implements Aws {

    public static final String ACCOUNT = "123456789012";
    public static final String REGION = "eu-central-1";
    public static final String CLUSTER = "shop";
    public static final String SERVICE = "web";
    public static final CodeDeployGroup GROUP = new CodeDeployGroup("shop-app", "web-group", null);
    public static final String LINEAR = "CodeDeployDefault.ECSLinear10PercentEvery1Minutes";
    public static final String REPOSITORY = ACCOUNT + ".dkr.ecr." + REGION + ".amazonaws.com/shop/web";
    public static final String LOAD_BALANCER = "app/shop/50dc6c495c0c9188";
    public static final String LISTENER =
            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/" + LOAD_BALANCER + "/f2f7dc8efc522ab2";
    public static final String TEST_LISTENER =
            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/" + LOAD_BALANCER + "/f2f7dc8efc522ab3";
    public static final String GROUP_A = targetGroupArn("web-a");
    public static final String GROUP_B = targetGroupArn("web-b");
    public static final String OLD_DIGEST = "sha256:" + "a".repeat(64);
    public static final String NEW_DIGEST = "sha256:" + "b".repeat(64);

    private static final Set<String> METHODS = Arrays.stream(Aws.class.getMethods())
            .map(method -> method.getName())
            .collect(Collectors.toSet());
    private static final Set<String> ACTIVE = Set.of("Created", "Queued", "InProgress", "Baking", "Ready");

    private final Map<String, Deque<AwsFailure>> failuresBefore = new HashMap<>();
    private final Map<String, Deque<AwsFailure>> failuresAfter = new HashMap<>();
    private final Map<String, AwsFailure> failuresAlways = new HashMap<>();
    private final Map<String, Runnable> hooks = new HashMap<>();
    private final List<String> calls = new ArrayList<>();

    private Instant now = Instant.parse("2026-11-23T18:30:00Z");
    private Identity identity = new Identity(ACCOUNT, "arn:aws:sts::" + ACCOUNT + ":assumed-role/deployer/ann", null);
    private final Set<String> clusters = new HashSet<>();
    private final Map<String, ServiceSeen> services = new LinkedHashMap<>();
    private final Map<String, TaskDefinitionSeen> taskDefinitions = new LinkedHashMap<>();
    private final Map<String, String> registeredJson = new LinkedHashMap<>();
    private final Map<String, List<TaskSeen>> stoppedTasks = new HashMap<>();
    private final Map<String, GroupSeen> groups = new LinkedHashMap<>();
    private final Map<String, ConfigSeen> configs = new LinkedHashMap<>();
    private final Map<String, DeploymentSeen> deployments = new LinkedHashMap<>();
    private final Map<String, NewDeployment> created = new LinkedHashMap<>();
    private final Set<String> stopped = new HashSet<>();
    private final Set<String> continued = new HashSet<>();
    private final Map<String, TargetSeen> targets = new HashMap<>();
    private final Map<String, ListenerSeen> listeners = new LinkedHashMap<>();
    private final Map<String, TargetGroupSeen> targetGroups = new LinkedHashMap<>();
    private final Map<String, List<TargetHealthSeen>> health = new HashMap<>();
    private final Map<String, AlarmSeen> alarms = new LinkedHashMap<>();
    private final Map<String, String> differences = new HashMap<>();
    private final Map<String, SuccessRateAlarm> createdAlarms = new LinkedHashMap<>();
    private final Map<String, NavigableMap<Instant, Double>> metrics = new HashMap<>();
    private final Map<String, String> images = new HashMap<>();
    private final Map<String, ManifestSeen> manifests = new HashMap<>();
    private final Map<String, TaskWanted> ranTasks = new LinkedHashMap<>();
    private final Map<String, TaskRunSeen> taskRuns = new HashMap<>();
    private final Map<String, String> stoppedRuns = new HashMap<>();
    private final Map<String, List<String>> logs = new HashMap<>();
    private final Map<String, Map<String, String>> tags = new HashMap<>();
    private final List<String> deregistered = new ArrayList<>();
    private final Set<String> logGroups = new HashSet<>();
    private final Map<String, List<ContainerLogSeen>> containerLogs = new HashMap<>();
    private boolean hidden;
    private boolean tasksHidden;

    /** Nothing but an identity and the five ECS configs that every account has. */
    public FakeAws() {
        config(LINEAR, new TrafficPlan.Linear(10, Duration.ofMinutes(1)));
        config("CodeDeployDefault.ECSLinear10PercentEvery3Minutes", new TrafficPlan.Linear(10, Duration.ofMinutes(3)));
        config("CodeDeployDefault.ECSCanary10Percent5Minutes", new TrafficPlan.Canary(10, Duration.ofMinutes(5)));
        config("CodeDeployDefault.ECSCanary10Percent15Minutes", new TrafficPlan.Canary(10, Duration.ofMinutes(15)));
        config("CodeDeployDefault.ECSAllAtOnce", new TrafficPlan.AllAtOnce());
    }

    /** Cluster {@code shop}, service {@code web}: two healthy tasks of {@code web:11} in {@code web-a}, all is well. */
    public static FakeAws shop() {
        FakeAws aws = new FakeAws();
        String running = taskDefinitionArn("web", 11);
        aws.cluster(CLUSTER);
        aws.put(new TaskDefinitionSeen(running, "ACTIVE", Map.of("web", REPOSITORY + "@" + OLD_DIGEST)));
        aws.put(
                CLUSTER,
                new ServiceSeen(
                        "arn:aws:ecs:eu-central-1:123456789012:service/shop/web",
                        SERVICE,
                        "ACTIVE",
                        "CODE_DEPLOY",
                        2,
                        running,
                        List.of(new LoadBalancerSeen(GROUP_A, "web", 3000)),
                        List.of(new TaskSetSeen("ecs-svc/1", null, "PRIMARY", running, 2, 2, 0, GROUP_A))));
        aws.put(
                GROUP,
                new GroupSeen(
                        "ECS",
                        CLUSTER,
                        SERVICE,
                        LINEAR,
                        List.of("web-a", "web-b"),
                        LISTENER,
                        TEST_LISTENER,
                        List.of("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"),
                        List.of("web-a-success-rate", "web-b-success-rate"),
                        Duration.ofMinutes(5),
                        Duration.ZERO));
        aws.targetGroup("web-a").targetGroup("web-b");
        aws.weights(LISTENER, 100, 0);
        aws.weights(TEST_LISTENER, 100, 0);
        aws.health(GROUP_A, "healthy", "healthy").health(GROUP_B);
        aws.alarmOn("web-a-success-rate", requestsTo(GROUP_A)).alarmOn("web-b-success-rate", requestsTo(GROUP_B));
        aws.image(REPOSITORY, "1.4.1", OLD_DIGEST).image(REPOSITORY, "1.5.0", NEW_DIGEST);
        return aws;
    }

    public static String targetGroupArn(String name) {
        return "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/" + name + "/73e2d6bc24d8a067";
    }

    public static String taskDefinitionArn(String family, int revision) {
        return "arn:aws:ecs:eu-central-1:123456789012:task-definition/" + family + ":" + revision;
    }

    // What it answers

    public synchronized FakeAws now(Instant instant) {
        now = instant;
        return this;
    }

    public synchronized FakeAws identity(String account, String arn) {
        identity = new Identity(account, arn, null);
        return this;
    }

    public synchronized FakeAws cluster(String name) {
        clusters.add(name);
        return this;
    }

    public synchronized FakeAws put(String cluster, ServiceSeen service) {
        services.put(cluster + "/" + service.name(), service);
        return this;
    }

    /** Changes the reference service. */
    public synchronized FakeAws service(UnaryOperator<ServiceSeen> change) {
        services.compute(CLUSTER + "/" + SERVICE, (key, service) -> change.apply(service));
        return this;
    }

    public synchronized FakeAws removeService(String cluster, String service) {
        services.remove(cluster + "/" + service);
        return this;
    }

    public synchronized FakeAws put(TaskDefinitionSeen taskDefinition) {
        taskDefinitions.put(taskDefinition.arn(), taskDefinition);
        return this;
    }

    /** An ACTIVE revision with these tags, as keys and values. */
    public synchronized FakeAws tagged(String family, int revision, String... keysAndValues) {
        String arn = taskDefinitionArn(family, revision);
        put(new TaskDefinitionSeen(arn, "ACTIVE", Map.of(family, REPOSITORY + "@" + OLD_DIGEST)));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tags.computeIfAbsent(arn, key -> new HashMap<>()).put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return this;
    }

    /** What ECS describes a revision as, where it matters. */
    public synchronized FakeAws json(String taskDefinitionArn, String json) {
        registeredJson.put(taskDefinitionArn, json);
        return this;
    }

    public synchronized FakeAws logGroup(String name) {
        logGroups.add(name);
        return this;
    }

    public synchronized FakeAws stoppedTasks(String cluster, String service, TaskSeen... tasks) {
        stoppedTasks.put(cluster + "/" + service, List.of(tasks));
        return this;
    }

    public synchronized FakeAws put(CodeDeployGroup group, GroupSeen seen) {
        groups.put(key(group), seen);
        return this;
    }

    /** Changes the reference group. */
    public synchronized FakeAws group(UnaryOperator<GroupSeen> change) {
        groups.compute(key(GROUP), (key, group) -> change.apply(group));
        return this;
    }

    public synchronized FakeAws removeGroup(CodeDeployGroup group) {
        groups.remove(key(group));
        return this;
    }

    public synchronized FakeAws config(String name, TrafficPlan traffic) {
        configs.put(name, new ConfigSeen(name, traffic));
        return this;
    }

    public synchronized FakeAws put(DeploymentSeen deployment) {
        deployments.put(deployment.id(), deployment);
        return this;
    }

    /** A deployment of the reference group, created at the fake's present. */
    public synchronized FakeAws deployment(String id, String status, String description) {
        return put(deploymentSeen(id, GROUP, status, description));
    }

    /** Gives a deployment another status; with {@code errorCode} and {@code message} unless they are null. */
    public synchronized FakeAws status(String id, String status, String errorCode, String message) {
        DeploymentSeen seen = Objects.requireNonNull(deployments.get(id), id);
        return put(new DeploymentSeen(
                id,
                seen.group(),
                status,
                seen.description(),
                seen.creator(),
                seen.createdAt(),
                ACTIVE.contains(status) ? null : now,
                errorCode,
                message,
                seen.rollbackDeploymentId(),
                seen.rollbackMessage()));
    }

    public synchronized FakeAws target(String deploymentId, TargetSeen target) {
        targets.put(deploymentId, target);
        return this;
    }

    /** Weights of {@code web-a} and {@code web-b} in a listener. */
    public synchronized FakeAws weights(String listener, int a, int b) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        weights.put(GROUP_A, a);
        weights.put(GROUP_B, b);
        return weights(listener, weights);
    }

    public synchronized FakeAws weights(String listener, Map<String, Integer> weights) {
        listeners.put(
                listener,
                new ListenerSeen(
                        listener,
                        "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/" + LOAD_BALANCER,
                        weights));
        return this;
    }

    public synchronized FakeAws put(TargetGroupSeen group) {
        targetGroups.put(group.name(), group);
        return this;
    }

    public synchronized FakeAws targetGroup(String name) {
        targetGroups.put(name, new TargetGroupSeen(targetGroupArn(name), name));
        return this;
    }

    /** One target per state, at 127.0.0.1 and up. */
    public synchronized FakeAws health(String targetGroupArn, String... states) {
        List<TargetHealthSeen> seen = new ArrayList<>();
        for (String state : states) {
            String reason = state.equals("healthy") ? null : "Target.FailedHealthChecks: Health checks failed";
            seen.add(new TargetHealthSeen("127.0.0." + (seen.size() + 1) + ":3000", state, reason));
        }
        health.put(targetGroupArn, seen);
        return this;
    }

    /** What it looks at stays. */
    public synchronized FakeAws alarm(String name, String state) {
        List<AlarmMetricSeen> metrics =
                alarms.containsKey(name) ? alarms.get(name).metrics() : List.of();
        alarms.put(name, new AlarmSeen(name, state, "a reason for " + state, now, metrics));
        return this;
    }

    /** An alarm that is OK and looks at these. */
    public synchronized FakeAws alarmOn(String name, AlarmMetricSeen... metrics) {
        alarms.put(name, new AlarmSeen(name, "OK", "a reason for OK", now, List.of(metrics)));
        return this;
    }

    /** A metric of a target group behind the reference load balancer; as the dimension has it, or the ARN. */
    public static AlarmMetricSeen requestsTo(String targetGroup) {
        return new AlarmMetricSeen(
                "AWS/ApplicationELB",
                Map.of(
                        "TargetGroup",
                        targetGroup.substring(targetGroup.lastIndexOf(':') + 1),
                        "LoadBalancer",
                        LOAD_BALANCER));
    }

    /** An alarm that is there already and differs from any that the engine would create. */
    public synchronized FakeAws alarmDiffers(String name, String difference) {
        differences.put(name, difference);
        return alarm(name, "OK");
    }

    public synchronized FakeAws containerLogs(String taskDefinition, ContainerLogSeen... containers) {
        containerLogs.put(taskDefinition, List.of(containers));
        return this;
    }

    public synchronized FakeAws removeAlarm(String name) {
        alarms.remove(name);
        return this;
    }

    /** A metric's sum for the period that starts at {@code periodStart}; {@code targetGroup} as the dimension has it. */
    public synchronized FakeAws metric(String metric, String targetGroup, Instant periodStart, double value) {
        metrics.computeIfAbsent(metric + " " + targetGroup, key -> new TreeMap<>())
                .put(periodStart, value);
        return this;
    }

    /** A task that was run has stopped; its container {@code web} with this exit code, or null. */
    public synchronized FakeAws taskEnds(String id, Integer exitCode, String reason) {
        taskRuns.put(id, new TaskRunSeen(id, "STOPPED", reason, List.of(new ContainerRunSeen("web", exitCode, null))));
        return this;
    }

    /** ECS does not know the task any more. */
    public synchronized FakeAws forgetTask(String id) {
        taskRuns.remove(id);
        return this;
    }

    /** What a log stream holds. */
    public synchronized FakeAws log(String group, String stream, String... lines) {
        logs.put(group + " " + stream, List.of(lines));
        return this;
    }

    /** An image that is found by its tag and by its digest. */
    public synchronized FakeAws image(String repository, String tag, String digest) {
        images.put(repository + ":" + tag, digest);
        images.put(repository + "@" + digest, digest);
        return this;
    }

    /** An image that is found by its tag and by its digest, with its manifest; answers the digest. */
    public synchronized String push(String repository, String tag, String mediaType, String manifest) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(manifest.getBytes(StandardCharsets.UTF_8));
            String digest = "sha256:" + HexFormat.of().formatHex(hash);
            image(repository, tag, digest);
            manifests.put(repository + "@" + digest, new ManifestSeen(digest, mediaType, manifest));
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the registry answers instead of the manifest that was pushed. */
    public synchronized FakeAws forge(String reference, ManifestSeen manifest) {
        manifests.put(reference, manifest);
        return this;
    }

    public synchronized FakeAws removeImage(String reference) {
        images.remove(reference);
        return this;
    }

    /** Whether lists leave out all tasks that were run, as a list that lags behind does. */
    public synchronized FakeAws hideTasks(boolean hide) {
        tasksHidden = hide;
        return this;
    }

    /** Whether lists leave out all deployments, as a list that lags behind does. */
    public synchronized FakeAws hideDeployments(boolean hide) {
        hidden = hide;
        return this;
    }

    // How it fails

    /** The next call of the method fails before anything is done. */
    public synchronized FakeAws failNext(String method, AwsFailure failure) {
        failuresBefore.computeIfAbsent(known(method), key -> new ArrayDeque<>()).add(failure);
        return this;
    }

    /** The next call of the method does its work, and then the answer is lost. */
    public synchronized FakeAws failNextAfter(String method, AwsFailure failure) {
        failuresAfter.computeIfAbsent(known(method), key -> new ArrayDeque<>()).add(failure);
        return this;
    }

    /** Every call of the method fails, until {@link #heal}. */
    public synchronized FakeAws failAlways(String method, AwsFailure failure) {
        failuresAlways.put(known(method), failure);
        return this;
    }

    /** Every call of every method fails, until {@link #heal}. */
    public synchronized FakeAws failEverything(AwsFailure failure) {
        METHODS.forEach(method -> failuresAlways.put(method, failure));
        return this;
    }

    public synchronized FakeAws heal() {
        failuresBefore.clear();
        failuresAfter.clear();
        failuresAlways.clear();
        return this;
    }

    /** Runs at each call of the method, before it is answered: for what happens in between. */
    public synchronized FakeAws before(String method, Runnable hook) {
        hooks.put(known(method), hook);
        return this;
    }

    /** A failure as {@link SdkAws} would throw it. */
    public static AwsFailure failure(AwsFailure.Kind kind, String code) {
        boolean lost = kind == AwsFailure.Kind.UNREACHABLE || kind == AwsFailure.Kind.SERVER;
        return new AwsFailure(kind, kind + " for a test: " + code, code, "req-1", lost, null);
    }

    // What happened to it

    /** The methods called so far, in order, with their main argument: {@code createDeployment d-000000001}. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** How often a method was called. */
    public synchronized long count(String method) {
        String name = known(method);
        return calls.stream()
                .filter(call -> call.equals(name) || call.startsWith(name + " "))
                .count();
    }

    /** What createDeployment created, by id. */
    public synchronized Map<String, NewDeployment> created() {
        return new LinkedHashMap<>(created);
    }

    /** What createAlarm created, by name. */
    public synchronized Map<String, SuccessRateAlarm> createdAlarms() {
        return new LinkedHashMap<>(createdAlarms);
    }

    /** The JSON given to registerTaskDefinition, by the ARN it got. */
    public synchronized Map<String, String> registered() {
        return new LinkedHashMap<>(registeredJson);
    }

    /** The revisions deregistered, in order, as {@code family:revision}. */
    public synchronized List<String> deregistered() {
        return List.copyOf(deregistered);
    }

    /** The deployments asked to stop. */
    public synchronized Set<String> stopped() {
        return Set.copyOf(stopped);
    }

    /** The waits asked to end: {@code d-000000001 READY}. */
    public synchronized Set<String> continued() {
        return Set.copyOf(continued);
    }

    /** What runTask ran, by the task's id. */
    public synchronized Map<String, TaskWanted> ranTasks() {
        return new LinkedHashMap<>(ranTasks);
    }

    /** The tasks asked to stop, with the reason. */
    public synchronized Map<String, String> stoppedRuns() {
        return Map.copyOf(stoppedRuns);
    }

    // The calls

    @Override
    public synchronized Identity identity() {
        return answer("identity", "", () -> new Identity(identity.account(), identity.arn(), now));
    }

    @Override
    public synchronized Optional<ServiceSeen> service(String cluster, String service) {
        return answer("service", cluster + "/" + service, () -> {
            if (!clusters.contains(cluster)) {
                throw failure(AwsFailure.Kind.NOT_FOUND, "ClusterNotFoundException");
            }
            return Optional.ofNullable(services.get(cluster + "/" + service));
        });
    }

    @Override
    public synchronized Optional<TaskDefinitionSeen> taskDefinition(String taskDefinition) {
        return answer("taskDefinition", taskDefinition, () -> find(taskDefinition));
    }

    private Optional<TaskDefinitionSeen> find(String taskDefinition) {
        return taskDefinitions.values().stream()
                .filter(seen -> seen.arn().equals(taskDefinition)
                        || shortName(seen.arn()).equals(taskDefinition)
                        || (seen.status().equals("ACTIVE")
                                && shortName(seen.arn()).startsWith(taskDefinition + ":")))
                .max(Comparator.comparing(seen -> revision(seen.arn())));
    }

    @Override
    public synchronized Optional<String> taskDefinitionJson(String taskDefinition) {
        return answer("taskDefinitionJson", taskDefinition, () -> find(taskDefinition)
                .map(seen -> registeredJson.getOrDefault(seen.arn(), json(seen))));
    }

    private static String json(TaskDefinitionSeen seen) {
        String containers = seen.images().entrySet().stream()
                .map(container -> "{\"name\":\"" + container.getKey() + "\",\"image\":\"" + container.getValue()
                        + "\",\"portMappings\":[{\"containerPort\":3000}]}")
                .collect(Collectors.joining(","));
        return "{\"family\":\"" + shortName(seen.arn()).split(":")[0] + "\",\"containerDefinitions\":[" + containers
                + "]}";
    }

    @Override
    public synchronized Map<String, String> taskDefinitionTags(String taskDefinition) {
        return answer("taskDefinitionTags", taskDefinition, () -> tags.getOrDefault(taskDefinition, Map.of()));
    }

    @Override
    public synchronized List<String> activeRevisions(String family) {
        return answer("activeRevisions", family, () -> taskDefinitions.values().stream()
                .filter(seen ->
                        seen.status().equals("ACTIVE") && shortName(seen.arn()).startsWith(family + ":"))
                .map(TaskDefinitionSeen::arn)
                .sorted(Comparator.comparing(FakeAws::revision).reversed())
                .toList());
    }

    @Override
    public synchronized Set<String> taskDefinitionsInUse(String cluster) {
        return answer("taskDefinitionsInUse", cluster, () -> services.entrySet().stream()
                .filter(service -> service.getKey().startsWith(cluster + "/"))
                .flatMap(service -> java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(service.getValue().taskDefinition()),
                        service.getValue().taskSets().stream().map(TaskSetSeen::taskDefinition)))
                .collect(Collectors.toSet()));
    }

    @Override
    public synchronized void deregisterTaskDefinition(String taskDefinitionArn) {
        answer("deregisterTaskDefinition", shortName(taskDefinitionArn), () -> {
            TaskDefinitionSeen seen = Objects.requireNonNull(taskDefinitions.get(taskDefinitionArn));
            put(new TaskDefinitionSeen(seen.arn(), "INACTIVE", seen.images()));
            return deregistered.add(shortName(taskDefinitionArn));
        });
    }

    @Override
    public synchronized boolean logGroupExists(String name) {
        return answer("logGroupExists", name, () -> logGroups.contains(name));
    }

    @Override
    public synchronized List<ContainerLogSeen> containerLogs(String taskDefinition) {
        return answer("containerLogs", taskDefinition, () -> containerLogs.getOrDefault(taskDefinition, List.of()));
    }

    @Override
    public synchronized TaskDefinitionSeen registerTaskDefinition(String json) {
        return answer("registerTaskDefinition", "", () -> {
            JsonNode root = read(json);
            String family = root.path("family").asText();
            int last = taskDefinitions.keySet().stream()
                    .filter(arn -> shortName(arn).startsWith(family + ":"))
                    .mapToInt(FakeAws::revision)
                    .max()
                    .orElse(0);
            Map<String, String> containers = new LinkedHashMap<>();
            root.path("containerDefinitions")
                    .forEach(container -> containers.put(
                            container.path("name").asText(),
                            container.path("image").asText()));
            TaskDefinitionSeen seen = new TaskDefinitionSeen(
                    taskDefinitionArn(family, last + 1), "ACTIVE", containers, logs(root, containers.keySet()));
            put(seen);
            registeredJson.put(seen.arn(), json);
            root.path("tags").forEach(tag -> tags.computeIfAbsent(seen.arn(), key -> new HashMap<>())
                    .put(tag.path("key").asText(), tag.path("value").asText()));
            return seen;
        });
    }

    @Override
    public synchronized List<TaskSeen> stoppedTasks(String cluster, String service) {
        String key = cluster + "/" + service;
        return answer("stoppedTasks", key, () -> stoppedTasks.getOrDefault(key, List.of()));
    }

    @Override
    public synchronized String runTask(TaskWanted wanted) {
        return answer("runTask", wanted.startedBy(), () -> {
            Optional<String> earlier = ranTasks.entrySet().stream()
                    .filter(run -> run.getValue().startedBy().equals(wanted.startedBy()))
                    .map(Map.Entry::getKey)
                    .findFirst();
            String id = earlier.orElse("task-%d".formatted(ranTasks.size() + 1));
            if (earlier.isEmpty()) {
                ranTasks.put(id, wanted);
                taskRuns.put(id, new TaskRunSeen(id, "RUNNING", null, List.of()));
            }
            return id;
        });
    }

    @Override
    public synchronized List<TaskRunSeen> tasksStartedBy(String cluster, String family, String startedBy) {
        return answer("tasksStartedBy", startedBy, () -> ranTasks.entrySet().stream()
                .filter(run -> run.getValue().startedBy().equals(startedBy) && !tasksHidden)
                .map(run -> taskRuns.get(run.getKey()))
                .filter(Objects::nonNull)
                .toList());
    }

    @Override
    public synchronized Optional<TaskRunSeen> taskRun(String cluster, String task) {
        return answer("taskRun", task, () -> Optional.ofNullable(taskRuns.get(task)));
    }

    @Override
    public synchronized void stopTask(String cluster, String task, String reason) {
        answer("stopTask", task, () -> {
            stoppedRuns.put(task, reason);
            return null;
        });
    }

    @Override
    public synchronized Optional<GroupSeen> deploymentGroup(CodeDeployGroup group) {
        return answer("deploymentGroup", key(group), () -> Optional.ofNullable(groups.get(key(group))));
    }

    @Override
    public synchronized Optional<ConfigSeen> deploymentConfig(String name) {
        return answer("deploymentConfig", name, () -> Optional.ofNullable(configs.get(name)));
    }

    @Override
    public synchronized List<String> listDeployments(CodeDeployGroup group, Instant from, int most) {
        boolean none = hidden || !groups.containsKey(key(group));
        return answer("listDeployments", key(group), () -> (none ? Map.<String, DeploymentSeen>of() : deployments)
                .values().stream()
                        .filter(seen -> key(seen.group()).equals(key(group)))
                        .filter(seen -> !seen.createdAt().isBefore(from))
                        .sorted(Comparator.comparing(DeploymentSeen::createdAt).reversed())
                        .map(DeploymentSeen::id)
                        .limit(most)
                        .toList());
    }

    @Override
    public synchronized List<DeploymentSeen> deployments(List<String> ids) {
        return answer("deployments", String.join(",", ids), () -> ids.stream()
                .filter(deployments::containsKey)
                .map(deployments::get)
                .toList());
    }

    @Override
    public synchronized Optional<TargetSeen> deploymentTarget(String deploymentId, String cluster, String service) {
        return answer("deploymentTarget", deploymentId, () -> Optional.ofNullable(targets.get(deploymentId)));
    }

    @Override
    public synchronized String createDeployment(NewDeployment deployment) {
        return answer("createDeployment", deployment.description(), () -> {
            deployments.values().stream()
                    .filter(seen -> key(seen.group()).equals(key(deployment.group())))
                    .filter(seen -> ACTIVE.contains(seen.status()))
                    .findFirst()
                    .ifPresent(active -> {
                        throw failure(AwsFailure.Kind.BUSY, "DeploymentLimitExceededException");
                    });
            String id = "d-%09d".formatted(created.size() + 1);
            created.put(id, deployment);
            put(deploymentSeen(id, deployment.group(), "Created", deployment.description()));
            return id;
        });
    }

    @Override
    public synchronized void stopAndRollBack(String deploymentId) {
        answer("stopAndRollBack", deploymentId, () -> stopped.add(deploymentId));
    }

    @Override
    public synchronized void continueDeployment(String deploymentId, Wait wait) {
        answer("continueDeployment", deploymentId + " " + wait, () -> continued.add(deploymentId + " " + wait));
    }

    @Override
    public synchronized List<ListenerSeen> listeners(List<String> listenerArns) {
        return answer("listeners", String.join(",", listenerArns), () -> {
            if (!listeners.keySet().containsAll(listenerArns)) {
                throw failure(AwsFailure.Kind.NOT_FOUND, "ListenerNotFound");
            }
            return listenerArns.stream().map(listeners::get).toList();
        });
    }

    @Override
    public synchronized List<TargetGroupSeen> targetGroups(List<String> names) {
        return answer("targetGroups", String.join(",", names), () -> names.stream()
                .filter(targetGroups::containsKey)
                .map(targetGroups::get)
                .toList());
    }

    @Override
    public synchronized List<TargetHealthSeen> targetHealth(String targetGroupArn) {
        return answer("targetHealth", targetGroupArn, () -> health.getOrDefault(targetGroupArn, List.of()));
    }

    @Override
    public synchronized List<AlarmSeen> alarms(List<String> names) {
        return answer("alarms", String.join(",", names), () -> names.stream()
                .filter(alarms::containsKey)
                .map(alarms::get)
                .toList());
    }

    @Override
    public synchronized Optional<List<String>> alarmDifferences(SuccessRateAlarm wanted) {
        return answer("alarmDifferences", wanted.name(), () -> Optional.ofNullable(alarms.get(wanted.name()))
                .map(seen -> differences.containsKey(seen.name()) ? List.of(differences.get(seen.name())) : List.of()));
    }

    @Override
    public synchronized void createAlarm(SuccessRateAlarm alarm) {
        answer("createAlarm", alarm.name(), () -> {
            createdAlarms.put(alarm.name(), alarm);
            return alarmOn(alarm.name(), requestsTo(alarm.targetGroup())).alarm(alarm.name(), "INSUFFICIENT_DATA");
        });
    }

    @Override
    public synchronized List<SeriesSeen> metrics(List<MetricWanted> queries, Instant from, Instant to) {
        return answer("metrics", String.valueOf(queries.size()), () -> queries.stream()
                .map(query -> new SeriesSeen(
                        query.id(),
                        new TreeMap<>(metrics.getOrDefault(query.metric() + " " + query.targetGroup(), new TreeMap<>())
                                .subMap(from, true, to, false))))
                .toList());
    }

    @Override
    public synchronized List<String> logTail(String group, String stream, int lines) {
        return answer("logTail", group + " " + stream, () -> {
            List<String> all = logs.getOrDefault(group + " " + stream, List.of());
            return all.subList(Math.max(0, all.size() - lines), all.size());
        });
    }

    @Override
    public synchronized Optional<String> imageDigest(String image) {
        return answer("imageDigest", image, () -> Optional.ofNullable(images.get(image)));
    }

    @Override
    public synchronized Optional<ManifestSeen> imageManifest(String image) {
        return answer("imageManifest", image, () -> Optional.ofNullable(manifests.get(image)));
    }

    @Override
    public synchronized void close() {
        calls.add("close");
    }

    private <T> T answer(String method, String argument, Supplier<T> work) {
        calls.add(argument.isEmpty() ? method : method + " " + argument);
        Runnable hook = hooks.get(method);
        if (hook != null) {
            hook.run();
        }
        fail(failuresBefore.get(method));
        if (failuresAlways.containsKey(method)) {
            throw failuresAlways.get(method);
        }
        T answer = work.get();
        fail(failuresAfter.get(method));
        return answer;
    }

    private static void fail(Deque<AwsFailure> failures) {
        AwsFailure next = failures == null ? null : failures.poll();
        if (next != null) {
            throw next;
        }
    }

    private DeploymentSeen deploymentSeen(String id, CodeDeployGroup group, String status, String description) {
        Instant completed = ACTIVE.contains(status) ? null : now;
        return new DeploymentSeen(id, group, status, description, "user", now, completed, null, null, null, null);
    }

    private static String known(String method) {
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("Aws has no method " + method);
        }
        return method;
    }

    private static String key(CodeDeployGroup group) {
        return group.application() + "/" + group.group();
    }

    private static String shortName(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static int revision(String arn) {
        return Integer.parseInt(arn.substring(arn.lastIndexOf(':') + 1));
    }

    private static Map<String, LogsSeen> logs(JsonNode taskDefinition, Set<String> containers) {
        Map<String, LogsSeen> logs = new HashMap<>();
        if (taskDefinition.findValue("awslogs-group") != null) {
            String group = taskDefinition.findValue("awslogs-group").asText();
            containers.forEach(name -> logs.put(name, new LogsSeen(group, null, "app")));
        }
        return logs;
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
