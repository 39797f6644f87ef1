package io.jenkins.plugins.ecscanary.sampleapp;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Error answers that tell nothing about the inside, and have the security headers even where no request could be parsed. */
final class Errors extends ErrorHandler {

    Errors() {
        setShowStacks(false);
        setShowCauses(false);
        setShowOrigin(false);
        setShowMessageInTitle(false);
        setCacheControl("no-store");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        ResponseHeaders.put(response.getHeaders());
        return super.handle(request, response, callback);
    }
}
