package io.jenkins.plugins.ecscanary.sampleapp;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Gives every response its security headers. Responses to the page's path get the page's own policy, encoded once; where it comes to
 * an error instead, {@link #put} takes it back.
 */
final class ResponseHeaders implements HttpConfiguration.Customizer {

    static final String NOTHING_ALLOWED =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final HttpFields ALWAYS = with(NOTHING_ALLOWED);

    private final HttpFields onPage;

    ResponseHeaders(Page page) {
        this.onPage = with(page.contentSecurityPolicy());
    }

    private static HttpFields with(String contentSecurityPolicy) {
        return HttpFields.build()
                .add(new PreEncodedHttpField("Content-Security-Policy", contentSecurityPolicy))
                .add(new PreEncodedHttpField("X-Content-Type-Options", "nosniff"))
                .add(new PreEncodedHttpField("X-Frame-Options", "DENY"))
                .add(new PreEncodedHttpField("Referrer-Policy", "no-referrer"))
                .add(new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"))
                .add(new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"))
                .asImmutable();
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable response) {
        boolean page = Route.PAGE.path.equals(Request.getPathInContext(request));
        response.add(page ? onPage : ALWAYS); // nobody has put any yet
        return request;
    }

    /** For an error, whatever it was to be. */
    static void put(HttpFields.Mutable response) {
        ALWAYS.forEach(response::put);
    }
}
