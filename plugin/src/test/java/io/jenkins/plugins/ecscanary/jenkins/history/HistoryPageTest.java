package io.jenkins.plugins.ecscanary.jenkins.history;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.RevisionChange;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.Records;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.deployments.OrphansMonitor;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Recorded;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class HistoryPageTest {

    private static final Revision V1 = Recorded.revision(1, "1.0");
    private static final Revision V2 = Recorded.revision(2, "2.0");
    private static final Revision V3 = Recorded.revision(3, "3.0");
    private static final Instant NOW = Instant.now();

    private JenkinsRule jenkins;

    @BeforeEach
    void jenkins(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void itIsOnJobsThatHaveDeployedOnly() throws Exception {
        WorkflowJob job = job("web");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        assertThat(job.getActions(JobHistory.class), empty());
        assertThat(new AllServices().getIconFileName() == null, is(true));
        promoted(build, "r1", V1, 50);
        assertThat(job.getActions(JobHistory.class), hasSize(1));
        assertThat(page(job).getBody().getTextContent(), containsString("shop/web"));
        assertThat(jenkins.createWebClient().getPage(job).asXml(), containsString("job/web/ecs-services"));
        assertThat(jenkins.createWebClient().goTo("").asXml(), containsString("/ecs-deployments\""));
        WorkflowJob other = job("other");
        assertThat(other.getActions(JobHistory.class), empty());
        jenkins.createWebClient().assertFails("job/other/ecs-services/", 404);
    }

    @Test
    void aServiceThatCannotBeReadTakesNoOtherOneAway() throws Exception {
        WorkflowRun build = jenkins.buildAndAssertSuccess(job("web"));
        promoted(build, "r1", V1, 50);
        Path timeline = Deployments.get().records().timelineFile("r1");
        Path batch = timeline.getParent().getParent().resolveSibling("batch");
        Path damaged = batch.resolve("r2").resolve("timeline.jsonl");
        Files.createDirectories(damaged);
        assertThat(jenkins.getJSON("ecs-deployments/api/json").getJSONObject().getJSONArray("services"), hasSize(1));
        OrphansMonitor monitor = ExtensionList.lookupSingleton(OrphansMonitor.class);
        assertThat(monitor.getTroubles(), contains(containsString(batch + " can't be read")));
        assertThat(Deployments.get().records().find("r1").isPresent(), is(true));
        Files.delete(damaged);
        assertThat(new AllServices().getServices(), hasSize(1));
        assertThat(monitor.getTroubles(), empty());
    }

    @Test
    void itTellsWhatATaskDefinitionChanged() throws Exception {
        WorkflowJob job = job("web");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        Recorded.of(Records.SERVICE)
                .over(V1)
                .changing(
                        new RevisionChange("cpu", "256", "512"),
                        new RevisionChange("containerDefinitions[web].user", null, "<b>10001</b>"),
                        new RevisionChange("family", "old", null))
                .write(build, "r1", V2, Outcome.PROMOTED);
        HtmlPage page = page(job);
        DomElement details = page.querySelector("details.ecs-canary-changes");
        assertThat(
                details.querySelectorAll("li").stream()
                        .map(line -> line.getTextContent())
                        .toList(),
                contains(
                        "cpu: 256 → 512",
                        "containerDefinitions[web].user: + <b>10001</b>",
                        "family: − old",
                        "and 2 more"));
    }

    @Test
    void itTellsWhatIsLiveWhoDidWhatAndHowItEnded() throws Exception {
        WorkflowJob job = job("web");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        promoted(build, "r1", V1, 50);
        Recorded.of(Records.SERVICE)
                .over(V1)
                .by("bob")
                .cause("web-b-success-rate is in ALARM")
                .at(hoursAgo(20))
                .write(build, "r2", V2, Outcome.ROLLED_BACK);
        Recorded.of(Records.SERVICE)
                .throughPipeline()
                .over(V1)
                .at(hoursAgo(2))
                .write(build, "r3", V3, Outcome.PROMOTED);

        HtmlPage page = page(job);
        String text = page.getBody().asNormalizedText();
        assertThat(
                page.querySelector(".ecs-canary-live").getTextContent(),
                containsString("web:3 · 3.0 · " + V3.digest().substring(7, 19)));
        assertThat(page.querySelector(".ecs-canary-live").getTextContent(), containsString("by ann"));
        assertThat(text, containsString("2 deployments in 30 days"));
        assertThat(text, containsString("33 % (1 of 3)"));
        assertThat(text, containsString("18 hr")); // from 20 h ago to 2 h ago
        assertThat(
                text, containsString("instead of web:1 · 1.0 · " + V1.digest().substring(7, 19)));
        assertThat(text, containsString("web-b-success-rate is in ALARM"));
        assertThat(text, containsString("bob"));
        assertThat(
                page.querySelectorAll(".ecs-canary-history tbody span.ecs-canary-state").stream()
                        .map(state -> state.getTextContent())
                        .toList(),
                contains("promoted", "rolled back", "promoted"));
        List<? extends Object> curves = page.querySelectorAll("svg.ecs-canary-sparkline polyline").stream()
                .map(line -> ((DomElement) line).getAttribute("points"))
                .toList();
        assertThat(curves, hasSize(3));
        assertThat(curves.get(0).toString(), startsWith("2.0,22.0 11.2,22.0 11.2,20.0 38.8,20.0 38.8,12.0"));
        assertThat(curves.get(0).toString(), containsString("66.4,2.0 94.0,2.0"));
        assertThat(
                page.querySelectorAll("svg.ecs-canary-sparkline").get(1) instanceof DomElement svg
                        ? svg.getAttribute("aria-label")
                        : null,
                is("Highest share of the new revision 50 %, at the end 0 %"));
        assertThat(page.getAnchorByText("#1").getHrefAttribute(), is(contextPath() + "/job/web/1/"));
        List<String> buttons = page.querySelectorAll("button.ecs-canary-act").stream()
                .map(button -> ((DomElement) button).getAttribute("data-action"))
                .toList();
        assertThat(
                buttons,
                contains(
                        contextPath() + "/job/web/1/ecs-canary/r3/redeploy",
                        contextPath() + "/job/web/1/ecs-canary/r2/redeploy",
                        contextPath() + "/job/web/1/ecs-canary/r1/redeploy"));
        List<String> warnings = page.querySelectorAll("button.ecs-canary-act").stream()
                .map(button -> ((DomElement) button).getAttribute("data-message"))
                .toList();
        assertThat(warnings.get(0), containsString("runs the Pipeline of the job"));
        assertThat(warnings.get(1), containsString("no tests, no scan, no approval"));
        for (Object svg : page.querySelectorAll("svg, td, section")) {
            assertThat(((DomElement) svg).hasAttribute("style"), is(false));
        }
    }

    @Test
    void whereTheBuildIsGoneTheRecordStays() throws Exception {
        WorkflowJob job = job("web");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        promoted(build, "r1", V1, 5);
        build.delete();
        HtmlPage page = page(job);
        assertThat(page.getBody().asNormalizedText(), containsString("#1, deleted"));
        assertThat(page.querySelectorAll("button.ecs-canary-act"), empty());
        assertThat(page.querySelectorAll("svg.ecs-canary-sparkline"), hasSize(1));
    }

    @Test
    void severalServicesAreShownEachWithAFew() throws Exception {
        WorkflowJob job = job("web");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        ServiceKey api = new ServiceKey("123456789012", "eu-central-1", "shop", "api");
        for (int i = 0; i < 7; i++) {
            promoted(build, "r" + i, Recorded.revision(i + 1, "1." + i), 20 - i);
        }
        Recorded.of(api).at(hoursAgo(1)).write(build, "a1", V1, Outcome.PROMOTED);
        HtmlPage page = page(job);
        assertThat(page.querySelectorAll(".ecs-canary-service"), hasSize(2));
        assertThat(page.querySelectorAll(".ecs-canary-history tbody tr"), hasSize(1 + ServiceHistory.FEW));
        HtmlPage all = page.getAnchorByText("All 7 deployments").click();
        assertThat(all.querySelectorAll(".ecs-canary-history tbody tr"), hasSize(7));
        jenkins.createWebClient().assertFails("job/web/ecs-services/0123456789abcdef/", 404);
    }

    @Test
    void olderOnesAreOnFurtherPages() throws Exception {
        WorkflowJob job = job("web");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        for (int i = 0; i < 52; i++) {
            promoted(build, "r" + i, Recorded.revision(i + 1, "1." + i), 100 - i);
        }
        String address = "job/web/ecs-services/" + ServiceHistory.token(Records.SERVICE) + "/";
        HtmlPage first = jenkins.createWebClient().goTo(address);
        assertThat(first.querySelectorAll(".ecs-canary-history tbody tr"), hasSize(50));
        assertThat(first.getBody().asNormalizedText(), containsString("1 to 50 of 52"));
        HtmlPage second = first.getAnchorByText("Older").click();
        assertThat(second.querySelectorAll(".ecs-canary-history tbody tr"), hasSize(2));
        assertThat(second.getBody().asNormalizedText(), containsString("51 to 52 of 52"));
        HtmlPage again = second.getAnchorByText("Newer").click();
        assertThat(again.querySelectorAll(".ecs-canary-history tbody tr"), hasSize(50));
        for (String odd : List.of("-3", "x", "%3Cb%3E", "99999999999999999999")) {
            HtmlPage page = jenkins.createWebClient().goTo(address + "?from=" + odd);
            assertThat(page.getBody().asNormalizedText(), containsString("1 to 50 of 52"));
        }
        HtmlPage far = jenkins.createWebClient().goTo(address + "?from=1000");
        assertThat(far.getBody().asNormalizedText(), containsString("52 to 52 of 52"));
    }

    @Test
    void namesFromOutsideAreText() throws Exception {
        String hostile = "<img src=x onerror=alert(1)>\"'&{0}<script>alert(2)</script>";
        String turned = hostile + "\u202e" + "x".repeat(100_000);
        WorkflowJob job = job("web");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        Revision revision = new Revision("arn:x/" + hostile, hostile, "web:1", hostile);
        Revision before = new Revision("arn:x/old" + hostile, hostile, hostile, "sha256:" + hostile);
        Recorded.of(new ServiceKey("1", hostile, hostile, hostile))
                .by(turned)
                .cause(turned)
                .over(before)
                .write(build, "r1", revision, Outcome.PROMOTED);
        String token = ServiceHistory.token(new ServiceKey("1", hostile, hostile, hostile));
        for (String address :
                List.of("job/web/ecs-services/", "job/web/ecs-services/" + token + "/", "ecs-deployments/")) {
            HtmlPage page = jenkins.createWebClient().goTo(address);
            assertThat(page.querySelectorAll("img[src=x]"), empty());
            for (Object script : page.querySelectorAll("script")) {
                assertThat(((DomElement) script).getTextContent(), not(containsString("alert(2)")));
            }
            String text = page.getBody().getTextContent();
            assertThat(text, containsString(hostile + "/" + hostile));
            assertThat(text, not(containsString("\u202e")));
            assertThat(text.length(), lessThan(20_000));
        }
        DomElement button = page(job).querySelector("button.ecs-canary-act");
        assertThat(
                button.getAttribute("data-title"),
                is("Deploy " + hostile.substring(hostile.lastIndexOf('/') + 1) + " · 1 · " + hostile + " again?"));
    }

    @Test
    void whoMayReadWhatSeesThat() throws Exception {
        WorkflowJob open = job("open");
        WorkflowJob closed = job("closed");
        promotedBy("ann", jenkins.buildAndAssertSuccess(open), "r1", V1, 9);
        promotedBy("secret agent", jenkins.buildAndAssertSuccess(closed), "r2", V2, 5);
        ServiceKey own = new ServiceKey("123456789012", "eu-central-1", "shop", "own");
        Recorded.of(own).at(hoursAgo(3)).write(open.getLastBuild(), "r3", V1, Outcome.PROMOTED);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "builder", "anonymous")
                .grant(Item.READ)
                .onItems(open)
                .to("reader", "builder")
                .grant(Item.BUILD)
                .onItems(open)
                .to("builder")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));

        String address = "job/open/ecs-services/";
        JenkinsRule.WebClient anonymous = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        assertThat(anonymous.goTo(address).getWebResponse().getStatusCode(), is(404));
        assertThat(anonymous.goTo("ecs-deployments/").getBody().asNormalizedText(), not(containsString("shop/")));

        HtmlPage reader = jenkins.createWebClient().login("reader").goTo(address);
        String text = reader.getBody().asNormalizedText();
        assertThat(text, containsString("web:2")); // what runs in one's own service
        assertThat(text, containsString("another job"));
        assertThat(text, not(containsString("secret agent")));
        assertThat(text, not(containsString("closed")));
        assertThat(reader.querySelectorAll("button.ecs-canary-act"), empty());
        String json = jenkins.createWebClient()
                .login("reader")
                .goTo(address + "api/json", "application/json")
                .getWebResponse()
                .getContentAsString();
        assertThat(json, not(containsString("secret agent")));

        HtmlPage all = jenkins.createWebClient().login("reader").goTo("ecs-deployments/");
        assertThat(all.getBody().asNormalizedText(), containsString("shop/own"));
        assertThat(all.getBody().asNormalizedText(), not(containsString("shop/web"))); // last deployed by the other job
        assertThat(
                jenkins.createWebClient()
                        .login("admin")
                        .goTo("ecs-deployments/")
                        .getBody()
                        .asNormalizedText(),
                containsString("shop/web"));

        HtmlPage builder = jenkins.createWebClient().login("builder").goTo(address);
        List<String> actions = builder.querySelectorAll("button.ecs-canary-act").stream()
                .map(button -> ((DomElement) button).getAttribute("data-action"))
                .toList();
        assertThat(actions, hasSize(2)); // those of this job
        assertThat(post("reader", "job/open/1/ecs-canary/r1/redeploy"), is(403));
    }

    private int post(String user, String address) throws Exception {
        JenkinsRule.WebClient client =
                jenkins.createWebClient().login(user).withThrowExceptionOnFailingStatusCode(false);
        return client.getPage(client.addCrumb(new WebRequest(new URL(jenkins.getURL(), address), HttpMethod.POST)))
                .getWebResponse()
                .getStatusCode();
    }

    @Test
    void aJobKeepsItsHistoryUnderAnotherNameAndTheNextOfItsNameHasNone() throws Exception {
        WorkflowJob job = job("web");
        promoted(jenkins.buildAndAssertSuccess(job), "r1", V1, 5);
        job.renameTo("shop");
        assertThat(page(job).getBody().asNormalizedText(), containsString("web:1"));
        WorkflowJob next = job("web");
        assertThat(next.getActions(JobHistory.class), empty());
        job.delete();
        assertThat(job("shop").getActions(JobHistory.class), empty());
        // The service still runs what that job deployed.
        String all =
                jenkins.createWebClient().goTo("ecs-deployments/").getBody().asNormalizedText();
        assertThat(all, containsString("web:1"));
        assertThat(all, containsString("its job is deleted"));
        assertThat(all, not(containsString("ann")));
    }

    @Test
    void itIsThereAsJson() throws Exception {
        WorkflowJob job = job("web");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        promoted(build, "r1", V1, 50);
        Recorded.of(Records.SERVICE).over(V1).at(hoursAgo(2)).write(build, "r2", V2, Outcome.ROLLED_BACK);

        JSONObject service = jenkins.getJSON("job/web/ecs-services/api/json")
                .getJSONObject()
                .getJSONArray("services")
                .getJSONObject(0);
        assertThat(service.getJSONObject("service").getString("cluster"), is("shop"));
        assertThat(service.getJSONObject("serving").getString("taskDefinition"), is(V1.taskDefinition()));
        assertThat(service.getJSONObject("figures").getDouble("changeFailureRate"), is(0.5));
        assertThat(service.getInt("total"), is(2));
        JSONObject last = service.getJSONArray("deployments").getJSONObject(0);
        assertThat(last.getString("id"), is("r2"));
        assertThat(last.getString("deploymentId"), is("d-r2"));
        assertThat(last.getString("kind"), is("deploy"));
        assertThat(last.getString("startedBy"), is("ann"));
        assertThat(last.getJSONObject("revision").getString("digest"), is(V2.digest()));
        assertThat(last.getJSONObject("original").getString("digest"), is(V1.digest()));
        assertThat(last.getJSONObject("verdict").getString("outcome"), is("ROLLED_BACK"));
        assertThat(Instant.parse(last.getString("startedAt")).isBefore(NOW), is(true));

        JSONObject page = jenkins.getJSON("job/web/1/ecs-canary/r2/api/json").getJSONObject();
        assertThat(page.getString("id"), is("r2"));
        assertThat(page.getJSONObject("service").getString("service"), is("web"));
        assertThat(page.getJSONObject("verdict").getString("cause"), containsString("all traffic"));

        JSONObject one = jenkins.getJSON(
                        "job/web/ecs-services/" + ServiceHistory.token(Records.SERVICE) + "/api/json?from=1")
                .getJSONObject();
        assertThat(one.getInt("from"), is(1));
        assertThat(one.getJSONArray("deployments"), hasSize(1));
        assertThat(jenkins.getJSON("ecs-deployments/api/json").getJSONObject().getJSONArray("services"), hasSize(1));
    }

    private WorkflowJob job(String name) throws Exception {
        return Pipelines.job(name, "echo 'deployed'");
    }

    private HtmlPage page(Job<?, ?> job) throws Exception {
        return jenkins.createWebClient().getPage(job, "ecs-services/");
    }

    private String contextPath() {
        return jenkins.contextPath;
    }

    private static void promoted(WorkflowRun build, String id, Revision revision, long hoursAgo) throws Exception {
        promotedBy("ann", build, id, revision, hoursAgo);
    }

    private static void promotedBy(String who, WorkflowRun build, String id, Revision revision, long hoursAgo)
            throws Exception {
        Recorded.of(Records.SERVICE).by(who).at(hoursAgo(hoursAgo)).write(build, id, revision, Outcome.PROMOTED);
    }

    private static Instant hoursAgo(long hours) {
        return NOW.minus(Duration.ofHours(hours));
    }
}
