package io.jenkins.plugins.ecscanary.sampleapp;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/** Gives every response its security headers. */
final class ResponseHeaders implements HttpConfiguration.Customizer {

    static final String NOTHING_ALLOWED =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final HttpFields ALWAYS = HttpFields.build()
            .add(new PreEncodedHttpField("Content-Security-Policy", NOTHING_ALLOWED))
            .add(new PreEncodedHttpField("X-Content-Type-Options", "nosniff"))
            .add(new PreEncodedHttpField("X-Frame-Options", "DENY"))
            .add(new PreEncodedHttpField("Referrer-Policy", "no-referrer"))
            .add(new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"))
            .add(new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"))
            .asImmutable();

    @Override
    public Request customize(Request request, HttpFields.Mutable response) {
        response.add(ALWAYS); // nobody has put any yet
        return request;
    }

    static void put(HttpFields.Mutable response) {
        ALWAYS.forEach(response::put);
    }
}
