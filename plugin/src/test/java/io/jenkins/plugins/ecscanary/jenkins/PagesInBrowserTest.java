package io.jenkins.plugins.ecscanary.jenkins;

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
import hudson.model.Result;
import io.jenkins.plugins.ecscanary.jenkins.run.CanaryRunAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * The pages in a real Chromium, whose every complaint fails a test: Jenkins enforces its Content-Security-Policy in tests. Left out
 * where there is no Chromium. Screenshots are in {@code target/screenshots}.
 */
@WithJenkins
class PagesInBrowserTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** A deployment takes a minute: there is time to open its page while traffic moves. */
    private static final int UNHURRIED = 20;

    private static final int PATIENCE_MS = 120_000;

    private static LocalAwsProcess aws;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private JenkinsRule jenkins;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() {
        Path chromium = Stream.of(System.getenv("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/google-chrome")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(chromium != null, "no Chromium on this machine: set CHROMIUM to its path");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
        aws = LocalAwsProcess.start(UNHURRIED);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    }

    @AfterAll
    static void stop() {
        if (aws != null) {
            aws.close();
        }
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void open(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Pipelines.allow(aws);
        context = browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 900));
        context.setDefaultTimeout(PATIENCE_MS);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(complaints::add);
        page.onDialog(dialog -> dialog.accept());
    }

    @AfterEach
    void close() {
        context.close();
        assertThat(complaints, empty());
    }

    private void visit(String path) {
        page.navigate(jenkins.jenkins.getRootUrl() + path);
    }

    private void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    private String deployment(WorkflowRun build) {
        return build.getUrl() + CanaryRunAction.URL_NAME + "/"
                + build.getAction(CanaryRunAction.class).getIds().get(0) + "/";
    }

    @Test
    void aDeploymentIsWatchedLiveAndWatchedAgain() throws Exception {
        String image = aws.push("watched", Map.of("APP_VERSION", "watched"));
        WorkflowJob job = Pipelines.job("watched", "ecsCanaryDeploy(" + Pipelines.parameters(aws, image) + ")");
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("10 % of traffic", build);

        visit(deployment(build));
        assertThat(page.locator("canary-progress")).containsText("web:");
        assertThat(button("Roll back now")).isVisible();
        assertThat(button("Redeploy this")).isHidden();
        screenshot("deployment-running");
        visit(build.getUrl());
        assertThat(page.locator("#main-panel")).containsText("reference/web");
        screenshot("run-running");

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        visit(deployment(build));
        assertThat(page.locator("canary-progress")).containsText("Promoted");
        assertThat(button("Roll back now")).isHidden();
        assertThat(button("Redeploy this")).isVisible();
        screenshot("deployment-promoted");
        visit(build.getUrl());
        assertThat(page.locator("#main-panel")).containsText("promoted");
        screenshot("run-promoted");
    }

    private Locator button(String text) {
        return page.locator("button.ecs-canary-act", new Page.LocatorOptions().setHasText(text));
    }

    @Test
    void someoneRollsItBackFromItsPage() throws Exception {
        String image = aws.push("unwanted", Map.of("APP_VERSION", "unwanted"));
        WorkflowJob job = Pipelines.job("unwanted", "ecsCanaryDeploy(" + Pipelines.parameters(aws, image) + ")");
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("10 % of traffic", build);

        visit(deployment(build));
        button("Roll back now").click();
        page.locator("dialog button[data-id=ok]").click();
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("ROLLED_BACK", build);
        assertThat(page.locator("canary-progress")).containsText("Rolled back");
        assertThat(button("Redeploy this")).isVisible();
        screenshot("deployment-rolled-back");
    }
}
