package io.jenkins.plugins.ecscanary.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.jenkins.plugins.ecscanary.cli.Timelines;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The page as it is served, in a real Chromium; left out with a notice where there is none. */
class PageInBrowserTest {

    private final Timelines timeline = Timelines.planned("r1", "ann <b>").shifting();
    private volatile DeploymentView view = timeline.view();

    @Test
    void showsTheDeploymentAndItsEndWithoutAComplaint() throws Exception {
        Path chromium = Chromium.required();
        List<String> complaints = new CopyOnWriteArrayList<>();
        try (PageServer server =
                        PageServer.start(0, () -> view, timeline::entries, () -> Timelines.START.plusSeconds(266));
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(Chromium.options(chromium))) {
            Page page = browser.newPage();
            page.onConsoleMessage(message -> complaints.add(message.text()));
            page.onPageError(complaints::add);
            page.navigate(server.uri().toString());
            PlaywrightAssertions.assertThat(page.locator("canary-progress")).containsText("d-A1B2C3D4E");

            view = timeline.ended(Outcome.PROMOTED, "all traffic is on web:12", 0, 100)
                    .view();

            PlaywrightAssertions.assertThat(page.locator("canary-progress")).containsText("all traffic is on web:12");

            page.locator(".cp-replay-open").click();
            page.locator(".cp-replay-slider").press("Home");
            PlaywrightAssertions.assertThat(page.locator(".cp-chip-phase")).hasText("Planning");
        }
        assertThat(complaints).isEmpty();
    }
}
