package io.jenkins.plugins.ecscanary.jenkins.scan.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.scan.FakeTrivy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
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
    private static final int PATIENCE_MS = 120_000;

    /** What a dark theme changes, as far as these pages use it. */
    private static final String DARK = """
            :root { --background: #1c1c20; --text-color: #e6e6ea; --text-color-secondary: #a3a3ad; --card-background: #26262c;
              --card-border-color: #3a3a42; --header-background: #131316; --table-background: #222227;
              --table-header-background: #2c2c33; --input-color: #26262c; --input-border: #45454e; --link-color: #66a3ff;
              --accent-color: #66a3ff; --button-background: #33333a; --table-body-background: #26262c; color-scheme: dark;
              --purple: #b18cff; --red: #ff5c67; --orange: #ff9f43; --blue: #5aa9ff; --success-color: #5bd08a;
              --warning-color: #ffb454; --error-color: #ff6b76; --jenkins-border: 1px solid #3a3a42; }""";

    private final List<String> complaints = new ArrayList<>();

    @Test
    void findingsAreReadSortedAndFiltered(JenkinsRule jenkins, @TempDir Path directory) throws Exception {
        Path chromium = Stream.of(System.getenv("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/google-chrome")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(chromium != null, "no Chromium on this machine: set CHROMIUM to its path");
        FakeTrivy trivy = FakeTrivy.in(directory.resolve("bin"));
        WorkflowRun build = builds(jenkins, trivy);
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium)
                                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
                BrowserContext context =
                        browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 900))) {
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
            Page page = context.newPage();
            page.setDefaultTimeout(PATIENCE_MS);
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text() + " at " + message.location());
                }
            });
            page.onPageError(complaints::add);
            String root = jenkins.jenkins.getRootUrl();
            String scan = build.getUrl() + "scan/"
                    + build.getAction(ScanRunAction.class).getIds().get(0) + "/";
            page.navigate(root + scan);
            page.waitForLoadState();
            screenshot(page, "scan");
            page.setViewportSize(420, 900);
            screenshot(page, "scan-narrow");
            page.setViewportSize(1280, 900);
            filter(page);
            sort(page);
            page.navigate(root + build.getUrl());
            assertThat(page.locator("#main-panel")).containsText("Scan of");
            screenshot(page, "scan-run");
            page.navigate(root + "job/scan/scans/");
            assertThat(page.locator(".ecs-canary-trend rect").first()).isVisible();
            screenshot(page, "scan-trend");
            page.navigate(root + "job/scan/");
            assertThat(page.locator(".ecs-canary-trend rect").first()).isVisible();
            screenshot(page, "scan-job");
            assertThat(complaints, empty());
            page = browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 900))
                    .newPage();
            for (String path : List.of(scan, "job/scan/scans/")) {
                page.navigate(root + path);
                page.evaluate(
                        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
                                + " document.adoptedStyleSheets = [sheet]; }",
                        DARK);
                screenshot(page, path.equals(scan) ? "scan-dark" : "scan-trend-dark");
            }
        }
        assertThat(complaints, empty());
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
