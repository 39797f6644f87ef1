package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmSource;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import io.jenkins.plugins.ecscanary.localaws.function.Functions;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.wire.ServiceApi;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.List;
import java.util.stream.Stream;

/** CodeDeploy for ECS: blue/green deployments with shifted traffic, hooks, alarms and rollbacks. */
public final class CodeDeploy {

    private final List<Operation<?, ?>> operations;
    private final Kept<?> kept;

    /** One in which no function is mapped: a deployment whose AppSpec has hooks fails at the first. */
    public CodeDeploy(
            World world, ServiceControl ecs, LoadBalancing elb, AlarmSource alarms, CodeDeployTimings timings) {
        this(world, ecs, elb, alarms, Functions.NONE, timings);
    }

    public CodeDeploy(
            World world,
            ServiceControl ecs,
            LoadBalancing elb,
            AlarmSource alarms,
            Functions functions,
            CodeDeployTimings timings) {
        Tags tags = new Tags(world);
        Applications applications = new Applications();
        DeploymentConfigs configs = new DeploymentConfigs();
        Deployments deployments = new Deployments(new Neighbours(world, ecs, elb, alarms, functions, timings));
        GroupRules rules = new GroupRules(ecs, elb, applications, configs);
        operations = Stream.of(
                        new ApplicationOperations(world, applications, tags).operations(),
                        new GroupOperations(world, applications, rules, tags).operations(),
                        new TagOperations(applications, tags).operations(),
                        new ConfigOperations(world, configs, applications, deployments).operations(),
                        new DeploymentOperations(world, applications, configs, deployments, alarms).operations(),
                        new HookOperations(deployments).operations(),
                        new TargetOperations(ecs, elb, deployments).operations())
                .<Operation<?, ?>>flatMap(List::stream)
                .toList();
        kept = new KeptCodeDeploy(world, applications, configs, deployments, tags);
    }

    public ServiceApi api() {
        return ServiceApi.json("codedeploy", "CodeDeploy_20141006", operations);
    }

    /** What is kept across restarts; restored after what ECS and load balancing keep. */
    public Kept<?> kept() {
        return kept;
    }
}
