package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.proxy.DataPlane;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe;
import io.jenkins.plugins.ecscanary.localaws.proxy.RecordingMeter;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Load balancing with health told by the test, for other packages' tests. */
public final class ManualElb {

    private ManualElb() {}

    /** @param status what a target answers to a health check, by its path */
    public static Elb start(World world, Function<String, Integer> status) {
        ElbSettings settings = ElbSettings.defaults();
        return new Elb(
                world,
                PortMapping.systemPicked(),
                new RecordingMeter(),
                settings,
                new DataPlane(settings.proxy()),
                (ip, port, path, timeout) ->
                        CompletableFuture.completedFuture(new HealthProbe.Answered(status.apply(path))));
    }
}
