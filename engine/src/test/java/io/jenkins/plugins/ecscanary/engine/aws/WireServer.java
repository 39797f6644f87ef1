package io.jenkins.plugins.ecscanary.engine.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real HTTP server that answers AWS operations with prepared bytes and keeps what it was sent. */
final class WireServer implements AutoCloseable {

    static final String DATE = "Mon, 23 Nov 2026 18:30:00 GMT";

    private final ServerSocket server;
    private final Thread accepting = new Thread(this::accept, "wire-server");
    private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    WireServer() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        accepting.start();
    }

    record Request(String operation, String authorization, byte[] body) {

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        JsonNode cbor() {
            try {
                return new CBORMapper().readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Map<String, String> form() {
            Map<String, String> fields = new LinkedHashMap<>();
            Arrays.stream(new String(body, StandardCharsets.UTF_8).split("&"))
                    .map(field -> field.split("=", 2))
                    .forEach(field -> fields.put(field[0], URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
            return fields;
        }
    }

    /** @param body null to close the connection without an answer */
    record Reply(int status, String contentType, byte[] body) {

        static Reply json(String body) {
            return error(200, body);
        }

        static Reply error(int status, String body) {
            return new Reply(status, "application/x-amz-json-1.1", body.getBytes(StandardCharsets.UTF_8));
        }

        static Reply xml(int status, String body) {
            return new Reply(status, "text/xml", body.getBytes(StandardCharsets.UTF_8));
        }

        static Reply cbor(int status, Object body) {
            try {
                return new Reply(status, "application/cbor", new CBORMapper().writeValueAsBytes(body));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static Reply hangUp() {
            return new Reply(0, null, null);
        }
    }

    /** Answers in this order; the last one stands for all further calls. */
    WireServer on(String operation, Reply... answers) {
        replies.put(operation, new ArrayDeque<>(List.of(answers)));
        return this;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    Request last() {
        return requests.get(requests.size() - 1);
    }

    /** One connection after the other, one request each. Not the JDK's server, which insists on its own Date. */
    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                handle(socket);
            } catch (IOException e) {
                // The client went away or the server was closed.
            }
        }
    }

    private void handle(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        String path = line(in).split(" ")[1];
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            headers.put(
                    line.substring(0, line.indexOf(':')),
                    line.substring(line.indexOf(':') + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
        Request request = new Request(operation(path, headers, body), headers.get("Authorization"), body);
        requests.add(request);
        Reply reply = next(request.operation());
        if (reply.body() == null) {
            return;
        }
        String head = "HTTP/1.1 " + reply.status() + " x\r\nDate: " + DATE + "\r\nContent-Type: " + reply.contentType()
                + "\r\nx-amzn-RequestId: req-7\r\nsmithy-protocol: rpc-v2-cbor\r\nConnection: close\r\nContent-Length: "
                + reply.body().length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(reply.body());
        socket.getOutputStream().flush();
    }

    private static String line(DataInputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }

    private Reply next(String operation) {
        Deque<Reply> prepared = replies.get(operation);
        if (prepared == null) {
            return Reply.error(400, "{\"__type\":\"UnexpectedInThisTest\",\"message\":\"" + operation + "\"}");
        }
        return prepared.size() > 1 ? prepared.poll() : prepared.peek();
    }

    private static String operation(String path, Map<String, String> headers, byte[] body) {
        String target = headers.get("X-Amz-Target");
        if (target != null) {
            return target.substring(target.indexOf('.') + 1);
        } else if (path.startsWith("/service/")) {
            return path.substring(path.lastIndexOf('/') + 1);
        }
        return new Request("", "", body).form().get("Action");
    }

    @Override
    public void close() {
        try {
            server.close();
            accepting.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
