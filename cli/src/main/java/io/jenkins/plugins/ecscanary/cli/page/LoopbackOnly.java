package io.jenkins.plugins.ecscanary.cli.page;

import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets through only what is read and what is addressed to this machine by a loopback name: a page elsewhere whose name
 * was made to resolve to 127.0.0.1 carries that name in {@code Host}.
 */
final class LoopbackOnly extends Handler.Wrapper {

    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    LoopbackOnly(Handler next) {
        super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
        if (!NAMES.contains(Request.getServerName(request))) {
            return refuse(HttpStatus.MISDIRECTED_REQUEST_421, response, callback);
        }
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            headers.put(HttpHeader.ALLOW, "GET, HEAD");
            return refuse(HttpStatus.METHOD_NOT_ALLOWED_405, response, callback);
        }
        if (!super.handle(request, response, callback)) {
            return refuse(HttpStatus.NOT_FOUND_404, response, callback);
        }
        return true;
    }

    private static boolean refuse(int status, Response response, Callback callback) {
        response.setStatus(status);
        response.write(true, null, callback);
        return true;
    }
}
