package io.jenkins.plugins.ecscanary.cli.page;

import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ReplayDocument;
import io.jenkins.plugins.ecscanary.engine.view.ViewDocument;
import io.jenkins.plugins.ecscanary.progressview.Asset;
import io.jenkins.plugins.ecscanary.progressview.LivePage;
import io.jenkins.plugins.ecscanary.progressview.ProgressView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code /}, its script and stylesheet, {@code /view.json}, and {@code /replay.json} once the deployment has ended. */
final class PageHandler extends Handler.Abstract.NonBlocking {

    private static final String VIEW = "view.json";
    private static final String REPLAY = "replay.json";

    private final Supplier<DeploymentView> view;
    private final Supplier<List<TimelineEntry>> timeline;
    private final Supplier<Instant> now;
    private final Readers readers;
    private final WrittenOnce document = new WrittenOnce(ViewDocument::json);

    PageHandler(
            Supplier<DeploymentView> view,
            Supplier<List<TimelineEntry>> timeline,
            Supplier<Instant> now,
            Readers readers) {
        this.view = view;
        this.timeline = timeline;
        this.now = now;
        this.readers = readers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (path.equals("/")) {
            return page(response, callback);
        } else if (path.equals("/" + ProgressView.SCRIPT.fileName())) {
            return asset(ProgressView.SCRIPT, request, response, callback);
        } else if (path.equals("/" + ProgressView.STYLESHEET.fileName())) {
            return asset(ProgressView.STYLESHEET, request, response, callback);
        } else if (path.equals("/" + VIEW)) {
            return view(request, response, callback);
        } else if (path.equals("/" + REPLAY) && view.get().ended()) {
            return replay(request, response, callback);
        }
        return false;
    }

    private boolean page(Response response, Callback callback) {
        response.getHeaders().put("Content-Security-Policy", LivePage.CONTENT_SECURITY_POLICY);
        response.getHeaders().put("X-Frame-Options", "DENY");
        return send(LivePage.CONTENT_TYPE, LivePage.html(title(view.get()), VIEW, REPLAY), response, callback);
    }

    private static String title(DeploymentView view) {
        return view.service() == null
                ? "Deployment"
                : view.service().cluster() + "/" + view.service().service();
    }

    private static boolean asset(Asset asset, Request request, Response response, Callback callback) {
        return unchanged(asset.etag(), request, response, callback)
                || send(asset.contentType(), asset.text(), response, callback);
    }

    private boolean view(Request request, Response response, Callback callback) {
        DeploymentView current = view.get();
        response.getHeaders()
                .put("Canary-Now", now.get().truncatedTo(ChronoUnit.MILLIS).toString());
        if (current.version() == 0) {
            // Nothing has happened yet: there is no document, but soon will be.
            response.setStatus(HttpStatus.SERVICE_UNAVAILABLE_503);
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
            response.write(true, null, callback);
            return true;
        }
        readers.read(current.ended());
        return unchanged(ViewDocument.etag(current), request, response, callback)
                || send("application/json", document.of(current), response, callback);
    }

    /** Big, and made only when someone asks for it; what has ended does not change any more. */
    private boolean replay(Request request, Response response, Callback callback) {
        return unchanged(ViewDocument.etag(view.get()), request, response, callback)
                || send("application/json", ReplayDocument.json(timeline.get()), response, callback);
    }

    private static boolean unchanged(String etag, Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.ETAG, etag);
        if (!etag.equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))) {
            return false;
        }
        response.setStatus(HttpStatus.NOT_MODIFIED_304);
        response.write(true, null, callback);
        return true;
    }

    private static boolean send(String contentType, String body, Response response, Callback callback) {
        return send(contentType, body.getBytes(StandardCharsets.UTF_8), response, callback);
    }

    private static boolean send(String contentType, byte[] bytes, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
        return true;
    }
}
