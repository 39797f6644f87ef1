package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Takes a request in at a listener, chooses a group by weight and a backend in turn, and sends it there. */
final class ListenerHandler extends Handler.Abstract.NonBlocking {

    /** A snapshot's last backend may retire between reading the snapshot and entering; a newer one is published by then. */
    private static final int SNAPSHOTS = 3;

    private final DataPlane plane;

    ListenerHandler(DataPlane plane) {
        this.plane = plane;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Endpoint endpoint = plane.endpoint(request.getConnectionMetaData().getConnector());
        Optional<GeneratedResponse> refusal = refusal(request);
        if (refusal.isPresent()) {
            endpoint.route().meter().generated(refusal.get().status());
            refusal.get().send(request, response, callback);
            return true;
        }
        Route route = endpoint.route();
        Optional<BackendPool> pool = route.next();
        for (int i = 0; i < SNAPSHOTS && pool.isPresent(); i++) {
            Optional<Backend> backend = pool.get().acquire();
            if (backend.isPresent()) {
                pool.get().meter().chosen();
                new Exchange(plane.upstream(endpoint), route, pool.get(), backend.get(), request, response, callback)
                        .start();
                return true;
            }
            Route newer = endpoint.route();
            if (newer == route) {
                break;
            }
            route = newer;
            pool = route.next();
        }
        route.meter().generated(GeneratedResponse.UNAVAILABLE.status());
        GeneratedResponse.UNAVAILABLE.send(request, response, callback);
        return true;
    }

    /**
     * What no target gets to see: TRACE and CONNECT, as on AWS; upgrades, which are not proxied; and paths that begin with
     * two slashes, which the client library would take for a host and thereby change.
     */
    private static Optional<GeneratedResponse> refusal(Request request) {
        String path = request.getHttpURI().getPathQuery();
        if ("TRACE".equals(request.getMethod())) {
            return Optional.of(GeneratedResponse.METHOD_NOT_ALLOWED);
        }
        if ("CONNECT".equals(request.getMethod()) || path == null || path.startsWith("//")) {
            return Optional.of(GeneratedResponse.BAD_REQUEST);
        }
        return "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE))
                ? Optional.of(GeneratedResponse.UPGRADE_UNSUPPORTED)
                : Optional.empty();
    }
}
