package io.jenkins.plugins.ecscanary.bench;

import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.elb.ElbSettings;
import io.jenkins.plugins.ecscanary.localaws.wire.AccessKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An account with hundreds of services that are ready to be deployed to: all their tasks are sockets of one thread. */
final class ManyServices {

    /** Checks of a thousand targets many times a second are not what is measured. */
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(3);

    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);

    private ManyServices() {}

    static LocalAwsOptions options(Path directory, double speed) throws IOException {
        ElbSettings elb = ElbSettings.defaults();
        return LocalAwsOptions.in(directory)
                .withSpeed(speed)
                .withTaskRuntime(new SelectorTasks())
                .withElbSettings(new ElbSettings(elb.proxy(), CHECK_INTERVAL, CHECK_TIMEOUT, Duration.ofSeconds(60)))
                .withAccessKeys(AccessKeys.of(Map.of("bench", "bench")));
    }

    /** Returns when all of them are steady. */
    static void furnish(LocalAws aws, int many, int terminationWaitMinutes) throws IOException {
        SharedBalancers balancers = new SharedBalancers(aws);
        List<Furnished> services = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            services.add(Furnished.in(aws, balancers, i, terminationWaitMinutes));
        }
        for (Furnished service : services) {
            aws.steady(service.cluster(), service.name()).toCompletableFuture().join();
        }
        System.err.println(many + " services are steady");
    }
}
