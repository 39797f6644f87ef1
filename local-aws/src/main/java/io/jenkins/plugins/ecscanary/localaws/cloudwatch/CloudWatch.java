package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.wire.ServiceApi;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CloudWatch: metrics with AWS's publishing delay, metric math, and alarms that are really evaluated. */
public final class CloudWatch implements AlarmSource {

    private final AlarmBook book;
    private final KeptCloudWatch kept;
    private final List<Operation<?, ?>> operations = new ArrayList<>();

    /** @param store filled by {@link AlbMetrics} and {@link EmbeddedMetrics} too */
    public CloudWatch(World world, MetricStore store, CloudWatchSettings settings) {
        book = new AlarmBook(world);
        AlarmHistory history = new AlarmHistory(world);
        AlarmEvaluator evaluator = new AlarmEvaluator(world, store, settings, book, history);
        kept = new KeptCloudWatch(world, store, book, history, evaluator);
        operations.addAll(new AlarmOperations(world, book, evaluator, history).operations());
        operations.addAll(new AlarmQueries(book, history).operations());
        operations.addAll(new AlarmTags(book).operations());
        operations.addAll(new MetricOperations(world, store).operations());
        operations.add(new MetricStatistics(store).operation());
        operations.add(new PutMetricData(world, store, settings.putDelay()).operation());
    }

    /** The operations on the wire: AWS Query, version 2010-08-01, AWS JSON 1.0 (new AWS CLIs), and Smithy RPC v2 CBOR. */
    public ServiceApi api() {
        return new ServiceApi(
                "monitoring",
                "GraniteServiceVersion20100801",
                "2010-08-01",
                "http://monitoring.amazonaws.com/doc/2010-08-01/",
                "GraniteServiceVersion20100801",
                ServiceApi.Members.UPPER_CAMEL,
                List.copyOf(operations));
    }

    /** Alarms with their states and history, and the metrics' last three hours. */
    public Kept<?> kept() {
        return kept;
    }

    @Override
    public Optional<AlarmView> alarm(String name) {
        return book.alarm(name)
                .map(alarm ->
                        new AlarmView(alarm.name, alarm.state.name(), alarm.reason.sentence(), alarm.stateUpdated));
    }
}
