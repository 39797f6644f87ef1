package io.jenkins.plugins.ecscanary.jenkins;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;
import hudson.model.Result;
import io.jenkins.plugins.ecscanary.jenkins.run.CanaryRunAction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
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

    @AutoClose
    private static Chromium chromium;

    @AutoClose
    private static LocalAwsProcess aws;

    private JenkinsRule jenkins;
    private Page page;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        aws = LocalAwsProcess.start(UNHURRIED);
    }

    @BeforeEach
    void open(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Pipelines.allow(aws);
        page = chromium.page();
    }

    @AfterEach
    void close() {
        page.context().close();
        assertThat(chromium.complaints(), empty());
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
        assertThat(page.locator("canary-progress .cp-service")).isVisible();
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
        watchAgain();
        visit(build.getUrl());
        assertThat(page.locator("#main-panel")).containsText("promoted");
        screenshot("run-promoted");
    }

    /** As it went: nothing of it is made up, so what was seen of the weights is not the same each time. */
    private void watchAgain() {
        page.locator(".cp-replay-open").click();
        page.locator(".cp-replay button[aria-label=Pause]").click();
        BoundingBox track = page.locator(".cp-replay-slider").boundingBox();
        double y = track.y + track.height / 2;
        page.mouse().move(track.x + 1, y);
        page.mouse().down();
        List<Integer> weights = new ArrayList<>();
        for (int i = 0; i <= 40; i++) {
            page.mouse().move(track.x + track.width * i / 40, y);
            String shown = page.locator(".cp-share.cp-side-replacement .cp-share-value")
                    .innerText()
                    .replaceAll("\\D", "");
            if (!shown.isEmpty()) { // not known before AWS was asked
                weights.add(Integer.valueOf(shown));
            }
        }
        page.mouse().up();
        assertThat(weights, is(weights.stream().sorted().toList()));
        assertThat(weights.get(0), is(0));
        assertThat(weights.get(weights.size() - 1), is(100));
        assertThat(weights.stream().distinct().count(), greaterThan(5L));
    }

    private Locator button(String text) {
        return page.locator("button.ecs-canary-act", new Page.LocatorOptions().setHasText(text));
    }

    /** The row on the build's page keeps itself up to date, and no mouse is needed. */
    @Test
    void someoneEndsAwsWaitWithTheKeyboard() throws Exception {
        String image = aws.push("hurried", Map.of("APP_VERSION", "hurried"));
        WorkflowJob job = Pipelines.job("hurried", "ecsCanaryDeploy(" + Pipelines.parameters(aws, image) + ")");
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("10 % of traffic", build);

        visit(build.getUrl());
        Locator row = page.locator(".ecs-canary-chip__text").first();
        assertThat(row).containsText("shifting");
        assertThat(row).containsText("100 %, baking", new LocatorAssertions.ContainsTextOptions().setTimeout(120_000));
        visit(deployment(build));
        Locator promote = button("Promote");
        assertThat(promote).isVisible();
        promote.press("Enter");
        page.locator("dialog button[data-id=ok]").press("Enter");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        jenkins.assertLogContains("asks to promote", build);
        assertThat(page.locator("canary-progress")).containsText("Promoted");
        assertThat(promote).isHidden();
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
