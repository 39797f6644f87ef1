package io.jenkins.plugins.ecscanary.localaws.proxy;

import io.jenkins.plugins.ecscanary.localaws.proxy.Head.Malformed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** A request's head, understood. */
final class Asked {

    private static final int LONGEST_LINE = 16 * 1024;

    private final Head head;
    private final InetSocketAddress client;
    private final String method;
    private final String target;
    private final String hostHeader;
    private final boolean http11;

    private Asked(
            Head head, InetSocketAddress client, String method, String target, String hostHeader, boolean http11) {
        this.head = head;
        this.client = client;
        this.method = method;
        this.target = target;
        this.hostHeader = hostHeader;
        this.http11 = http11;
    }

    /** @throws Malformed if it is not a request that a target could be sent */
    static Asked of(Head head, InetSocketAddress client) throws Malformed {
        String line = head.line();
        if (line.length() > LONGEST_LINE) {
            throw new Malformed(414, "a request line longer than " + LONGEST_LINE + " bytes");
        }
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        if (first < 1 || second < first + 2) {
            throw new Malformed(400, "not a request line");
        }
        String method = line.substring(0, first);
        String target = line.substring(first + 1, second);
        String version = line.substring(second + 1);
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            throw new Malformed(version.startsWith("HTTP/") ? 505 : 400, "another version than HTTP/1.1 or 1.0");
        }
        boolean good = method.chars().allMatch(c -> Head.isToken((char) c))
                && target.chars().allMatch(c -> c > ' ' && c != 0x7F);
        List<String> hosts = head.all("Host");
        boolean http11 = version.equals("HTTP/1.1");
        if (!good || hosts.size() > 1 || http11 && hosts.isEmpty()) {
            throw new Malformed(400, "a request line with odd characters, or not exactly one host");
        }
        String host = hosts.isEmpty() ? null : hosts.get(0);
        boolean absolute = target.regionMatches(true, 0, "http://", 0, "http://".length());
        if (absolute) {
            int path = target.indexOf('/', "http://".length());
            host = target.substring("http://".length(), path < 0 ? target.length() : path);
            target = path < 0 ? "/" : target.substring(path);
        }
        boolean options = target.equals("*") && method.equals("OPTIONS");
        if (!target.startsWith("/") && !options || method.equals("CONNECT")) {
            throw new Malformed(400, "a request for something that is no path");
        }
        return new Asked(head, client, method, target, host, http11);
    }

    Head head() {
        return head;
    }

    String method() {
        return method;
    }

    /** Path and query as they came: neither decoded nor normalized. */
    String target() {
        return target;
    }

    boolean isHttp11() {
        return http11;
    }

    /** Whether the client wants to go on with this connection. */
    boolean keepsAlive() {
        return http11 ? !head.lists("Connection", "close") : head.lists("Connection", "keep-alive");
    }

    /** With the port, if the client has given one; null if the client named no host. */
    String hostHeader() {
        return hostHeader;
    }

    /** Without a port; empty if the client named no host. */
    String host() {
        if (hostHeader == null) {
            return "";
        }
        int colon = hostHeader.lastIndexOf(':');
        return colon > hostHeader.lastIndexOf(']') ? hostHeader.substring(0, colon) : hostHeader;
    }

    String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    /** Without the question mark; empty if there is none. */
    String query() {
        int question = target.indexOf('?');
        return question < 0 ? "" : target.substring(question + 1);
    }

    /** A cookie's value. */
    Optional<String> cookie(String name) {
        for (String header : head.all("Cookie")) {
            for (String pair : header.split(";")) {
                String cookie = pair.strip();
                if (cookie.startsWith(name) && cookie.startsWith("=", name.length())) {
                    return Optional.of(cookie.substring(name.length() + 1));
                }
            }
        }
        return Optional.empty();
    }

    /** The connection's other end; {@code X-Forwarded-For} is not looked at. */
    InetAddress clientAddress() {
        return client.getAddress();
    }

    int clientPort() {
        return client.getPort();
    }
}
