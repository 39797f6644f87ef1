package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.RedirectProtocolHandler;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The load balancers' data plane: real HTTP/1.1 on loopback. It knows sockets, snapshots and meters; it does not know the
 * control plane and never takes its lock.
 */
public final class DataPlane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataPlane.class);
    private static final int THREADS = 64;
    /** The load balancer's own limit for all headers together. */
    private static final int HEADER_BYTES = 64 * 1024;

    private static final int CONNECTIONS_PER_TARGET = 4096;

    private final ProxySettings settings;
    private final Server server;
    private final HttpClient client;
    private final CookieSeal seal;
    private final Map<Connector, Endpoint> endpoints = new ConcurrentHashMap<>();

    /** Starts the threads; sockets are opened by {@link #open}. */
    public DataPlane(ProxySettings settings) {
        this(settings, InstantSource.system());
    }

    /** @param clock by which cookies expire: clients keep them by the wall clock */
    DataPlane(ProxySettings settings, InstantSource clock) {
        this.settings = settings;
        this.seal = new CookieSeal(clock);
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("elb");
        threads.setDaemon(true);
        server = new Server(threads);
        server.setHandler(new ListenerHandler(this));
        client = new HttpClient(transport(threads));
        client.setExecutor(threads);
        client.setConnectTimeout(settings.connect().toMillis());
        client.setIdleTimeout(settings.pooled().toMillis());
        client.setDestinationIdleTimeout(settings.pooled().toMillis() * 2);
        client.setMaxConnectionsPerDestination(CONNECTIONS_PER_TARGET);
        client.setMaxRequestHeadersSize(HEADER_BYTES * 2);
        client.setMaxResponseHeadersSize(HEADER_BYTES);
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        start(server);
        start(client);
        // A proxy passes these on; following or unpacking them would be the client's business.
        client.getContentDecoderFactories().clear();
        client.getProtocolHandlers().remove(RedirectProtocolHandler.NAME);
        client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
        client.getProtocolHandlers().remove(ProxyAuthenticationProtocolHandler.NAME);
    }

    private static HttpClientTransportOverHTTP transport(QueuedThreadPool threads) {
        ClientConnector connector = new ClientConnector();
        connector.setExecutor(threads);
        connector.setSelectors(1);
        return new HttpClientTransportOverHTTP(connector);
    }

    /**
     * Opens a listener's socket on 127.0.0.1.
     *
     * @param port to bind, 0 for one the system picks
     * @param listenerPort as configured, told to targets
     * @throws IOException if the port can't be bound
     */
    public Endpoint open(int port, int listenerPort, Route route) throws IOException {
        HttpConfiguration config = new HttpConfiguration();
        config.setSendServerVersion(false);
        config.setSendDateHeader(false);
        config.setRequestHeaderSize(HEADER_BYTES);
        config.setResponseHeaderSize(HEADER_BYTES * 2);
        // Paths are the targets' to judge: they pass as they came.
        config.setUriCompliance(UriCompliance.UNSAFE);
        ServerConnector connector = new ServerConnector(server, 0, 1, new HttpConnectionFactory(config));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setAcceptQueueSize(1024);
        connector.setIdleTimeout(settings.idle().toMillis());
        connector.open();
        Endpoint endpoint = new Endpoint(connector.getLocalPort(), listenerPort, route, () -> close(connector));
        endpoints.put(connector, endpoint);
        server.addConnector(connector);
        start(connector);
        return endpoint;
    }

    private void close(ServerConnector connector) {
        LifeCycle.stop(connector);
        server.removeConnector(connector);
        endpoints.remove(connector);
    }

    /** Closes every connection to a backend, cutting what may still be in flight. */
    public void forget(Backend backend) {
        backend.cut();
        for (Destination destination : client.getDestinations()) {
            if (destination.getOrigin().getTag() == backend && client.removeDestination(destination)) {
                LifeCycle.stop(destination);
            }
        }
    }

    public HealthProbe probe() {
        return new HttpHealthProbe(client);
    }

    Endpoint endpoint(Connector connector) {
        return endpoints.get(connector);
    }

    Upstream upstream(Endpoint endpoint) {
        return new Upstream(client, settings, seal, endpoint.listenerPort());
    }

    Duration idle(Route route) {
        return settings.idle(route);
    }

    CookieSeal seal() {
        return seal;
    }

    @Override
    public void close() {
        for (Connector connector : server.getConnectors()) {
            stop(connector);
        }
        stop(client);
        stop(server);
    }

    private static void stop(LifeCycle part) {
        try {
            part.stop();
        } catch (Exception e) {
            LOG.warn("{} did not stop cleanly", part, e);
        }
    }

    private static void start(LifeCycle part) {
        LifeCycle.start(part);
    }

    /** What a request needs on its way to a target. */
    record Upstream(HttpClient client, ProxySettings settings, CookieSeal seal, int listenerPort) {}
}
