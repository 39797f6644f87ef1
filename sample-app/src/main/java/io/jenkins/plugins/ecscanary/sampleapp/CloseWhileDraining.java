package io.jenkins.plugins.ecscanary.sampleapp;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Says {@code Connection: close} in every response sent while draining, those to earlier requests included, so that a load balancer does
 * not send its next request down a connection that is about to go away.
 */
final class CloseWhileDraining extends Handler.Wrapper {

    private static final HttpField CLOSE = new PreEncodedHttpField(HttpHeader.CONNECTION, "close");

    private final Readiness readiness;

    CloseWhileDraining(Handler next, Readiness readiness) {
        super(next);
        this.readiness = readiness;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, new Closing(request, response), callback);
    }

    private final class Closing extends Response.Wrapper {

        Closing(Request request, Response wrapped) {
            super(request, wrapped);
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            if (readiness.isDraining() && !isCommitted()) {
                getHeaders().put(CLOSE);
            }
            super.write(last, content, callback);
        }
    }
}
