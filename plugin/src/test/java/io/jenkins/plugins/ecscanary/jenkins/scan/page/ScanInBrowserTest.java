package io.jenkins.plugins.ecscanary.jenkins.scan.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import hudson.model.Cause;
import hudson.model.CauseAction;
import io.jenkins.plugins.ecscanary.jenkins.BuildPages;
import io.jenkins.plugins.ecscanary.jenkins.Chromium;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.scan.FakeTrivy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * The pages of scans in a real Chromium, whose every complaint fails the test: Jenkins enforces its Content-Security-Policy in
 * tests. Left out where there is none. Screenshots are in {@code target/screenshots}.
 */
@WithJenkins
class ScanInBrowserTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** What a dark theme changes, as far as these pages use it. */
    private static final String DARK = """
            :root { --background: #1c1c20; --text-color: #e6e6ea; --text-color-secondary: #a3a3ad; --card-background: #26262c;
              --card-border-color: #3a3a42; --header-background: #131316; --table-background: #222227;
              --table-header-background: #2c2c33; --input-color: #26262c; --input-border: #45454e; --link-color: #66a3ff;
              --accent-color: #66a3ff; --button-background: #33333a; --table-body-background: #26262c; color-scheme: dark;
              --purple: #b18cff; --red: #ff5c67; --orange: #ff9f43; --blue: #5aa9ff; --success-color: #5bd08a;
              --warning-color: #ffb454; --error-color: #ff6b76; --jenkins-border: 1px solid #3a3a42; }""";

    @AutoClose
    private static Chromium chromium;

    private JenkinsRule jenkins;
    private FakeTrivy trivy;
    private Page page;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @BeforeEach
    void open(JenkinsRule rule, @TempDir Path directory) throws Exception {
        jenkins = rule;
        trivy = FakeTrivy.in(directory.resolve("bin"));
        page = chromium.page();
    }

    @AfterEach
    void close() {
        page.context().close();
        assertThat(chromium.complaints(), empty());
    }

    private void visit(String path) {
        page.navigate(jenkins.jenkins.getRootUrl() + path);
        Chromium.settle(page);
    }

    private static String address(WorkflowRun build, int number) {
        return build.getUrl() + "scan/"
                + build.getAction(ScanRunAction.class).getIds().get(number) + "/";
    }

    @Test
    void findingsAreReadSortedAndFiltered() throws Exception {
        WorkflowRun build = builds(jenkins, trivy);
        String scan = address(build, 0);
        visit(scan);
        screenshot(page, "scan");
        page.setViewportSize(420, 900);
        screenshot(page, "scan-narrow");
        page.setViewportSize(1280, 900);
        filter(page);
        sort(page);
        visit(build.getUrl());
        assertThat(page.locator("#main-panel")).containsText("Scan of");
        screenshot(page, "scan-run");
        visit("job/scan/scans/");
        assertThat(page.locator(".ecs-canary-trend rect").first()).isVisible();
        screenshot(page, "scan-trend");
        visit("job/scan/");
        assertThat(page.locator(".ecs-canary-trend rect").first()).isVisible();
        screenshot(page, "scan-job");
        for (String path : List.of(scan, "job/scan/scans/")) {
            visit(path);
            page.evaluate(
                    "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
                            + " document.adoptedStyleSheets = [sheet]; }",
                    DARK);
            screenshot(page, path.equals(scan) ? "scan-dark" : "scan-trend-dark");
        }
    }

    /** One that let the image pass, one that did not, and one that could not judge; on either of a build's pages. */
    @Test
    void severalScansOfOneBuild() throws Exception {
        BuildPages.offer(jenkins);
        StringBuilder script = new StringBuilder("node {\n");
        for (String mode : List.of("good", "vulnerable", "rate")) {
            script.append(trivy.env(mode)).append(" { catchError { trivyScan(image: 'shop/web:" + mode + "') } }\n");
        }
        WorkflowJob job = Pipelines.job("scan", script + "}");
        WorkflowRun build = jenkins.waitForCompletion(
                job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(BuildPages.CLASSIC)))
                        .waitForStart());
        for (String user : List.of(BuildPages.CLASSIC, BuildPages.EXPERIMENTAL)) {
            page.context().setExtraHTTPHeaders(BuildPages.as(user));
            visit(build.getUrl());
            assertThat(page.locator("#main-panel .ecs-canary-verdict")).hasCount(3);
            visit(build.getUrl() + "scan/");
            assertThat(page.locator(".jenkins-table tbody tr")).hasCount(3);
            screenshot(page, "scans-of-a-build-" + user);
            for (int i = 0; i < 3; i++) {
                visit(address(build, i));
                assertThat(page.locator("#main-panel > .ecs-canary-outcome")).isVisible();
                assertThat(page.locator(".ecs-canary-outcome > *")).hasCount(1);
                assertThat(page.locator(".ecs-canary-notice *")).hasCount(0);
                assertThat(chromium.complaints(), empty());
            }
        }
    }

    private static void filter(Page page) {
        Locator rows = page.locator(".ecs-canary-findings tbody tr:visible");
        Locator shown = page.locator("#ecs-canary-shown");
        assertThat(rows).hasCount(8);
        page.locator(".ecs-canary-tile[data-severity=CRITICAL]").click();
        assertThat(rows).hasCount(2);
        assertThat(shown).hasText("2 / 8 shown");
        page.locator(".ecs-canary-tile[data-severity=HIGH]").click();
        assertThat(rows).hasCount(5);
        page.locator("#ecs-canary-words").fill("openssl x.509");
        assertThat(rows).hasCount(1);
        assertThat(rows.first()).containsText("CVE-2024-6119");
        screenshot(page, "scan-filtered");
        page.locator("#ecs-canary-words").fill("");
        page.locator(".ecs-canary-tile[data-severity=CRITICAL]").click();
        page.locator(".ecs-canary-tile[data-severity=HIGH]").click();
        page.locator("#ecs-canary-counted").check();
        assertThat(rows).hasCount(3);
        page.locator("#ecs-canary-counted").uncheck();
        page.locator("#ecs-canary-fresh").check();
        assertThat(rows).hasCount(8);
        page.locator("#ecs-canary-fresh").uncheck();
    }

    private static void sort(Page page) {
        Locator first = page.locator(".ecs-canary-findings tbody tr").first();
        Locator severity = page.locator(".ecs-canary-findings th").first();
        severity.click();
        assertThat(first).containsText("CRITICAL");
        severity.click();
        assertThat(first).containsText("LOW");
    }

    /** Some builds with more and fewer findings, one of which could not be judged. */
    private static WorkflowRun builds(JenkinsRule jenkins, FakeTrivy trivy) throws Exception {
        WorkflowJob job = Pipelines.job("scan", "echo 'nothing'");
        for (String mode : List.of("good", "vulnerable", "vulnerable", "good", "rate", "good", "good")) {
            job.setDefinition(Pipelines.definition(trivy.pipeline(mode, "image: 'shop/web:1'")));
            jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
        }
        String waivers = Files.readString(trivy.directory().resolve("waivers.yaml"));
        job.setDefinition(Pipelines.definition("node { writeFile file: 'waivers.yaml', text: '''" + waivers + "'''\n"
                + trivy.env("vulnerable")
                + " { trivyScan(image: 'shop/web:1', ignoreUnfixed: true, waivers: 'waivers.yaml') } }"));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }
}
