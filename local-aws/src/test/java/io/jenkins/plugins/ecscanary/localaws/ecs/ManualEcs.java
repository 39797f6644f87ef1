package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecr.ImageStore;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import io.jenkins.plugins.ecscanary.localaws.logs.Logs;
import io.jenkins.plugins.ecscanary.localaws.world.World;

/** ECS without processes for other packages' tests: containers listen, and all happens in the test's thread. */
public final class ManualEcs {

    private ManualEcs() {}

    public static Ecs start(World world, LoadBalancing loadBalancing, ImageStore images, Logs logs) {
        FakeRuntime runtime = new FakeRuntime();
        return new Ecs(
                world, loadBalancing, images, logs, runtime, Timings.fargate(), runtime, Runnable::run, () -> {});
    }
}
