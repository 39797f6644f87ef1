package io.jenkins.plugins.ecscanary.progressview;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Response;
import io.jenkins.plugins.ecscanary.progressview.ViewServer.Poll;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the view keeps up with a deployment. The browser's time is the test's: it moves when the test says so. */
class PollingTest extends BrowserTest {
    private static final Instant DUE = Instant.parse("2026-11-23T18:35:02.000Z");

    private ViewServer server;
    private final List<String> requests = new ArrayList<>();

    @BeforeEach
    void serve() {
        server = new ViewServer(document(), DUE.minusSeconds(40).toString());
        page.onRequest(request -> {
            if (request.url().endsWith("/view.json")) {
                requests.add(request.url());
            }
        });
        page.clock().install(new Clock.InstallOptions().setTime("2030-01-01T00:00:00Z"));
        page.clock().pauseAt("2030-01-01T00:00:10Z");
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private static ObjectNode document() {
        ObjectNode document = Documents.running();
        document.putObject("next")
                .put("what", "shift to 50 %")
                .put("weight", 50)
                .put("dueAt", DUE.toString());
        return document;
    }

    private Locator countdown() {
        return page.locator(".cp-countdown");
    }

    private void open() {
        page.waitForResponse("**/view.json", () -> page.navigate(server.address()));
        assertThat(page.locator(".cp-service")).hasText("web");
    }

    /** Lets time pass until the next poll is answered. */
    private Response poll(int millis) {
        return page.waitForResponse("**/view.json", () -> page.clock().runFor(millis));
    }

    @Test
    void asksAgainWithTheETagAndTakes304ForNothingNew() {
        open();
        page.evaluate("() => { window.updates = 0; addEventListener('canary-update', () => window.updates++); }");
        assertThat(poll(1000).status()).isEqualTo(304);
        assertThat(poll(1000).status()).isEqualTo(304);
        assertThat(page.evaluate("() => window.updates")).isEqualTo(0);
        assertThat(server.polls.get(0)).isEqualTo(new Poll(null, 200));
        assertThat(server.polls.subList(1, 3)).allMatch(poll -> poll.ifNoneMatch() != null && poll.status() == 304);

        server.show(document().put("version", 1000).put("phase", "BAKING"), DUE.toString());
        assertThat(poll(1000).status()).isEqualTo(200);
        assertThat(page.locator(".cp-chip-phase")).hasText("Baking");
        assertThat(page.evaluate("() => window.updates")).isEqualTo(1);
    }

    @Test
    void countsDownOnAwsTimeWhichIsNotThisMachines() {
        server.servePageWithInterval(3_600_000);
        open();
        assertThat(countdown()).hasText("40 s");
        page.clock().runFor(10_000);
        assertThat(countdown()).hasText("30 s");
        page.clock().runFor(31_000);
        assertThat(countdown()).hasText("due now");
    }

    @Test
    void countsDownWithTheSpeedOfTheSimulatedClock() {
        server.show(document().put("speed", 20), DUE.minusSeconds(119).toString());
        server.servePageWithInterval(3_600_000);
        open();
        assertThat(countdown()).hasText("119 s");
        page.clock().runFor(1_000);
        assertThat(countdown()).hasText("99 s");
        assertThat(page.locator(".cp-chips")).containsText("clock × 20");
    }

    @Test
    void a304SetsTheClockToo() {
        open();
        server.show(document(), DUE.minusSeconds(5).toString());
        assertThat(poll(1000).status()).isEqualTo(304);
        assertThat(countdown()).hasText("5 s");
    }

    @Test
    void anAnswerThatWasLongOnItsWayDoesNotPutTheCountdownBack() {
        open();
        // The server's clock has moved by 0.2 s while a second has passed here: that is an old answer, not slow time.
        server.show(document(), DUE.minusMillis(39_800).toString());
        poll(1000);
        page.clock().runFor(250);
        assertThat(countdown()).hasText("39 s");
    }

    @Test
    void withoutTheHeaderTimeStandsStillAtTheLastEvent() {
        ObjectNode document = document().put("lastEventAt", DUE.minusSeconds(33).toString());
        server.show(document, null);
        server.servePageWithInterval(3_600_000);
        open();
        assertThat(countdown()).hasText("33 s");
        page.clock().runFor(10_000);
        assertThat(countdown()).hasText("33 s");
    }

    @Test
    void keepsWhatItShowsWhileTheServerIsAwayAndGoesOnWhenItIsBack() {
        expectComplaintsAbout("net::ERR_CONNECTION_REFUSED");
        open();
        server.goAway();
        page.clock().runFor(1000);
        assertThat(page.locator(".cp-lost-place")).containsText("Connection lost since 18:34:2");
        assertThat(page.locator(".cp-lost-place")).containsText("the server does not answer");
        assertThat(page.locator(".cp-service")).hasText("web");
        assertThat(page.locator(".cp-share-value").first()).hasText("40\u00a0%");

        server.comeBack();
        assertThat(poll(2000).status()).isEqualTo(304);
        assertThat(page.locator(".cp-lost-place")).isEmpty();
    }

    @Test
    void asksLessOftenTheLongerTheServerFails() {
        expectComplaintsAbout("503");
        open();
        server.answerWith(503);
        poll(1000);
        assertThat(page.locator(".cp-lost-place")).containsText("the server answered 503");
        for (int wait : new int[] {2000, 4000, 8000, 16000, 30000, 30000}) {
            int before = requests.size();
            page.clock().runFor(wait - 1);
            page.evaluate("() => fetch('canary-progress.css').then((response) => response.text())");
            assertThat(requests).as("requests before %d ms have passed", wait).hasSize(before);
            poll(1);
            // The next wait begins when the view has taken the answer.
            page.evaluate("() => fetch('canary-progress.css').then((response) => response.text())");
        }
    }

    @Test
    void aButtonAsksAtOnce() {
        expectComplaintsAbout("503");
        open();
        server.answerWith(503);
        poll(1000);
        server.answerWith(200);
        page.waitForResponse("**/view.json", () -> page.getByText("Try now").click());
        assertThat(page.locator(".cp-lost-place")).isEmpty();
    }

    @Test
    void anAnswerThatIsNoDocumentIsAFailureToo() {
        server.show(document(), null);
        open();
        server.showText("<html>Please log in</html>");
        poll(1000);
        assertThat(page.locator(".cp-lost-place")).containsText("the answer is not a view document");
        assertThat(page.locator(".cp-service")).hasText("web");
    }

    @Test
    void asksSeldomWhileNobodyLooksAndAtOnceWhenSomebodyDoes() {
        open();
        hide(true);
        poll(1000); // This one was planned while the page was visible.
        page.evaluate("() => fetch('canary-progress.css').then((response) => response.text())");
        int before = requests.size();
        page.clock().runFor(14_999);
        page.evaluate("() => fetch('canary-progress.css').then((response) => response.text())");
        assertThat(requests).hasSize(before);
        poll(1);
        page.waitForResponse("**/view.json", () -> hide(false));
    }

    private void hide(boolean hidden) {
        page.evaluate(
                "(hidden) => { Object.defineProperty(document, 'hidden', {configurable: true, get: () => hidden});"
                        + " document.dispatchEvent(new Event('visibilitychange')); }",
                hidden);
    }

    @Test
    void tellsAScreenReaderTheStepsInTurnAndTheVerdictAtOnce() {
        open();
        Locator polite = page.locator("[aria-live=polite]");
        Locator assertive = page.locator("[aria-live=assertive]");
        assertThat(polite).isEmpty();
        ObjectNode next = document();
        ((ObjectNode) next.get("replacement")).put("weight", 50);
        server.show(next, DUE.toString());
        poll(1000);
        assertThat(polite).hasText("50\u00a0% of the traffic to web:12");
        assertThat(assertive).isEmpty();
        server.show(Documents.endedWith("ROLLED_BACK", "too many errors"), DUE.toString());
        poll(1000);
        assertThat(assertive).hasText("Rolled back: too many errors");
    }

    @Test
    void whatSomebodyOpenedStaysOpen() {
        open();
        page.locator(".cp-card-log summary").click();
        page.locator(".cp-card-checks summary").click();
        server.show(Documents.promoted(), Documents.promoted().get("endedAt").asText());
        poll(1000);
        assertThat(page.locator(".cp-verdict")).isVisible();
        assertThat(page.locator(".cp-card-log")).hasAttribute("open", "");
        assertThat(page.locator(".cp-card-checks")).hasAttribute("open", "");
        assertThat(page.locator(".cp-log-line").last()).containsText("promoted: web:12 takes all traffic");
    }

    @Test
    void stopsAskingWhenItIsTakenOffThePage() {
        open();
        page.evaluate("() => document.querySelector('canary-progress').remove()");
        int before = requests.size();
        page.clock().runFor(60_000);
        page.evaluate("() => fetch('canary-progress.css').then((response) => response.text())");
        assertThat(requests).hasSize(before);
    }

    @Test
    void stopsAskingOnceTheDeploymentHasEnded() {
        open();
        poll(1000);
        server.show(Documents.promoted(), Documents.promoted().get("endedAt").asText());
        assertThat(poll(1000).status()).isEqualTo(200);
        assertThat(page.locator(".cp-verdict-outcome")).hasText("Promoted");
        int before = requests.size();
        page.clock().runFor(60_000);
        // What the page asks comes after whatever the timers would have asked before it.
        page.evaluate("() => fetch('canary-progress.css').then((response) => response.text())");
        assertThat(requests).hasSize(before);
        assertThat(before).isEqualTo(3);
    }
}
