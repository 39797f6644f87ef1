package io.jenkins.plugins.ecscanary.localaws.proxy;

import io.jenkins.plugins.ecscanary.localaws.proxy.RouteAction.FixedResponse;
import io.jenkins.plugins.ecscanary.localaws.proxy.RouteAction.Forward;
import io.jenkins.plugins.ecscanary.localaws.proxy.RouteAction.Redirect;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Takes a request in at a listener and does what the first rule that matches says. */
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
        Asked asked = new Asked(request);
        Route route = endpoint.route();
        // Kept-alive connections were opened under what may have been another time-out.
        request.getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .setIdleTimeout(plane.idle(route).toMillis());
        for (int i = 0; i < SNAPSHOTS; i++) {
            RouteAction action = route.action(asked);
            if (!(action instanceof Forward forward)) {
                answer(action, asked, endpoint, route, response, callback);
                return true;
            }
            Optional<Choice> choice = Choice.of(forward, request, plane.seal());
            if (choice.isPresent()) {
                choice.get().pool().meter().chosen();
                new Exchange(plane.upstream(endpoint), route, choice.get(), request, response, callback).start();
                return true;
            }
            Route newer = endpoint.route();
            if (newer == route) {
                break;
            }
            route = newer;
        }
        route.meter().generated(GeneratedResponse.UNAVAILABLE.status());
        GeneratedResponse.UNAVAILABLE.send(request, response, callback);
        return true;
    }

    /**
     * A redirect counts as a code of the load balancer's; whether AWS counts a fixed response as one, too, is not
     * documented: here it does.
     */
    private static void answer(
            RouteAction action, Asked asked, Endpoint endpoint, Route route, Response response, Callback callback) {
        if (action instanceof Redirect redirect) {
            route.meter().generated(redirect.status());
            PlainResponse.redirect(redirect, redirect.location(asked, endpoint.port()))
                    .send(asked.request(), response, callback);
        } else if (action instanceof FixedResponse fixed) {
            route.meter().generated(fixed.status());
            PlainResponse.of(fixed).send(asked.request(), response, callback);
        }
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
