package io.jenkins.plugins.ecscanary.localaws.admin;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The bytes of a request that says it is {@code application/json} and is not too large. */
final class JsonBody {

    private JsonBody() {}

    /** @return empty where it is not that; then it has been answered, 415 or 413 */
    static Optional<byte[]> read(Request request, int most, Response response, Callback callback) throws IOException {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            Answers.message(415, "Content-Type is not application/json", response, callback);
            return Optional.empty();
        }
        byte[] body;
        try (InputStream in = Content.Source.asInputStream(request)) {
            body = in.readNBytes(most + 1);
        }
        if (body.length > most) {
            Answers.message(413, "the body is larger than " + most + " bytes", response, callback);
            return Optional.empty();
        }
        return Optional.of(body);
    }
}
