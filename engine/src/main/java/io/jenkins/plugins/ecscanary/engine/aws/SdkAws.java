package io.jenkins.plugins.ecscanary.engine.aws;

import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** AWS through its SDK for Java. Reads are tried up to three times, creating a deployment only once. */
public final class SdkAws implements Aws {

    private final SdkConnection connection;
    private final SdkClients clients;
    private final Calls calls;
    private final EcsCalls ecs;
    private final TaskCalls tasks;
    private final CodeDeployCalls codeDeploy;
    private final ElbCalls elb;
    private final CloudWatchCalls cloudWatch;
    private final AlarmCalls alarms;
    private final LogsCalls logs;
    private final EcrCalls images;

    private SdkAws(SdkConnection connection, AssumedRoleKeys role, Calls calls) {
        this.connection = connection;
        this.calls = calls;
        clients = new SdkClients(connection, role == null ? connection.ownKeys() : role);
        ecs = new EcsCalls(calls, clients);
        tasks = new TaskCalls(calls, clients);
        codeDeploy = new CodeDeployCalls(calls, clients);
        elb = new ElbCalls(calls, clients);
        cloudWatch = new CloudWatchCalls(calls, clients);
        alarms = new AlarmCalls(calls, clients);
        logs = new LogsCalls(calls, clients);
        images = new EcrCalls(calls, clients);
    }

    /**
     * Calls nothing yet.
     *
     * @throws AwsFailure of kind INVALID if the region or the endpoint is none
     */
    public static SdkAws open(AwsAccess access) {
        return open(access, Instant::now);
    }

    /**
     * Calls nothing yet.
     *
     * @param clock AWS's present, by which an assumed role's keys are renewed in time
     * @throws AwsFailure of kind INVALID if the region or the endpoint is none
     */
    public static SdkAws open(AwsAccess access, Supplier<Instant> clock) {
        return open(access, clock, serverTime -> {});
    }

    /**
     * The same.
     *
     * @param serverTime told AWS's clock, to the second, by every answer; on the thread that calls
     * @throws AwsFailure of kind INVALID if the region or the endpoint is none
     */
    public static SdkAws open(AwsAccess access, Supplier<Instant> clock, Consumer<Instant> serverTime) {
        SdkConnection connection = new SdkConnection(access, clock, serverTime);
        AssumedRoleKeys role = access.role().map(connection::assumed).orElse(null);
        return new SdkAws(connection, role, new Calls(access, role));
    }

    /**
     * The same AWS as the same role, in a session of another name. It shares the connection of this one, ends with it and needs
     * no closing.
     *
     * @param name as {@link RoleToAssume} has it
     * @return this one where calls are made with the keys themselves
     */
    public SdkAws inSession(String name) {
        return connection
                .access()
                .role()
                .map(role -> connection.assumed(role.inSession(name)))
                .map(role -> new SdkAws(connection, role, calls.as(role)))
                .orElse(this);
    }

    @Override
    public Identity identity() {
        return calls.read("sts:GetCallerIdentity", "the caller's identity", "check the endpoint", () -> {
            GetCallerIdentityResponse answer = clients.sts().getCallerIdentity();
            calls.account(answer.account());
            Instant serverTime = ServerTime.of(answer.sdkHttpResponse()).orElseGet(Instant::now);
            return new Identity(answer.account(), answer.arn(), serverTime);
        });
    }

    @Override
    public Optional<ServiceSeen> service(String cluster, String service) {
        return ecs.service(cluster, service);
    }

    @Override
    public Optional<TaskDefinitionSeen> taskDefinition(String taskDefinition) {
        return ecs.taskDefinition(taskDefinition);
    }

    @Override
    public Optional<String> taskDefinitionJson(String taskDefinition) {
        return ecs.taskDefinitionJson(taskDefinition);
    }

    @Override
    public Map<String, String> taskDefinitionTags(String taskDefinition) {
        return ecs.tags(taskDefinition);
    }

    @Override
    public List<String> activeRevisions(String family) {
        return ecs.activeRevisions(family);
    }

    @Override
    public Set<String> taskDefinitionsInUse(String cluster) {
        return ecs.inUse(cluster);
    }

    @Override
    public void deregisterTaskDefinition(String taskDefinitionArn) {
        ecs.deregister(taskDefinitionArn);
    }

    @Override
    public List<ContainerLogSeen> containerLogs(String taskDefinition) {
        return ecs.containerLogs(taskDefinition);
    }

    @Override
    public TaskDefinitionSeen registerTaskDefinition(String json) {
        return ecs.register(json);
    }

    @Override
    public List<TaskSeen> stoppedTasks(String cluster, String service) {
        return ecs.stoppedTasks(cluster, service);
    }

    @Override
    public String runTask(TaskWanted wanted) {
        return tasks.run(wanted);
    }

    @Override
    public List<TaskRunSeen> tasksStartedBy(String cluster, String family, String startedBy) {
        return tasks.startedBy(cluster, family, startedBy);
    }

    @Override
    public Optional<TaskRunSeen> taskRun(String cluster, String task) {
        return tasks.run(cluster, task);
    }

    @Override
    public void stopTask(String cluster, String task, String reason) {
        tasks.stop(cluster, task, reason);
    }

    @Override
    public Optional<GroupSeen> deploymentGroup(CodeDeployGroup group) {
        return codeDeploy.group(group);
    }

    @Override
    public Optional<ConfigSeen> deploymentConfig(String name) {
        return codeDeploy.config(name);
    }

    @Override
    public List<String> listDeployments(CodeDeployGroup group, Instant from, int most) {
        return codeDeploy.list(group, from, most);
    }

    @Override
    public List<DeploymentSeen> deployments(List<String> ids) {
        return codeDeploy.deployments(ids);
    }

    @Override
    public Optional<TargetSeen> deploymentTarget(String deploymentId, String cluster, String service) {
        return codeDeploy.target(deploymentId, cluster + ":" + service);
    }

    @Override
    public String createDeployment(NewDeployment deployment) {
        return codeDeploy.create(deployment);
    }

    @Override
    public void stopAndRollBack(String deploymentId) {
        codeDeploy.stop(deploymentId);
    }

    @Override
    public void continueDeployment(String deploymentId, Wait wait) {
        codeDeploy.proceed(deploymentId, wait);
    }

    @Override
    public List<ListenerSeen> listeners(List<String> listenerArns) {
        return elb.listeners(listenerArns);
    }

    @Override
    public List<TargetGroupSeen> targetGroups(List<String> names) {
        return elb.targetGroups(names);
    }

    @Override
    public List<TargetHealthSeen> targetHealth(String targetGroupArn) {
        return elb.health(targetGroupArn);
    }

    @Override
    public List<AlarmSeen> alarms(List<String> names) {
        return cloudWatch.alarms(names);
    }

    @Override
    public Optional<List<String>> alarmDifferences(SuccessRateAlarm wanted) {
        return alarms.differences(wanted);
    }

    @Override
    public void createAlarm(SuccessRateAlarm alarm) {
        alarms.create(alarm);
    }

    @Override
    public List<SeriesSeen> metrics(List<MetricWanted> queries, Instant from, Instant to) {
        return cloudWatch.metrics(queries, from, to);
    }

    @Override
    public List<String> logTail(String group, String stream, int lines) {
        return logs.tail(group, stream, lines);
    }

    @Override
    public boolean logGroupExists(String name) {
        return logs.exists(name);
    }

    @Override
    public Optional<String> imageDigest(String image) {
        return images.digest(image);
    }

    @Override
    public Optional<ManifestSeen> imageManifest(String image) {
        return images.manifest(image);
    }

    @Override
    public void close() {
        clients.close();
        connection.close();
    }
}
