package io.jenkins.plugins.ecscanary.engine.scan;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Addresses in reports: what can be a link, and what must not be shown of one. */
final class WebAddress {

    private static final int LONGEST = 1000;

    /** {@code user:password@} after {@code //}. */
    private static final Pattern USER_INFO = Pattern.compile("//[^/\\s@]+@");

    private WebAddress() {}

    /** The same if it is http or https with a host and nobody's name in it, else null: everything else is no link. */
    static String link(String address) {
        if (address == null || address.length() > LONGEST) {
            return null;
        }
        try {
            URI uri = new URI(address);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web && uri.getHost() != null && uri.getRawUserInfo() == null ? uri.toASCIIString() : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** A name that may be the address of a repository, without who may fetch it and how. */
    static String withoutUser(String name) {
        return name.contains("@") && name.contains("//")
                ? USER_INFO.matcher(name).replaceAll("//")
                : name;
    }
}
