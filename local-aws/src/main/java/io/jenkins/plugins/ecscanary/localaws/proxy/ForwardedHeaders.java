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
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Which headers pass the load balancer, and which it adds. */
final class ForwardedHeaders {

    private static final String TRACE = "X-Amzn-Trace-Id";
    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String PORT = "X-Forwarded-Port";
    private static final int HTTP = 80;
    private static final Pattern PORTED = Pattern.compile(":\\d+$");
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private ForwardedHeaders() {}

    /** The client's headers for a target. Framing ({@code Content-Length}, {@code Expect}) is each connection's own. */
    static void request(
            HttpFields from,
            HttpFields.Mutable to,
            String clientIp,
            int clientPort,
            int listenerPort,
            ForwardOptions how) {
        Set<String> named = namedByConnection(from);
        for (HttpField field : from) {
            String name = field.getLowerCaseName();
            boolean dropped = HOP_BY_HOP.contains(name)
                    || named.contains(name)
                    || field.getHeader() == HttpHeader.CONTENT_LENGTH
                    || field.getHeader() == HttpHeader.EXPECT;
            if (!dropped && !(how.dropInvalid() && isInvalid(name))) {
                to.add(field);
            }
        }
        if (how.forwardedFor() == ForwardedFor.APPEND) {
            String client = how.clientPort() ? clientIp + ":" + clientPort : clientIp;
            String before = String.join(", ", from.getValuesList(FOR));
            to.put(FOR, before.isEmpty() ? client : before + ", " + client);
        } else if (how.forwardedFor() == ForwardedFor.REMOVE) {
            to.remove(FOR);
        }
        String host = from.get(HttpHeader.HOST);
        if (!how.preserveHost()
                && host != null
                && listenerPort != HTTP
                && !PORTED.matcher(host).find()) {
            to.put(HttpHeader.HOST, host + ":" + listenerPort);
        }
        to.put(PROTO, "http");
        to.put(PORT, Integer.toString(listenerPort));
        to.put(TRACE, trace(from.get(TRACE)));
    }

    /** The load balancer counts a header as valid if its name has only letters, digits and hyphens. */
    private static boolean isInvalid(String lowerCaseName) {
        for (int i = 0; i < lowerCaseName.length(); i++) {
            char c = lowerCaseName.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
                return true;
            }
        }
        return false;
    }

    /** A target's headers for the client. */
    static void response(HttpFields from, HttpFields.Mutable to) {
        Set<String> named = namedByConnection(from);
        for (HttpField field : from) {
            String name = field.getLowerCaseName();
            if (!HOP_BY_HOP.contains(name) && !named.contains(name)) {
                to.add(field);
            }
        }
    }

    private static Set<String> namedByConnection(HttpFields fields) {
        if (!fields.contains(HttpHeader.CONNECTION)) {
            return Set.of();
        }
        Set<String> named = new HashSet<>();
        for (String token : fields.getCSV(HttpHeader.CONNECTION, false)) {
            named.add(token.toLowerCase(Locale.ROOT));
        }
        return named;
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
