package io.jenkins.plugins.ecscanary.jenkins.scan.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import hudson.model.Result;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.scan.FakeTrivy;
import io.jenkins.plugins.ecscanary.jenkins.scan.JobScans;
import io.jenkins.plugins.ecscanary.jenkins.scan.ScanId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomAttr;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the pages of scans say, and that whatever is called however is shown as text. */
@WithJenkins
class ScanPagesTest {

    private JenkinsRule jenkins;
    private FakeTrivy trivy;

    @BeforeEach
    void install(JenkinsRule rule, @TempDir Path directory) throws Exception {
        jenkins = rule;
        trivy = FakeTrivy.in(directory.resolve("bin"));
    }

    private WorkflowRun build(Result expected, String mode, String parameters) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("scan", WorkflowJob.class);
        if (job == null) {
            job = Pipelines.job("scan", "echo 'nothing'");
        }
        job.setDefinition(Pipelines.definition(trivy.pipeline(mode, parameters)));
        return jenkins.buildAndAssertStatus(expected, job);
    }

    private static String address(WorkflowRun build) {
        return build.getUrl() + "scan/"
                + build.getAction(ScanRunAction.class).getIds().get(0) + "/";
    }

    private HtmlPage page(String path) throws Exception {
        JenkinsRule.WebClient web = jenkins.createWebClient();
        web.getOptions().setJavaScriptEnabled(false);
        return web.goTo(path);
    }

    @Test
    void aScansPageTellsAllOfIt() throws Exception {
        build(Result.SUCCESS, "good", "image: 'shop/web:1'");
        WorkflowRun build = build(Result.FAILURE, "vulnerable", "image: 'shop/web:2', ignoreUnfixed: true");
        String text = page(address(build)).asNormalizedText();
        for (String told : List.of(
                "Scan of shop/web:1",
                "failed",
                "CVE-2024-45491",
                "2.5.0-1+deb12u1",
                "no fix yet",
                "no limit",
                "9 findings that build #1 did not have",
                "at most 0 CRITICAL (else fail)",
                "vuln, secret",
                "aws-access-key-id",
                "line 3",
                "9 / 9 shown")) {
            assertThat(text, containsString(told));
        }
        HtmlPage page = page(address(build));
        assertThat(page.querySelectorAll(".ecs-canary-findings tbody tr"), hasSize(9));
        assertThat(page.querySelectorAll(".ecs-canary-tile"), hasSize(5));
        DomElement link = page.querySelector(".ecs-canary-findings a");
        assertThat(link.getAttribute("href"), startsWith("https://avd.aquasec.com/nvd/"));
        assertThat(link.getAttribute("rel"), is("noopener noreferrer"));
    }

    /** Two comparisons: with what was accepted, and with the build before. */
    @Test
    void whatIsKnownIsToldApartFromWhatIsNew() throws Exception {
        build(
                Result.SUCCESS,
                "vulnerable",
                "image: 'shop/web:1', severity: '', maxFindings: [[severity: 'CRITICAL', atMost: 3]]");
        build(Result.SUCCESS, "good", "image: 'shop/web:2', severity: '', maxFindings: [[severity: 'LOW', atMost: 3]]");
        build(Result.FAILURE, "good", "image: 'shop/web:3', severity: 'LOW'");
        WorkflowRun build = build(Result.FAILURE, "vulnerable", "image: 'shop/web:4', baseline: 'previous'");
        String text = page(address(build)).asNormalizedText();
        assertThat(text, containsString("9 findings that build #3 did not have"));
        assertThat(text, containsString("0 findings, known from build #2, do not count"));
        build(Result.FAILURE, "vulnerable", "image: 'shop/web:5', severity: 'LOW'");
        WorkflowRun again = build(
                Result.SUCCESS,
                "vulnerable",
                "image: 'shop/web:6', baseline: 'previous', maxFindings: [[severity: 'CRITICAL', atMost: 3],"
                        + " [severity: 'HIGH', atMost: 3]]");
        assertThat(page(address(again)).asNormalizedText(), containsString("0 findings that build #5 did not have"));
        WorkflowRun known = build(Result.SUCCESS, "vulnerable", "image: 'shop/web:7', baseline: 'previous'");
        HtmlPage page = page(address(known));
        assertThat(page.asNormalizedText(), containsString("6 findings, known from build #6, do not count"));
        assertThat(page.asNormalizedText(), containsString("0 findings that build #6 did not have"));
        JSONObject json = jenkins.getJSON(address(known) + "api/json").getJSONObject();
        assertThat(json.getString("baseline"), is("build #6"));
        assertThat(json.getString("since"), is("build #6"));
    }

    @Test
    void theRunTheListAndTheJobLeadThere() throws Exception {
        WorkflowRun build = build(Result.FAILURE, "vulnerable", "image: 'shop/web:1'");
        for (String path : List.of(build.getUrl(), build.getUrl() + "scan/")) {
            HtmlPage page = page(path);
            assertThat(path, page.asNormalizedText(), containsString("Scan of shop/web:1"));
            assertThat(path, page.asNormalizedText(), containsString("3 CRITICAL, 3 HIGH, 2 MEDIUM, 1 LOW"));
        }
        HtmlPage job = page("job/scan/scans/");
        assertThat(job.asNormalizedText(), containsString("3 CRITICAL, 3 HIGH, 2 MEDIUM, 1 LOW"));
        assertThat(job.querySelectorAll(".ecs-canary-trend rect"), hasSize(4));
        assertThat(page("job/scan/").querySelectorAll(".ecs-canary-trend rect"), hasSize(4));
    }

    @Test
    void waivedOnesAreApartAndIdleWaiversAreTold() throws Exception {
        String waivers = Files.readString(trivy.directory().resolve("waivers.yaml"));
        WorkflowJob job = Pipelines.job(
                "scan",
                "node { writeFile file: 'waivers.yaml', text: '''" + waivers + "'''\n" + trivy.env("vulnerable")
                        + " { trivyScan(image: 'shop/web:1', waivers: 'waivers.yaml') } }");
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        HtmlPage page = page(address(build));
        assertThat(page.querySelectorAll(".ecs-canary-findings tbody tr"), hasSize(8));
        String text = page.asNormalizedText();
        for (String told : List.of(
                "Waived (1)",
                "the parser is never given what users send",
                "ann@example.com",
                "2099-12-31",
                "Waivers that waive nothing",
                "covers nothing: take it out",
                "expired: 1 finding counts again",
                "line 7")) {
            assertThat(text, containsString(told));
        }
    }

    @Test
    void whatCouldNotBeJudgedSaysWhy() throws Exception {
        build(Result.SUCCESS, "good", "image: 'shop/web:1'");
        WorkflowRun build = build(Result.FAILURE, "rate", "image: 'shop/web:1'");
        HtmlPage page = page(address(build));
        assertThat(page.asNormalizedText(), containsString("not judged"));
        assertThat(page.asNormalizedText(), containsString("TOOMANYREQUESTS"));
        assertThat(page.querySelectorAll(".ecs-canary-tile"), is(empty()));
        HtmlPage job = page("job/scan/scans/");
        assertThat(job.querySelectorAll(".ecs-canary-trend figure"), hasSize(1));
        assertThat(job.querySelectorAll(".ecs-canary-trend path"), hasSize(1));
    }

    @Test
    void whateverIsCalledHoweverIsShownAsText() throws Exception {
        WorkflowRun build = build(Result.FAILURE, "hostile", "image: 'shop/web:1'");
        for (String path :
                List.of(build.getUrl(), build.getUrl() + "scan/", address(build), "job/scan/scans/", "job/scan/")) {
            HtmlPage page = page(path);
            assertThat(path, alive(page), is(empty()));
            assertThat(path, page.getWebResponse().getContentAsString().indexOf('\u001b'), is(-1));
            assertThat(path, page.asNormalizedText().length(), lessThan(10_000));
        }
        HtmlPage page = page(address(build));
        assertThat(page.asNormalizedText(), containsString("<script>alert(1)</script>"));
        for (DomElement link : page.<DomElement>getByXPath("//table//a")) {
            assertThat(link.getAttribute("href"), startsWith("https://"));
        }
    }

    private static List<String> alive(HtmlPage page) {
        List<String> alive = new ArrayList<>();
        for (DomElement element : page.getDomElementDescendants()) {
            if (element.getTagName().equals("script")
                    && element.getTextContent().contains("alert(")) {
                alive.add(element.asXml());
            }
            for (DomAttr attribute : element.getAttributesMap().values()) {
                boolean runs = attribute.getName().startsWith("on")
                        || attribute.getValue().startsWith("javascript:");
                if (runs && attribute.getValue().contains("alert(")) {
                    alive.add(element.asXml());
                }
            }
        }
        return alive;
    }

    @Test
    void thereIsJsonOfAll() throws Exception {
        WorkflowRun build = build(Result.FAILURE, "vulnerable", "image: 'shop/web:1'");
        JSONObject scan = jenkins.getJSON(address(build) + "api/json").getJSONObject();
        assertThat(scan.getString("verdict"), is("FAILED"));
        assertThat(scan.getJSONArray("findings"), hasSize(9));
        assertThat(scan.toString(), not(containsString("AKIATHESECRETITSELF0")));
        JSONObject job = jenkins.getJSON("job/scan/scans/api/json").getJSONObject();
        assertThat(
                job.getJSONArray("scans").getJSONObject(0).getJSONObject("open").getInt("CRITICAL"), is(3));
    }

    @Test
    void theJobsIndexOutlivesBuildsAndTornLines() throws Exception {
        WorkflowRun build = build(Result.SUCCESS, "good", "image: 'shop/web:1'");
        WorkflowJob job = build.getParent();
        Path index = job.getRootDir().toPath().resolve("ecs-canary-scans.jsonl");
        Files.write(index, "{\"build\": 2, \"id".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        build(Result.SUCCESS, "good", "image: 'shop/web:2'");
        assertThat(JobScans.of(job), hasSize(2));
        build.delete();
        HtmlPage page = page("job/scan/scans/");
        assertThat(page.asNormalizedText(), containsString("#1, deleted"));
        assertThat(page.querySelectorAll(".jenkins-table tbody tr"), hasSize(2));
    }

    @Test
    void aFileThatIsNoResultIsTold() throws Exception {
        WorkflowRun build = build(Result.SUCCESS, "good", "image: 'shop/web:1'");
        String id = ScanId.fresh();
        ScanRunAction.note(build, id);
        assertThat(new ScanPage(build, id).getInstead(), is("The scan never came to an end"));
        Files.writeString(build.getRootDir().toPath().resolve("ecs-canary-scans/" + id + ".json"), "{\"torn\":");
        assertThat(new ScanPage(build, id).getInstead(), startsWith("What was kept of this scan can't be read"));
        assertThat(page(build.getUrl() + "scan/" + id + "/").asNormalizedText(), containsString("can't be read"));
    }
}
