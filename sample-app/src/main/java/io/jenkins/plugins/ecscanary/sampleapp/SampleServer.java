package io.jenkins.plugins.ecscanary.sampleapp;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.FilterMapping;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The service: {@code /}, {@code /health}, {@code /version} and {@code /metrics} on one port, from {@link #start()} to {@link #drain()}.
 */
public final class SampleServer implements AutoCloseable {

    /** Longer than a load balancer's (ALB: 60 s): it is to be the side that closes, so it never writes to a closed connection. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);

    /** After the last page: for other responses that are just being sent, and for connections to close. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private static final Duration CLOSE_IDLE_AFTER = Duration.ofMillis(100);

    private final Settings settings;
    private final DrainTimes drainTimes;
    private final EventLog log;
    private final Timer timer;
    private final Readiness readiness = new Readiness();
    private final Server server;
    private final ServerConnector connector;
    private final ServletContextHandler servlets = new ServletContextHandler(ServletContextHandler.NO_SESSIONS);
    private final PageRequests.Graceful pages;

    /** As it runs in production. */
    public SampleServer(Settings settings, EventLog log) {
        this(settings, Limits.DEFAULT, DrainTimes.DEFAULT, log, null);
    }

    /** @param timer for added latency, delays and the end of answering while draining; null for one that goes by the time */
    SampleServer(Settings settings, Limits limits, DrainTimes drainTimes, EventLog log, Timer timer) {
        this.settings = settings;
        this.drainTimes = drainTimes;
        this.log = log;
        this.server = new Server(threads(limits));
        this.timer = timer != null ? timer : this::onScheduler;
        Page page = new Page(settings);
        this.connector = connector(page);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.connections(), server));
        server.setErrorHandler(new Errors());
        server.setStopTimeout(LAST_WORDS.toMillis());

        RequestMetrics metrics = new RequestMetrics();
        addServlets(metrics, page);
        Handler handler = new PageRequests.Overload(servlets, limits);
        if (!settings.faults().latency().isZero()) {
            handler = new LatencyFault(handler, this.timer, settings.faults().latency());
        }
        this.pages = new PageRequests.Graceful(handler);
        Handler observed = new CloseWhileDraining(pages, readiness);
        server.setHandler(new RequestObserver(observed, metrics, new AccessLog(log, Clock.systemUTC())));
    }

    private void onScheduler(Duration delay, Runnable task) {
        server.getScheduler().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static QueuedThreadPool threads(Limits limits) {
        // Its queue needs no bound of its own, of which Jetty warns: a connection has at most one job in it, and those
        // are limited.
        QueuedThreadPool pool = new QueuedThreadPool(limits.threads(), Math.min(4, limits.threads()));
        pool.setName("http");
        return pool;
    }

    private ServerConnector connector(Page page) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.addCustomizer(new ResponseHeaders(page));
        ServerConnector socket = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        socket.setHost(settings.host());
        socket.setPort(settings.port());
        socket.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        socket.setShutdownIdleTimeout(CLOSE_IDLE_AFTER.toMillis());
        return socket;
    }

    private void addServlets(RequestMetrics metrics, Page page) {
        servlets.addServlet(new ServletHolder(new HealthServlet(readiness)), Route.HEALTH.path);
        servlets.addServlet(new ServletHolder(new VersionServlet(settings)), Route.VERSION.path);
        servlets.addServlet(
                new ServletHolder(new MetricsServlet(new PrometheusText(settings, metrics))), Route.METRICS.path);
        ServletHolder onPage = new ServletHolder("page", new PageServlet(page));
        servlets.addServlet(onPage, Route.PAGE.path);
        int errorsPerMillion = settings.faults().errorsPerMillion();
        if (errorsPerMillion > 0) {
            FilterMapping toPage = new FilterMapping();
            toPage.setFilterName("error-fault");
            toPage.setServletName(onPage.getName());
            FilterHolder fault = new FilterHolder(new ErrorFault(errorsPerMillion));
            fault.setName(toPage.getFilterName());
            servlets.getServletHandler().addFilter(fault, toPage);
        }
    }

    /** For tests to add a page that takes as long as they like; before {@link #start()}. */
    ServletContextHandler servlets() {
        return servlets;
    }

    /**
     * Opens the port and becomes ready, at once or after the start-up delay.
     *
     * @throws Exception when the port cannot be had, and whatever else Jetty cannot start with
     */
    public void start() throws Exception {
        server.start();
        log.event("start")
                .with("host", settings.host())
                .with("port", port())
                .with("version", settings.version())
                .with("image", settings.image())
                .with("instance", settings.instance())
                .with("faults", settings.faults().descriptions())
                .write();
        Duration delay = settings.faults().startupDelay();
        if (delay.isZero()) {
            ready();
        } else {
            timer.after(delay, this::ready);
        }
    }

    private void ready() {
        if (!readiness.becomeReady()) {
            return;
        }
        log.event("ready").with("port", port()).write();
        settings.faults().unhealthyAfter().ifPresent(after -> timer.after(after, this::unhealthy));
    }

    private void unhealthy() {
        if (readiness.becomeUnhealthy()) {
            log.event("unhealthy").with("reason", "FAULT_UNHEALTHY_AFTER_S").write();
        }
    }

    /** @return the port listened on, also where the system was to pick one */
    public int port() {
        return connector.getLocalPort();
    }

    /**
     * Ends the service: health turns 503 at once, new page requests are answered for a moment longer, those in flight finish within
     * their time, then everything is closed. Returns when that is done.
     *
     * @return how many page requests had to be cut off
     * @throws Exception when Jetty cannot stop cleanly; the port is closed nevertheless
     */
    public long drain() throws Exception {
        if (!readiness.becomeDraining()) {
            return 0;
        }
        long cutOff = 0;
        if (server.isStarted()) {
            log.event("draining").with("in_flight", pages.inFlight()).write();
            cutOff = finishPages();
        }
        if (cutOff > 0) {
            // They had their time; more of it would only bring the SIGKILL nearer.
            server.setStopTimeout(0);
        }
        server.stop();
        log.event("stopped").with("cut_off", cutOff).write();
        return cutOff;
    }

    private long finishPages() throws Exception {
        CompletableFuture<Void> answeredNew = new CompletableFuture<>();
        CompletableFuture<Void> finished = answeredNew.thenCompose(done -> pages.shutdown());
        timer.after(drainTimes.answerNew(), () -> answeredNew.complete(null));
        try {
            finished.get(drainTimes.finishWithin().toMillis(), TimeUnit.MILLISECONDS);
            return 0;
        } catch (TimeoutException e) {
            return pages.inFlight();
        }
    }

    /** Stops at once, without draining. */
    @Override
    public void close() {
        server.setStopTimeout(0);
        LifeCycle.stop(server);
    }
}
