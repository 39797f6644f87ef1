package io.jenkins.plugins.ecscanary.jenkins.history;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import hudson.model.Cause;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.jenkins.Chromium;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.Records;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Recorded;
import io.jenkins.plugins.ecscanary.jenkins.redeploy.RedeployCause;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The histories in a real Chromium, whose every complaint fails the test. Left out where there is none. */
@WithJenkins
class HistoryInBrowserTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    @Test
    void theHistoryIsReadAndShippedFromAgain(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = Pipelines.job("web", "echo 'deployed'");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        records(build);
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.page();
            String root = jenkins.jenkins.getRootUrl();
            page.navigate(root + "ecs-deployments/");
            assertThat(page.locator(".ecs-canary-history tbody tr")).hasCount(2);
            screenshot(page, "all-services");
            page.navigate(root + "job/web/ecs-services/");
            screenshot(page, "history-of-two");
            page.locator("h2 a", new Page.LocatorOptions().setHasText("shop/web"))
                    .click();
            assertThat(page.locator(".ecs-canary-sparkline").first()).isVisible();
            screenshot(page, "history");
            page.setViewportSize(420, 900);
            screenshot(page, "history-narrow");
            page.setViewportSize(1280, 900);

            Locator redeploy = page.locator("button.ecs-canary-act").first();
            redeploy.click();
            assertThat(page.locator("dialog[open]")).containsText("web:3 · 3.0");
            screenshot(page, "history-redeploy");
            page.locator("dialog button[data-id=ok]").click();
            assertThat(redeploy).isDisabled();
            assertThat(chromium.complaints(), empty());
        }
        jenkins.waitUntilNoActivity();
        WorkflowRun again = job.getBuildByNumber(2);
        assertThat(again, notNullValue());
        assertThat(again.getCause(RedeployCause.class), notNullValue());
        assertThat(again.getCause(Cause.UserIdCause.class), notNullValue());
        assertThat(again.getCause(RedeployCause.class).getRecordId(), is("shop-3"));
    }

    private static void records(WorkflowRun build) throws Exception {
        ServiceKey api = new ServiceKey("123456789012", "eu-central-1", "shop", "api");
        Instant now = Instant.now();
        Revision before = null;
        for (int i = 1; i <= 12; i++) {
            Revision revision = Recorded.revision(i, i + ".0");
            Recorded.of(api)
                    .over(before)
                    .at(now.minus(Duration.ofDays(20 - i)))
                    .write(build, "api-" + i, revision, i == 7 ? Outcome.ROLLED_BACK : Outcome.PROMOTED);
            before = i == 7 ? before : revision;
        }
        Recorded.of(Records.SERVICE)
                .at(now.minus(Duration.ofDays(6)))
                .write(build, "shop-1", Recorded.revision(1, "1.0"), Outcome.PROMOTED);
        Recorded.of(Records.SERVICE)
                .over(Recorded.revision(1, "1.0"))
                .by("bob")
                .cause("CloudWatch alarm web-b-success-rate went into ALARM: 97.2 % of 1,204 requests against 99.5 %")
                .at(now.minus(Duration.ofDays(3)))
                .write(build, "shop-2", Recorded.revision(2, "2.0"), Outcome.ROLLED_BACK);
        Recorded.of(Records.SERVICE)
                .over(Recorded.revision(1, "1.0"))
                .at(now.minus(Duration.ofHours(5)))
                .write(build, "shop-3", Recorded.revision(3, "3.0"), Outcome.PROMOTED);
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }
}
