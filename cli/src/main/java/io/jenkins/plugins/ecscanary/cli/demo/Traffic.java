package io.jenkins.plugins.ecscanary.cli.demo;

import java.net.ConnectException;
import java.net.URI;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Users, as a load balancer sees them: requests at a steady rate whether or not earlier ones were answered (an open loop,
 * so that a slow answer does not slow the users down and hide itself). A request is never sent a second time.
 */
public final class Traffic implements AutoCloseable {

    /** The sample service's page names its version there. */
    private static final Pattern VERSION = Pattern.compile("<title>Version ([^<]{1,100})</title>");

    private static final long TIMEOUT_SECONDS = 15;
    private static final int CONNECTIONS = 64;
    private static final int QUEUE = 100_000;

    private final URI target;
    private final HttpClient client = new HttpClient();
    private final ScheduledThreadPoolExecutor clock;
    private Tally current = new Tally();

    private Traffic(URI target) {
        this.target = target;
        QueuedThreadPool threads = new QueuedThreadPool(8, 1);
        threads.setName("traffic");
        threads.setDaemon(true);
        client.setExecutor(threads);
        client.setMaxConnectionsPerDestination(CONNECTIONS);
        client.setMaxRequestsQueuedPerDestination(QUEUE);
        client.setFollowRedirects(false);
        clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "traffic-clock");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param perSecond requests in each second of wall-clock time */
    public static Traffic start(URI target, int perSecond) {
        Traffic traffic = new Traffic(target);
        LifeCycle.start(traffic.client);
        long period = TimeUnit.SECONDS.toNanos(1) / perSecond;
        traffic.clock.scheduleAtFixedRate(traffic::send, 0, period, TimeUnit.NANOSECONDS);
        return traffic;
    }

    /** From now on requests count here. */
    public synchronized Tally next() {
        current = new Tally();
        return current;
    }

    /** One step, so that a tally that was replaced knows of all its requests. */
    private synchronized Tally counted() {
        current.sent();
        return current;
    }

    private void send() {
        Tally tally = counted();
        client.newRequest(target)
                .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .send(new BufferingResponseListener(64 * 1024) {
                    @Override
                    public void onComplete(Result result) {
                        count(tally, result, getContentAsString());
                    }
                });
    }

    private static void count(Tally tally, Result result, String body) {
        if (result.isFailed()) {
            tally.failed(kind(result.getFailure()));
        } else if (result.getResponse().getStatus() != 200) {
            tally.failed("HTTP " + result.getResponse().getStatus());
        } else {
            Matcher matcher = VERSION.matcher(body == null ? "" : body);
            if (matcher.find()) {
                tally.succeeded(matcher.group(1));
            } else {
                tally.failed("an answer that names no version");
            }
        }
    }

    private static String kind(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "timed out";
        }
        return failure instanceof ConnectException
                ? "connection refused"
                : failure.getClass().getSimpleName();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        LifeCycle.stop(client);
    }
}
