package io.jenkins.plugins.ecscanary.progressview;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Serves the live page with its strict policy and a view document with its ETag and AWS's time, on loopback. */
final class ViewServer implements AutoCloseable {
    /** One request for the view document: the ETag it came with (or null) and the status it was answered with. */
    record Poll(String ifNoneMatch, int status) {}

    private final int port;
    private HttpServer server;
    private volatile String page = LivePage.html("Canary deployment", "view.json");
    private volatile String document;
    private volatile String now;
    private volatile int status = 200;
    private volatile String replay;
    final List<Poll> polls = new CopyOnWriteArrayList<>();

    ViewServer(JsonNode document, String now) {
        show(document, now);
        server = start(0);
        port = server.getAddress().getPort();
    }

    void show(JsonNode newDocument, String newNow) {
        document = newDocument.toString();
        now = newNow;
    }

    void showText(String newDocument) {
        document = newDocument;
    }

    /** From now on the page offers a replay of these frames. */
    void replay(String frames) {
        replay = frames;
        page = LivePage.html("Canary deployment", "view.json", "replay.json");
    }

    void answerWith(int newStatus) {
        status = newStatus;
    }

    void servePage(String newPage) {
        page = newPage;
    }

    /** A page with an element that asks only when told to, for tests that drive it themselves. */
    void servePageWithInterval(int millis) {
        page = LivePage.html("Canary deployment", "view.json")
                .replace("src=\"view.json\"", "src=\"view.json\" interval=\"" + millis + "\"");
    }

    String address() {
        return "http://127.0.0.1:" + port + "/";
    }

    void goAway() {
        server.stop(0);
    }

    void comeBack() {
        server = start(port);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private HttpServer start(int atPort) {
        try {
            HttpServer started =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), atPort), 0);
            started.createContext("/", this::answer);
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/" -> {
                    exchange.getResponseHeaders().set("Content-Security-Policy", LivePage.CONTENT_SECURITY_POLICY);
                    send(exchange, 200, LivePage.CONTENT_TYPE, page.getBytes(StandardCharsets.UTF_8));
                }
                case "/canary-progress.js" -> send(exchange, ProgressView.SCRIPT);
                case "/canary-progress.css" -> send(exchange, ProgressView.STYLESHEET);
                case "/view.json" -> answerView(exchange);
                case "/replay.json" -> {
                    byte[] frames = replay == null ? new byte[0] : replay.getBytes(StandardCharsets.UTF_8);
                    send(exchange, replay == null ? 404 : 200, "application/json", frames);
                }
                default -> send(exchange, 404, "text/plain", new byte[0]);
            }
        }
    }

    private void answerView(HttpExchange exchange) throws IOException {
        String etag = '"' + Integer.toHexString(document.hashCode()) + '"';
        String known = exchange.getRequestHeaders().getFirst("If-None-Match");
        int answered = status != 200 ? status : etag.equals(known) ? 304 : 200;
        polls.add(new Poll(known, answered));
        if (now != null) {
            exchange.getResponseHeaders().set("Canary-Now", now);
        }
        exchange.getResponseHeaders().set("ETag", etag);
        if (answered == 304) {
            exchange.sendResponseHeaders(304, -1);
        } else {
            send(exchange, answered, "application/json", document.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void send(HttpExchange exchange, Asset asset) throws IOException {
        send(exchange, 200, asset.contentType(), asset.bytes());
    }

    private static void send(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
