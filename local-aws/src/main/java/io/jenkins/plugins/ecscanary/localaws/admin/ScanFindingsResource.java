package io.jenkins.plugins.ecscanary.localaws.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.ecscanary.localaws.ecr.Ecr;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code PUT /_local/scan-findings} of {@link ScanFindingsJson} ({@code application/json}): what a scan finds in an image from
 * now on, in place of what was stored before, for there is no scanner. 200 and {@code {"repository": …, "imageDigest": …,
 * "findings": HOW_MANY}}; 400 or, for an image that is not there, 404 with {@code {"message": …}}.
 */
final class ScanFindingsResource extends Handler.Abstract {

    static final String PATH = "/_local/scan-findings";

    private static final int MAX_BODY = 1024 * 1024;

    private final Ecr ecr;

    ScanFindingsResource(Ecr ecr) {
        this.ecr = ecr;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        if (!request.getHttpURI().getPath().equals(PATH)) {
            return false;
        }
        if (!"PUT".equals(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "PUT");
            Answers.message(405, request.getMethod() + " is not for this: " + PATH, response, callback);
            return true;
        }
        Optional<byte[]> body = JsonBody.read(request, MAX_BODY, response, callback);
        if (body.isPresent()) {
            put(body.get(), response, callback);
        }
        return true;
    }

    private void put(byte[] body, Response response, Callback callback) {
        ScanFindingsJson.Stored stored;
        try {
            stored = ScanFindingsJson.parse(body);
        } catch (IllegalArgumentException e) {
            Answers.message(400, e.getMessage(), response, callback);
            return;
        }
        String digest;
        try {
            digest = ecr.storeScanFindings(stored.repository(), stored.image(), stored.findings());
        } catch (AwsError e) {
            Answers.message(404, e.getMessage(), response, callback);
            return;
        }
        Answers.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("repository", stored.repository())
                        .put("imageDigest", digest)
                        .put("findings", stored.findings().size()),
                response,
                callback);
    }
}
