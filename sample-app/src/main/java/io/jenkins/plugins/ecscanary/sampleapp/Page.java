package io.jenkins.plugins.ecscanary.sampleapp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page that shows which version answered. Each version has its own colour, so that a shift of traffic can be seen by reloading. Nothing
 * on it changes while the process runs, so it is rendered once.
 */
final class Page {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

    private final ByteBuffer html;
    private final String contentSecurityPolicy;

    Page(Settings settings) {
        int hue = Math.floorMod(settings.version().hashCode() * 47, 360);
        String style = fill(resource("page.css"), Map.of("hue", Integer.toString(hue)));
        byte[] bytes = fill(
                        resource("page.html"),
                        Map.of(
                                "version", escape(settings.version()),
                                "style", style,
                                "instance", escape(settings.instance()),
                                "image", escape(settings.image()),
                                "faults", faults(settings.faults().descriptions())))
                .getBytes(StandardCharsets.UTF_8);
        // Direct: the operating system takes it from where it is.
        html = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
        contentSecurityPolicy = ResponseHeaders.NOTHING_ALLOWED + "; style-src 'sha256-" + sha256(style) + "'";
    }

    /** @return read-only and the caller's own: reading it moves nobody else's position */
    ByteBuffer html() {
        return html.duplicate();
    }

    /** Allows this page's own style sheet, by its hash, and nothing else. */
    String contentSecurityPolicy() {
        return contentSecurityPolicy;
    }

    private static String faults(List<String> descriptions) {
        if (descriptions.isEmpty()) {
            return "";
        }
        StringBuilder section = new StringBuilder("<section><h2>Faults switched on for demonstration</h2><ul>");
        descriptions.forEach(line -> section.append("<li>").append(escape(line)).append("</li>"));
        return section.append("</ul></section>\n").toString();
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In one pass, so that a value which looks like a placeholder stays what it is. */
    private static String fill(String template, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
