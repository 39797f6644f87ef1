package io.jenkins.plugins.ecscanary.cli.page;

import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The live page of one deployment on this machine's loopback address, while the deployment is followed. */
public final class PageServer implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final Server server;
    private final int port;
    private final Readers readers;

    private PageServer(Server server, int port, Readers readers) {
        this.server = server;
        this.port = port;
        this.readers = readers;
    }

    /**
     * @param port 0 lets the system pick one
     * @param view the deployment, asked at each poll
     * @param timeline its events so far, asked for when it is replayed
     * @param now AWS's present
     * @throws IOException if the port can't be had
     */
    public static PageServer start(
            int port, Supplier<DeploymentView> view, Supplier<List<TimelineEntry>> timeline, Supplier<Instant> now)
            throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(8, 1);
        threads.setName("page");
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(LOOPBACK);
        connector.setPort(port);
        server.addConnector(connector);
        Readers readers = new Readers();
        server.setHandler(new LoopbackOnly(new PageHandler(view, timeline, now, readers)));
        try {
            server.start();
        } catch (Exception e) {
            LifeCycle.stop(server);
            throw new IOException(
                    "the page can't be served on " + LOOPBACK + ":" + port + " (" + e.getMessage()
                            + "); choose another --port, or --no-page",
                    e);
        }
        return new PageServer(server, connector.getLocalPort(), readers);
    }

    public URI uri() {
        return URI.create("http://" + LOOPBACK + ":" + port + "/");
    }

    /** Gives an open page the chance to read the end of the story; returns at once where nobody is looking. */
    public void awaitLastRead(Duration most) throws InterruptedException {
        readers.awaitLastRead(most);
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }
}
