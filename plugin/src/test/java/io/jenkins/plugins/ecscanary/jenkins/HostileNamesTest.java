package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import hudson.model.CauseAction;
import hudson.model.InvisibleAction;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.jenkins.deployments.RedeployMode;
import io.jenkins.plugins.ecscanary.jenkins.redeploy.RedeployCause;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.htmlunit.Page;
import org.htmlunit.html.DomAttr;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whatever AWS, an image or a Jenkinsfile calls something, it is shown as text. */
@WithJenkins
class HostileNamesTest {

    private static final String ID = "20261101T100000Z-0000000a";
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final String IMAGE = "'\"><img src=x onerror=alert(2)>";
    private static final String CONTROL = "\u0000\u0007\u001b[31mred\r\nFinished: SUCCESS\u009b\u202egnp";
    private static final String LONG = "long ".repeat(40_000);
    private static final String CAUSE = SCRIPT + IMAGE + CONTROL + LONG;

    private JenkinsRule jenkins;
    private WorkflowRun build;

    @BeforeEach
    void aRecordFullOfIt(JenkinsRule rule) throws Exception {
        jenkins = rule;
        build = jenkins.buildAndAssertSuccess(Pipelines.job("web", "echo 'nothing'"));
        Records.write(build, ID, hostile(ID));
        Records.owned(build, ID, IMAGE, RedeployMode.DEPLOY_ONLY);
    }

    private static List<DeploymentEvent> hostile(String id) {
        ServiceKey service = new ServiceKey("123456789012", "eu-central-1", SCRIPT, IMAGE);
        Revision revision = new Revision(
                "arn:aws:ecs:eu-central-1:123456789012:task-definition/" + SCRIPT + ":1",
                IMAGE,
                SCRIPT + IMAGE + CONTROL,
                "sha256:" + SCRIPT);
        return List.of(
                Records.planned(id, service, SCRIPT + CONTROL, List.of(SCRIPT, IMAGE, CONTROL)),
                new DeploymentEvent.Checked(Records.at(1), Check.warned(SCRIPT, IMAGE + CONTROL, LONG)),
                new DeploymentEvent.RevisionRegistered(Records.at(2), revision),
                new DeploymentEvent.SidesKnown(
                        Records.at(3),
                        SCRIPT,
                        IMAGE,
                        "arn:" + SCRIPT,
                        revision,
                        "arn:" + IMAGE,
                        List.of(SCRIPT, IMAGE)),
                new DeploymentEvent.AlarmChanged(Records.at(4), SCRIPT, "ALARM", IMAGE + CONTROL, Records.at(4)),
                new DeploymentEvent.TaskLogged(
                        Records.at(5), Side.REPLACEMENT, SCRIPT, IMAGE, List.of(SCRIPT, IMAGE, CONTROL, LONG), null),
                new DeploymentEvent.OperatorActed(Records.at(6), IMAGE, "ROLL_BACK", SCRIPT),
                new DeploymentEvent.Warned(Records.at(7), CAUSE),
                new DeploymentEvent.Ended(
                        Records.at(8), new Verdict(Outcome.ROLLED_BACK, CAUSE, Records.at(8), false, 100, 0)));
    }

    /** Nothing of what is in the strings has become an element or an attribute. */
    private static void assertInert(HtmlPage page) {
        List<String> alive = new ArrayList<>();
        for (DomElement element : page.getDomElementDescendants()) {
            if (element.getTagName().equals("script")
                    && element.getTextContent().contains("alert(")) {
                alive.add(element.asXml());
            }
            for (DomAttr attribute : element.getAttributesMap().values()) {
                if (attribute.getName().startsWith("on") && attribute.getValue().contains("alert(")) {
                    alive.add(element.asXml());
                }
            }
        }
        assertThat(alive, is(empty()));
    }

    private HtmlPage page(String path) throws Exception {
        JenkinsRule.WebClient web = jenkins.createWebClient();
        web.getOptions().setJavaScriptEnabled(false);
        HtmlPage page = web.goTo(path);
        assertInert(page);
        return page;
    }

    @Test
    void aRunsPagesShowThemAsText() throws Exception {
        for (String path : List.of(build.getUrl(), build.getUrl() + "ecs-canary/")) {
            HtmlPage page = page(path);
            assertThat(path, page.asNormalizedText(), containsString(SCRIPT + "/" + IMAGE));
            assertThat(path, page.asNormalizedText(), containsString("rolled back: " + SCRIPT + IMAGE));
            assertThat(path, page.getWebResponse().getContentAsString().indexOf('\u001b'), is(-1));
            assertThat(path, page.asNormalizedText().length(), lessThan(10_000));
        }
    }

    @Test
    void aDeploymentsPageShowsThemAsText() throws Exception {
        HtmlPage page = page(build.getUrl() + "ecs-canary/" + ID + "/");
        assertThat(page.asNormalizedText(), containsString("Deployment of " + SCRIPT + "/" + IMAGE));
        assertThat(page.getTitleText(), startsWith("Deployment of " + SCRIPT));
    }

    @Test
    void theChipShowsThemAsText() throws Exception {
        build.addAction(new Chips(build));
        HtmlPage page = page(build.getUrl() + "chips/");
        DomElement chip = page.querySelector(".ecs-canary-chip");
        assertThat(chip.getTextContent().trim(), is(IMAGE + ": rolled back"));
        assertThat(chip.getAttribute("data-view"), endsWith("/" + build.getUrl() + "ecs-canary/" + ID + "/view"));
    }

    @Test
    void theDocumentsAreNoPages() throws Exception {
        for (String name : List.of("view", "replay", "timeline")) {
            Page document = jenkins.createWebClient()
                    .getPage(new URL(jenkins.getURL(), build.getUrl() + "ecs-canary/" + ID + "/" + name));
            assertThat(name, document.getWebResponse().getContentType(), startsWith("application/json"));
            assertThat(name, document.getWebResponse().getResponseHeaderValue("X-Content-Type-Options"), is("nosniff"));
            assertThat(
                    name, document.getWebResponse().getContentAsString().indexOf('\u001b'), is(-1)); // \\u001b in JSON
        }
    }

    @Test
    void aCauseShowsTheNameOfABuildAsText() throws Exception {
        WorkflowJob other = Pipelines.job("other", "echo 'again'");
        build.setDisplayName(SCRIPT + IMAGE);
        WorkflowRun again = jenkins.assertBuildStatusSuccess(
                other.scheduleBuild2(0, new CauseAction(new RedeployCause(ID, build))));
        assertThat(page(again.getUrl()).asNormalizedText(), containsString("Ships again what web " + SCRIPT + IMAGE));
        assertThat(page(again.getUrl() + "console").asNormalizedText(), containsString(SCRIPT + IMAGE));
    }

    @Test
    void aRefusalIsOneLineOfTheLog() throws Exception {
        WorkflowJob job = Pipelines.job(
                "log",
                "ecsCanaryDeploy(region: 'eu-central-1', cluster: 'c', service: 's', taskDefinitionArn: 'web:1', credentialsId: '''x "
                        + "<script>alert(1)</script>\\u001b[31m\\r\\nFinished: SUCCESS''')");
        WorkflowRun refused = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
        String log = JenkinsRule.getLog(refused);
        assertThat(log, containsString("'x " + SCRIPT + " [31m Finished: SUCCESS'"));
        assertThat(log.lines().toList().contains("Finished: SUCCESS'"), is(false));
        assertThat(log, not(containsString("\u001b")));
        assertThat(page(refused.getUrl() + "console").asNormalizedText(), containsString(SCRIPT));
    }

    /** A page with the chips of a build, as Pipeline Graph View and the new build page have them. */
    public static final class Chips extends InvisibleAction {
        private final transient Run<?, ?> run;

        Chips(Run<?, ?> run) {
            this.run = run;
        }

        public Run<?, ?> getRun() {
            return run;
        }

        @Override
        public String getUrlName() {
            return "chips";
        }
    }
}
