package io.jenkins.plugins.ecscanary.progressview;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.jenkins.plugins.ecscanary.progressview.ReportPage.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A deployment that has ended, watched again. The browser's time is the test's. */
class ReplayTest extends BrowserTest {

    private final ObjectNode document = Documents.rolledBack();
    private ViewServer server;

    @BeforeEach
    void serve() {
        server = new ViewServer(document, document.get("lastEventAt").textValue());
        server.replay(Frames.of(document).toString());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private void open() {
        page.clock().install(new Clock.InstallOptions().setTime("2030-01-01T00:00:00Z"));
        page.clock().pauseAt("2030-01-01T00:00:10Z");
        page.navigate(server.address());
        assertThat(page.locator(".cp-verdict-outcome")).hasText("Rolled back");
    }

    private void replay() {
        open();
        button("Replay").click();
        assertThat(slider()).isVisible();
    }

    private Locator button(String name) {
        return page.getByRole(
                com.microsoft.playwright.options.AriaRole.BUTTON,
                new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator slider() {
        return page.locator(".cp-replay-slider");
    }

    private Locator weight() {
        return page.locator(".cp-share.cp-side-replacement .cp-share-value");
    }

    private void seek(String time) {
        slider().evaluate(
                        "(slider, at) => { slider.value = String(Date.parse(at)); slider.dispatchEvent(new Event('input')); }",
                        time);
    }

    @Test
    void showsEveryMomentAsItWas() {
        replay();
        seek("2026-11-23T18:34:30.000Z");
        assertThat(weight()).hasText("20 %");
        assertThat(page.locator(".cp-verdict-outcome")).hasCount(0);
        assertThat(page.locator(".cp-chip-phase")).hasText("Shifting");
        // The slider has whole seconds since the start.
        assertThat(page.locator(".cp-countdown")).hasText("5 min 30 s");
        assertThat(page.locator(".cp-meta")).containsText("running for 4 min 30 s");
        assertThat(page.locator(".cp-log-line")).hasCount(20);
        seek("2026-11-23T18:33:30.000Z");
        assertThat(weight()).hasText("10 %");
        seek("2026-11-23T18:37:24.000Z");
        assertThat(page.locator(".cp-verdict-outcome")).hasText("Rolled back");
    }

    @Test
    void playsByItselfAndStandsStillAtTheEnd() {
        replay();
        // 444 s in about 30 s: 15 times as fast.
        assertThat(page.locator(".cp-replay-pace option:checked")).hasText("× 15");
        page.clock().runFor(13_000);
        assertThat(weight()).hasText("10 %");
        page.clock().runFor(30_000);
        assertThat(page.locator(".cp-verdict-outcome")).hasText("Rolled back");
        assertThat(button("Play")).isVisible();
        button("Play").click();
        assertThat(weight()).hasText("0 %");
        assertThat(page.locator(".cp-verdict-outcome")).hasCount(0);
    }

    @Test
    void pausesAndGoesAtTheChosenPace() {
        replay();
        page.locator(".cp-replay-pace").selectOption("60");
        page.clock().runFor(3_500);
        assertThat(weight()).hasText("10 %");
        button("Pause").click();
        page.clock().runFor(60_000);
        assertThat(weight()).hasText("10 %");
    }

    @Test
    void stepsFromEventToEventAndBackWithTheKeyboardToo() {
        replay();
        button("Pause").click();
        assertThat(button("To the event before")).isDisabled();
        button("To the next event").press("Enter");
        assertThat(weight()).hasText("10 %");
        button("To the next event").press("Enter");
        assertThat(weight()).hasText("20 %");
        slider().press("ArrowLeft");
        assertThat(weight()).hasText("10 %");
        slider().press("End");
        assertThat(page.locator(".cp-verdict-outcome")).hasText("Rolled back");
        assertThat(button("To the next event")).isDisabled();
        button("To the event before").press("Enter");
        assertThat(page.locator(".cp-verdict-outcome")).hasCount(0);
    }

    @Test
    void saysWhereItIsToAScreenReader() {
        replay();
        button("Pause").click();
        seek("2026-11-23T18:35:30.000Z");
        assertThat(slider()).hasAttribute("aria-valuetext", "18:35:30, Shifting, 30\u00a0%");
    }

    @Test
    void leavesTheReplayForTheEnd() {
        replay();
        button("To the end").click();
        assertThat(page.locator(".cp-verdict-outcome")).hasText("Rolled back");
        assertThat(slider()).isHidden();
        assertThat(button("Replay")).isFocused();
        assertThat(page.locator(".cp-log-line")).hasCount(35);
    }

    @Test
    void isOfferedOnlyForWhatHasEnded() {
        server.show(Documents.running(), Documents.running().get("lastEventAt").textValue());
        page.navigate(server.address());
        assertThat(page.locator(".cp-service")).hasText("web");
        assertThat(page.locator(".cp-replay")).isHidden();
    }

    @Test
    void isNotOfferedWhereThePageHasNone() {
        server.servePage(LivePage.html("Canary deployment", "view.json"));
        open();
        assertThat(page.locator(".cp-replay")).isHidden();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | this is not a recording",
                "{\"schema\": 2, \"frames\": []} | newer version",
                "{\"schema\": 1, \"frames\": []} | it has no frames",
                "[] | this is not a recording"
            })
    void aRecordingThatIsNoneIsSaidAndTheEndStays(String frames, String said) {
        server.replay(frames);
        open();
        button("Replay").click();
        assertThat(page.locator(".cp-replay-trouble")).containsText(said);
        assertThat(page.locator(".cp-verdict-outcome")).hasText("Rolled back");
    }

    @Test
    void aReportFromDiskIsReplayedToo(@TempDir Path folder) throws IOException {
        String html = new ReportPage(
                        "One deployment",
                        "",
                        List.of(new Section(
                                "A bad version",
                                document.toString(),
                                Frames.of(document).toString())))
                .html();
        page.navigate(
                Files.writeString(folder.resolve("report.html"), html).toUri().toString());
        button("Replay").click();
        button("Pause").click();
        seek("2026-11-23T18:35:30.000Z");
        assertThat(weight()).hasText("30 %");
    }

    @ParameterizedTest
    @CsvSource({"1200,LIGHT", "1200,DARK", "400,LIGHT"})
    void picture(int width, ColorScheme colours) {
        inWindow(width, colours);
        replay();
        button("Pause").click();
        seek("2026-11-23T18:35:30.000Z");
        Path file = Path.of("target", "screenshots", "replay-" + width + "-" + colours + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        assertThat(file).isNotEmptyFile();
    }
}
