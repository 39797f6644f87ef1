package io.jenkins.plugins.ecscanary.bench;

import io.jenkins.plugins.ecscanary.cli.page.PageServer;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The CLI's page server with a recorded deployment that happens again, faster: what {@link PageDocument} loads. */
final class ServingPage {

    private ServingPage() {}

    /** @param args directory of records, record's id, speed; prints {@code page URL} and serves until it is killed */
    public static void main(String[] args) throws Exception {
        List<TimelineEntry> timeline = new RecordStore(Path.of(args[0])).timeline(args[1]);
        double speed = Double.parseDouble(args[2]);
        NavigableMap<Instant, DeploymentView> views = new TreeMap<>();
        for (int i = 1; i <= timeline.size(); i++) {
            DeploymentView view = ViewFold.fold(timeline.subList(0, i));
            views.put(view.lastEventAt(), view);
        }
        Instant first = views.firstKey();
        long begin = System.nanoTime();
        java.util.function.Supplier<Instant> now =
                () -> first.plus(Duration.ofNanos((long) ((System.nanoTime() - begin) * speed)));
        try (PageServer server = PageServer.start(
                0,
                () -> {
                    Map.Entry<Instant, DeploymentView> last = views.floorEntry(now.get());
                    return last == null ? views.firstEntry().getValue() : last.getValue();
                },
                () -> timeline,
                now)) {
            System.out.println("page " + server.uri());
            TimeUnit.HOURS.sleep(1);
        }
    }
}
