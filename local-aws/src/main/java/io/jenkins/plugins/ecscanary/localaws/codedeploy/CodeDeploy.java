package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmSource;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.wire.ServiceApi;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.List;
import java.util.stream.Stream;

/** CodeDeploy for ECS: blue/green deployments with shifted traffic, alarms and rollbacks. */
public final class CodeDeploy {

    private final List<Operation<?, ?>> operations;

    public CodeDeploy(
            World world, ServiceControl ecs, LoadBalancing elb, AlarmSource alarms, CodeDeployTimings timings) {
        Applications applications = new Applications();
        Deployments deployments = new Deployments(world, ecs, elb, alarms, timings);
        operations = Stream.of(
                        new ApplicationOperations(world, applications).operations(),
                        new GroupOperations(world, ecs, elb, applications).operations(),
                        new DeploymentOperations(world, applications, deployments, alarms).operations(),
                        new TargetOperations(ecs, elb, deployments).operations())
                .<Operation<?, ?>>flatMap(List::stream)
                .toList();
    }

    public ServiceApi api() {
        return ServiceApi.json("codedeploy", "CodeDeploy_20141006", operations);
    }
}
