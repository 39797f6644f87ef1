package io.jenkins.plugins.ecscanary.localaws.proxy;

/** A listener's socket on loopback, and the route its requests take. */
public final class Endpoint implements AutoCloseable {

    /** Stops accepting and closes what is open. */
    @FunctionalInterface
    interface Closing {
        void close(Endpoint endpoint);
    }

    private final int port;
    private final int listenerPort;
    private final Closing closing;
    private volatile Route route;

    Endpoint(int port, int listenerPort, Route route, Closing closing) {
        this.port = port;
        this.listenerPort = listenerPort;
        this.route = route;
        this.closing = closing;
    }

    /** The port really bound on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The port as the listener's configuration has it, told to targets in {@code X-Forwarded-Port}. */
    int listenerPort() {
        return listenerPort;
    }

    Route route() {
        return route;
    }

    /** Publishes a new snapshot: the next request takes it. */
    public void route(Route next) {
        route = next;
    }

    @Override
    public void close() {
        closing.close(this);
    }
}
