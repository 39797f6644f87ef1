package io.jenkins.plugins.ecscanary.jenkins.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.Records;
import java.net.URL;
import java.util.List;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The documents of a deployment as Jenkins serves them: what need not be sent again is not. */
@WithJenkins
class DeploymentDocumentsTest {

    private static final String ID = "20261101T100000Z-0000000a";

    private JenkinsRule jenkins;
    private WorkflowRun build;

    @BeforeEach
    void aBuild(JenkinsRule rule) throws Exception {
        jenkins = rule;
        build = jenkins.buildAndAssertSuccess(Pipelines.job("web", "echo 'deployed'"));
    }

    private WebResponse get(String path, String etag) throws Exception {
        try (JenkinsRule.WebClient web = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            web.getOptions().setJavaScriptEnabled(false);
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), build.getUrl() + path), HttpMethod.GET);
            if (etag != null) {
                request.setAdditionalHeader("If-None-Match", etag);
            }
            return web.getPage(request).getWebResponse();
        }
    }

    @Test
    void whatIsOverNeverChanges() throws Exception {
        Records.write(build, ID, Records.promoted(ID));
        for (String document : List.of("view", "replay")) {
            WebResponse first = get("ecs-canary/" + ID + "/" + document, null);
            assertThat(document, first.getStatusCode(), is(200));
            assertThat(first.getContentType(), is("application/json"));
            assertThat(first.getResponseHeaderValue("Cache-Control"), is("private, max-age=86400, immutable"));
            assertThat(first.getResponseHeaderValue("X-Content-Type-Options"), is("nosniff"));
            String etag = first.getResponseHeaderValue("ETag");
            WebResponse again = get("ecs-canary/" + ID + "/" + document, etag);
            assertThat(document, again.getStatusCode(), is(304));
            assertThat(again.getContentAsString(), is(emptyString()));
            assertThat(get("ecs-canary/" + ID + "/" + document, "\"another\"").getStatusCode(), is(200));
        }
    }

    @Test
    void whatGoesOnIsAskedForAgain() throws Exception {
        Records.write(build, ID, List.of(Records.planned(ID, Records.SERVICE, "ann in web #1", List.of())));
        WebResponse view = get("ecs-canary/" + ID + "/view", null);
        assertThat(view.getStatusCode(), is(200));
        assertThat(view.getResponseHeaderValue("Cache-Control"), is("private, no-cache"));
        assertThat(
                get("ecs-canary/" + ID + "/view", view.getResponseHeaderValue("ETag"))
                        .getStatusCode(),
                is(304));
        assertThat(get("ecs-canary/" + ID + "/replay", null).getStatusCode(), is(404));
    }

    @Test
    void aBuildTellsWhichDeploymentsItMade() throws Exception {
        Records.write(build, ID, Records.promoted(ID));
        for (String path : List.of("api/json", "ecs-canary/api/json")) {
            assertThat(path, get(path, null).getContentAsString(), containsString("\"ids\":[\"" + ID + "\"]"));
        }
        assertThat(get("ecs-canary/" + ID + "/timeline", null).getContentAsString(), not(emptyString()));
        assertThat(
                get("ecs-canary/" + ID + "/timeline", null)
                        .getContentAsString()
                        .lines()
                        .count(),
                is(3L));
    }
}
