package io.jenkins.plugins.ecscanary.jenkins.run;

import java.io.IOException;
import org.kohsuke.stapler.HttpResponses.HttpResponseException;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** Why something asked for is not done, in one line of plain text that the page shows: never markup, whoever's words are in it. */
final class Refusal extends HttpResponseException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status of HTTP, such as 409 */
    Refusal(int status, String why) {
        super(why);
        this.status = status;
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getWriter().print(getMessage());
    }
}
