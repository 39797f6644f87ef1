package io.jenkins.plugins.ecscanary.localaws.wire;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP request as the wire protocols see it.
 *
 * @param path as sent, percent-encoded
 * @param query as sent, without the question mark, or null
 * @param headers by lower-case name
 */
record WireRequest(String method, String path, String query, Map<String, List<String>> headers, byte[] body) {

    /** The first value of a header, or null. */
    String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** The media type without parameters, in lower case; empty if there is none. */
    String mediaType() {
        String type = header("content-type");
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
