package io.jenkins.plugins.ecscanary.localaws.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.faults.FaultJson;
import io.jenkins.plugins.ecscanary.localaws.faults.FaultRule;
import io.jenkins.plugins.ecscanary.localaws.faults.Faults;
import io.jenkins.plugins.ecscanary.localaws.faults.InvalidFaultException;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code /_local/faults}: the faults that are switched on, as JSON.
 *
 * <ul>
 *   <li>{@code GET}: {@code {"seed": …, "faults": […]}}, each with its id and counters
 *   <li>{@code POST} of one rule ({@link FaultJson}, {@code application/json}): switches it on, 201 and the rule
 *   <li>{@code DELETE}: switches all off; {@code DELETE /_local/faults/ID} only that one. 204
 * </ul>
 *
 * What can't be is answered 400 with {@code {"message": …}}.
 */
final class FaultsResource extends Handler.Abstract {

    static final String PATH = "/_local/faults";

    private static final int MAX_BODY = 64 * 1024;

    private final Faults faults;

    FaultsResource(Faults faults) {
        this.faults = faults;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        String path = request.getHttpURI().getPath();
        String id = path.startsWith(PATH + "/") ? path.substring(PATH.length() + 1) : null;
        if (!path.equals(PATH) && id == null) {
            return false;
        }
        String method = request.getMethod();
        if ("DELETE".equals(method)) {
            delete(id, response, callback);
        } else if ("GET".equals(method) && id == null) {
            Answers.json(200, all(), response, callback);
        } else if ("POST".equals(method) && id == null) {
            post(request, response, callback);
        } else {
            response.getHeaders().put(HttpHeader.ALLOW, id == null ? "GET, POST, DELETE" : "DELETE");
            Answers.message(405, method + " is not for this: " + path, response, callback);
        }
        return true;
    }

    private ObjectNode all() {
        ObjectNode all = JsonNodeFactory.instance.objectNode().put("seed", faults.seed());
        var list = all.putArray("faults");
        faults.active().forEach(status -> list.add(FaultJson.of(status)));
        return all;
    }

    private void post(Request request, Response response, Callback callback) throws IOException {
        Optional<byte[]> body = JsonBody.read(request, MAX_BODY, response, callback);
        if (body.isEmpty()) {
            return;
        }
        try {
            FaultRule rule = FaultJson.parse(body.get());
            Answers.json(201, FaultJson.of(faults.switchOn(rule)), response, callback);
        } catch (InvalidFaultException e) {
            Answers.message(400, e.getMessage(), response, callback);
        }
    }

    private void delete(String id, Response response, Callback callback) {
        if (id == null) {
            faults.switchAllOff();
        } else if (!faults.switchOff(id)) {
            Answers.message(404, "no fault has this id", response, callback);
            return;
        }
        response.setStatus(HttpStatus.NO_CONTENT_204);
        response.write(true, null, callback);
    }
}
