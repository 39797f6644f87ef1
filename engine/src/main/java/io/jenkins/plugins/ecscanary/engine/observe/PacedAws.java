package io.jenkins.plugins.ecscanary.engine.observe;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.SuccessRateAlarm;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * AWS for whoever starts deployments: each call waits for its turn in the {@link CallBudget}, so that hundreds of starts at
 * once are slow rather than throttled. What is urgent, stopping and continuing, never waits, and neither do calls whose rates
 * are out of reach. Not for the observation, which plans its calls ahead.
 */
public final class PacedAws implements Aws {

    private final Aws aws;
    private final Aws acting;
    private final CallBudget budget;
    private final EngineTime time;
    private final Set<CountDownLatch> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param aws closed by {@link #close} */
    public PacedAws(Aws aws, CallBudget budget, EngineTime time) {
        this(aws, aws, budget, time);
    }

    /**
     * @param aws who reads, for all alike; closed by {@link #close}
     * @param acting who changes something; the same AWS, perhaps under another name
     */
    public PacedAws(Aws aws, Aws acting, CallBudget budget, EngineTime time) {
        this.aws = aws;
        this.acting = acting;
        this.budget = budget;
        this.time = time;
    }

    private void turn(StartCall call) {
        while (true) {
            CountDownLatch over = new CountDownLatch(1);
            waiting.add(over);
            try {
                if (closed) {
                    throw unsent("there is no AWS to call any more: the engine was closed", null);
                }
                Duration wait = budget.take(call, time.now());
                if (wait.isZero()) {
                    return;
                }
                await(over, time.after(wait, over::countDown));
            } finally {
                waiting.remove(over);
            }
        }
    }

    private static void await(CountDownLatch over, EngineTime.Timer timer) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unsent("a call was interrupted while it waited for its turn", e);
        } finally {
            timer.cancel();
        }
    }

    private static AwsFailure unsent(String why, Exception cause) {
        return new AwsFailure(AwsFailure.Kind.UNREACHABLE, why + "; nothing was sent", null, null, false, cause);
    }

    @Override
    public Identity identity() {
        return acting.identity();
    }

    @Override
    public Optional<ServiceSeen> service(String cluster, String service) {
        turn(StartCall.SERVICES);
        return aws.service(cluster, service);
    }

    @Override
    public Optional<TaskDefinitionSeen> taskDefinition(String taskDefinition) {
        turn(StartCall.TASK_DEFINITIONS);
        return aws.taskDefinition(taskDefinition);
    }

    @Override
    public TaskDefinitionSeen registerTaskDefinition(String json) {
        turn(StartCall.REGISTER_TASK_DEFINITION);
        return acting.registerTaskDefinition(json);
    }

    @Override
    public Optional<String> taskDefinitionJson(String taskDefinition) {
        turn(StartCall.TASK_DEFINITIONS);
        return aws.taskDefinitionJson(taskDefinition);
    }

    @Override
    public Map<String, String> taskDefinitionTags(String taskDefinition) {
        turn(StartCall.TASK_DEFINITIONS);
        return aws.taskDefinitionTags(taskDefinition);
    }

    @Override
    public List<String> activeRevisions(String family) {
        turn(StartCall.TASK_DEFINITIONS);
        return aws.activeRevisions(family);
    }

    @Override
    public Set<String> taskDefinitionsInUse(String cluster) {
        turn(StartCall.SERVICES);
        return aws.taskDefinitionsInUse(cluster);
    }

    @Override
    public void deregisterTaskDefinition(String taskDefinitionArn) {
        turn(StartCall.REGISTER_TASK_DEFINITION);
        acting.deregisterTaskDefinition(taskDefinitionArn);
    }

    @Override
    public List<ContainerLogSeen> containerLogs(String taskDefinition) {
        turn(StartCall.TASK_DEFINITIONS);
        return aws.containerLogs(taskDefinition);
    }

    @Override
    public Optional<List<String>> alarmDifferences(SuccessRateAlarm wanted) {
        turn(StartCall.ALARMS);
        return aws.alarmDifferences(wanted);
    }

    @Override
    public void createAlarm(SuccessRateAlarm alarm) {
        turn(StartCall.PUT_ALARM);
        acting.createAlarm(alarm);
    }

    @Override
    public boolean logGroupExists(String name) {
        return aws.logGroupExists(name);
    }

    @Override
    public List<TaskSeen> stoppedTasks(String cluster, String service) {
        turn(StartCall.TASKS);
        return aws.stoppedTasks(cluster, service);
    }

    @Override
    public String runTask(TaskWanted wanted) {
        turn(StartCall.TASKS);
        return acting.runTask(wanted);
    }

    @Override
    public List<TaskRunSeen> tasksStartedBy(String cluster, String family, String startedBy) {
        turn(StartCall.TASKS);
        return aws.tasksStartedBy(cluster, family, startedBy);
    }

    @Override
    public Optional<TaskRunSeen> taskRun(String cluster, String task) {
        turn(StartCall.TASKS);
        return aws.taskRun(cluster, task);
    }

    @Override
    public void stopTask(String cluster, String task, String reason) {
        acting.stopTask(cluster, task, reason);
    }

    @Override
    public Optional<GroupSeen> deploymentGroup(CodeDeployGroup group) {
        turn(StartCall.CODE_DEPLOY_READ);
        return aws.deploymentGroup(group);
    }

    @Override
    public Optional<ConfigSeen> deploymentConfig(String name) {
        turn(StartCall.CODE_DEPLOY_READ);
        return aws.deploymentConfig(name);
    }

    @Override
    public List<String> listDeployments(CodeDeployGroup group, Instant from, int most) {
        turn(StartCall.CODE_DEPLOY_READ);
        return aws.listDeployments(group, from, most);
    }

    @Override
    public List<DeploymentSeen> deployments(List<String> ids) {
        if (!ids.isEmpty()) { // otherwise no call is made
            turn(StartCall.CODE_DEPLOY_READ);
        }
        return aws.deployments(ids);
    }

    @Override
    public Optional<TargetSeen> deploymentTarget(String deploymentId, String cluster, String service) {
        turn(StartCall.CODE_DEPLOY_READ);
        return aws.deploymentTarget(deploymentId, cluster, service);
    }

    @Override
    public String createDeployment(NewDeployment deployment) {
        turn(StartCall.CREATE_DEPLOYMENT);
        return acting.createDeployment(deployment);
    }

    @Override
    public void stopAndRollBack(String deploymentId) {
        acting.stopAndRollBack(deploymentId);
    }

    @Override
    public void continueDeployment(String deploymentId, Wait wait) {
        acting.continueDeployment(deploymentId, wait);
    }

    @Override
    public List<ListenerSeen> listeners(List<String> listenerArns) {
        turn(StartCall.LOAD_BALANCING);
        return aws.listeners(listenerArns);
    }

    @Override
    public List<TargetGroupSeen> targetGroups(List<String> names) {
        turn(StartCall.LOAD_BALANCING);
        return aws.targetGroups(names);
    }

    @Override
    public List<TargetHealthSeen> targetHealth(String targetGroupArn) {
        turn(StartCall.LOAD_BALANCING);
        return aws.targetHealth(targetGroupArn);
    }

    @Override
    public List<AlarmSeen> alarms(List<String> names) {
        turn(StartCall.ALARMS);
        return aws.alarms(names);
    }

    @Override
    public List<SeriesSeen> metrics(List<MetricWanted> queries, Instant from, Instant to) {
        return aws.metrics(queries, from, to);
    }

    @Override
    public List<String> logTail(String group, String stream, int lines) {
        return aws.logTail(group, stream, lines);
    }

    @Override
    public Optional<String> imageDigest(String image) {
        return aws.imageDigest(image);
    }

    @Override
    public Optional<ManifestSeen> imageManifest(String image) {
        return aws.imageManifest(image);
    }

    /** Whoever waits for its turn, on a thread of its own perhaps, fails: the clock that would wake it up stands still. */
    @Override
    public void close() {
        closed = true;
        waiting.forEach(CountDownLatch::countDown);
        aws.close();
    }
}
