package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.wire.ServiceApi;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CloudWatch: metrics with AWS's publishing delay, metric math, and alarms that are really evaluated. */
public final class CloudWatch implements AlarmSource {

    private final AlarmOperations alarms;
    private final List<Operation<?, ?>> operations = new ArrayList<>();

    /** @param store filled by {@link AlbMetrics} */
    public CloudWatch(World world, MetricStore store, CloudWatchSettings settings) {
        alarms = new AlarmOperations(world, new AlarmEvaluator(world, store, settings));
        operations.addAll(alarms.operations());
        operations.addAll(new MetricOperations(store).operations());
    }

    /** The operations on the wire: AWS Query, version 2010-08-01, and Smithy RPC v2 CBOR. */
    public ServiceApi api() {
        return new ServiceApi(
                "monitoring",
                null,
                "2010-08-01",
                "http://monitoring.amazonaws.com/doc/2010-08-01/",
                "GraniteServiceVersion20100801",
                ServiceApi.Members.UPPER_CAMEL,
                List.copyOf(operations));
    }

    @Override
    public Optional<AlarmView> alarm(String name) {
        return alarms.alarm(name)
                .map(alarm ->
                        new AlarmView(alarm.name, alarm.state.name(), alarm.reason.sentence(), alarm.stateUpdated));
    }
}
