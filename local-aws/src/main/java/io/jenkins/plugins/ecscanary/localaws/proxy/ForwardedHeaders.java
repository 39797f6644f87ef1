package io.jenkins.plugins.ecscanary.localaws.proxy;

import io.jenkins.plugins.ecscanary.localaws.proxy.ForwardOptions.ForwardedFor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Which headers pass the load balancer, and which it adds. */
final class ForwardedHeaders {

    private static final String TRACE = "X-Amzn-Trace-Id";
    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String PORT = "X-Forwarded-Port";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final Pattern PORTED = Pattern.compile(":\\d+$");

    private ForwardedHeaders() {}

    /** The head of a request for a target. */
    static void request(StringBuilder to, Asked asked, int listenerPort, ForwardOptions how, boolean chunked) {
        Head from = asked.head();
        to.append(asked.method()).append(' ').append(asked.target()).append(" HTTP/1.1\r\n");
        String host = asked.hostHeader();
        if (host != null) {
            boolean told = how.preserveHost()
                    || listenerPort == (how.secure() ? HTTPS : HTTP)
                    || PORTED.matcher(host).find();
            header(to, "Host", told ? host : host + ":" + listenerPort);
        }
        Set<String> named = namedByConnection(from);
        for (int i = 0; i < from.size(); i++) {
            String name = from.name(i);
            if (!isOurs(name, how) && !isHopByHop(name) && !isNamed(named, name) && !isDropped(name, how)) {
                header(to, name, from.value(i));
            }
        }
        if (chunked) {
            header(to, "Transfer-Encoding", "chunked");
        }
        if (how.forwardedFor() == ForwardedFor.APPEND) {
            String address = asked.clientAddress().getHostAddress();
            String client = how.clientPort() ? address + ":" + asked.clientPort() : address;
            List<String> before = from.all(FOR);
            header(to, FOR, before.isEmpty() ? client : String.join(", ", before) + ", " + client);
        }
        header(to, PROTO, how.scheme());
        header(to, PORT, Integer.toString(listenerPort));
        header(to, TRACE, trace(from.get(TRACE)));
        to.append("\r\n");
    }

    /** A target's headers for the client. */
    static void answer(StringBuilder to, Head from) {
        Set<String> named = namedByConnection(from);
        boolean chunked = from.get("Transfer-Encoding") != null;
        for (int i = 0; i < from.size(); i++) {
            String name = from.name(i);
            boolean overruled = chunked && name.equalsIgnoreCase("Content-Length");
            if (!isHopByHop(name) && !isNamed(named, name) && !overruled) {
                header(to, name, from.value(i));
            }
        }
    }

    static void header(StringBuilder to, String name, String value) {
        to.append(name).append(": ").append(value).append("\r\n");
    }

    /** What is written anew, whatever the client has sent. */
    private static boolean isOurs(String name, ForwardOptions how) {
        return switch (name.length()) {
            case 4 -> name.equalsIgnoreCase("Host");
            case 6 -> name.equalsIgnoreCase("Expect");
            case 15 ->
                name.equalsIgnoreCase(TRACE)
                        || name.equalsIgnoreCase(FOR) && how.forwardedFor() != ForwardedFor.PRESERVE;
            case 16 -> name.equalsIgnoreCase(PORT);
            case 17 -> name.equalsIgnoreCase(PROTO);
            default -> false;
        };
    }

    private static boolean isHopByHop(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("TE");
            case 7 -> name.equalsIgnoreCase("Trailer") || name.equalsIgnoreCase("Upgrade");
            case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
            case 16 -> name.equalsIgnoreCase("Proxy-Connection");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            case 18 -> name.equalsIgnoreCase("Proxy-Authenticate");
            case 19 -> name.equalsIgnoreCase("Proxy-Authorization");
            default -> false;
        };
    }

    private static Set<String> namedByConnection(Head head) {
        List<String> connection = head.all("Connection");
        if (connection.isEmpty()) {
            return Set.of();
        }
        Set<String> named = new HashSet<>();
        for (String value : connection) {
            for (String token : value.split(",")) {
                named.add(token.strip().toLowerCase(Locale.ROOT));
            }
        }
        // What frames the message is not a client's to take away.
        named.remove("content-length");
        named.remove("host");
        return named;
    }

    private static boolean isNamed(Set<String> named, String name) {
        return !named.isEmpty() && named.contains(name.toLowerCase(Locale.ROOT));
    }

    /** The load balancer counts a header as valid if its name has only letters, digits and hyphens. */
    private static boolean isDropped(String name, ForwardOptions how) {
        if (how.dropInvalid()) {
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-')) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A new {@code Root}, or the client's own trace with this hop's {@code Self} in front. */
    private static String trace(String given) {
        HexFormat hex = HexFormat.of();
        String id = "1-" + hex.toHexDigits((int) (System.currentTimeMillis() / 1000)) + "-"
                + hex.toHexDigits(ThreadLocalRandom.current().nextLong())
                + hex.toHexDigits(ThreadLocalRandom.current().nextInt());
        if (given == null || given.isBlank()) {
            return "Root=" + id;
        }
        List<String> parts = new ArrayList<>();
        boolean rooted = false;
        for (String part : given.split(";")) {
            String field = part.strip();
            if (!field.isEmpty() && !field.startsWith("Self=")) {
                parts.add(field);
                rooted |= field.startsWith("Root=");
            }
        }
        parts.add(0, (rooted ? "Self=" : "Root=") + id);
        return String.join(";", parts);
    }
}
