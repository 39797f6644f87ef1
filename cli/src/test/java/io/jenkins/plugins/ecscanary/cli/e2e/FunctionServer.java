package io.jenkins.plugins.ecscanary.cli.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The function that an AppSpec's hook names, as an HTTP server: answers what the test wants. */
final class FunctionServer implements AutoCloseable {

    static final String NAME = "validate";

    private final HttpServer server;
    private final List<String> payloads = new CopyOnWriteArrayList<>();
    private volatile String status = "Succeeded";

    private FunctionServer(HttpServer server) {
        this.server = server;
    }

    static FunctionServer start() throws IOException {
        FunctionServer function =
                new FunctionServer(HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0));
        function.server.createContext("/", function::answer);
        function.server.start();
        return function;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** From now on it reports this; forgets who asked. */
    void reports(String status) {
        this.status = status;
        payloads.clear();
    }

    /** What it was called with. */
    List<String> payloads() {
        return List.copyOf(payloads);
    }

    private void answer(HttpExchange exchange) throws IOException {
        payloads.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = ("{\"status\":\"" + status + "\"}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
