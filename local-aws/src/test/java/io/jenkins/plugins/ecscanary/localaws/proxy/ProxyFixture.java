package io.jenkins.plugins.ecscanary.localaws.proxy;

import io.jenkins.plugins.ecscanary.localaws.proxy.TrafficMeter.LoadBalancerMeter;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A listener on a port the system picked, in front of target groups {@code a} and {@code b}. */
final class ProxyFixture implements AutoCloseable {

    final RecordingMeter meter = new RecordingMeter();
    final DataPlane plane;
    final Endpoint endpoint;
    private final LoadBalancerMeter loadBalancer = meter.loadBalancer("app/web/1");
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ProxyFixture(Backend... backends) throws IOException {
        this(ProxySettings.defaults(), backends);
    }

    ProxyFixture(ProxySettings settings, Backend... backends) throws IOException {
        plane = new DataPlane(settings);
        endpoint = plane.open(0, 80, route(Map.of("a", List.of(backends)), Map.of("a", 1)));
    }

    Route route(Map<String, List<Backend>> groups, Map<String, Integer> weights) {
        return new Route(WeightedSchedule.of(weights), pools(groups), loadBalancer);
    }

    Map<String, BackendPool> pools(Map<String, List<Backend>> groups) {
        Map<String, BackendPool> pools = new LinkedHashMap<>();
        groups.forEach((name, backends) ->
                pools.put(name, new BackendPool(backends, new RoundRobin(), loadBalancer.group(name))));
        return pools;
    }

    Route route(RouteAction otherwise, ForwardOptions options, RouteRule... rules) {
        return new Route(List.of(rules), otherwise, options, loadBalancer);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        return client.send(request.build(), body);
    }

    HttpResponse<String> get() throws IOException, InterruptedException {
        return send(request("/"));
    }

    /** A bare client connection that has sent {@code text}. */
    Socket raw(String text) throws IOException {
        Socket socket = new Socket("127.0.0.1", endpoint.port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    @Override
    public void close() {
        plane.close();
    }
}
