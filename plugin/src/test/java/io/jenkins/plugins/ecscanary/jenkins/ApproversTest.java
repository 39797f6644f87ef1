package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import hudson.model.Item;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A deployment that waits before traffic shifts is promoted by whom its step names, and by nobody else. */
@WithJenkins
class ApproversTest {

    private static final String NAMED = "dave, release managers,gina , frank";

    @AutoClose
    private static LocalAwsProcess aws;

    private static String image;

    private JenkinsRule jenkins;
    private WorkflowRun build;

    @BeforeAll
    static void startAws() {
        aws = LocalAwsProcess.start();
        image = aws.push("approved", Map.of("APP_VERSION", "approved"));
        AwsJson.waitBeforeTraffic(aws, 2000);
    }

    @BeforeEach
    void aDeploymentThatWaits(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Pipelines.allow(aws);
        JenkinsRule.DummySecurityRealm realm = jenkins.createDummySecurityRealm();
        realm.addGroups("erin", "release managers");
        realm.addGroups("bob", "builders");
        jenkins.jenkins.setSecurityRealm(realm);
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .everywhere()
                .to("bob", "dave", "erin", "gina")
                .grant(Item.BUILD)
                .everywhere()
                .to("bob", "dave", "erin", "frank")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root"));
        build = Pipelines.job(
                        "web",
                        "ecsCanaryDeploy(approvers: '" + NAMED
                                + "', traffic: allAtOnce(), onConflict: 'wait', timeout: '30d', "
                                + Pipelines.parameters(aws, image) + ")")
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("gate ready waits", build);
    }

    private String page() {
        return build.getUrl() + "ecs-canary/" + Records.only().id() + "/";
    }

    private WebResponse promote(String user) throws Exception {
        return Browser.post(jenkins, user, page() + "promote?why=it+looks+good");
    }

    private boolean isOfferedTo(String user) throws Exception {
        return Browser.get(jenkins, user, page()).getContentAsString().contains("data-action=\"promote\"");
    }

    private void assertPromotedBy(String user) throws Exception {
        assertThat(promote(user).getStatusCode(), is(200));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        jenkins.assertLogContains(user + " asks to promote: it looks good", build);
        assertThat(Records.only().verdict().outcome(), is(Outcome.PROMOTED));
        assertThat(Records.acts(Records.only().id()), is(List.of(user + " PROMOTE")));
    }

    @Test
    void whoIsNamedPromotesAndNobodyElse() throws Exception {
        assertThat("who may build", isOfferedTo("bob"), is(false));
        WebResponse notNamed = promote("bob");
        assertThat(notNamed.getStatusCode(), is(403));
        assertThat(
                notNamed.getContentAsString(),
                is("only dave, release managers, gina, frank may promote this deployment"));

        assertThat("who is named and may not build", isOfferedTo("gina"), is(false));
        WebResponse notABuilder = promote("gina");
        assertThat(notABuilder.getStatusCode(), is(403));
        assertThat(notABuilder.getContentAsString(), containsString("gina is missing the"));

        assertThat("who is named and may not see the job", promote("frank").getStatusCode(), is(404));

        assertThat("nothing has happened", Records.acts(Records.only().id()), is(empty()));
        assertThat(Records.only().verdict(), is(nullValue()));
        assertThat(isOfferedTo("dave"), is(true));
        assertPromotedBy("dave");
    }

    @Test
    void whoIsInANamedGroupPromotes() throws Exception {
        assertThat("administrators may always", isOfferedTo("root"), is(true));
        assertThat(isOfferedTo("erin"), is(true));
        assertPromotedBy("erin");
    }
}
