package io.jenkins.plugins.ecscanary.progressview;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the view shows of a document, on a page with the strict policy. */
class ViewTest extends BrowserTest {
    private ViewServer server;

    private void open(ObjectNode document) {
        server = new ViewServer(document, document.path("lastEventAt").asText());
        page.navigate(server.address());
    }

    private Locator card(String name) {
        return page.locator(".cp-card-" + name);
    }

    private void assertNoHorizontalScroll() {
        Object tooWide =
                page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(tooWide).as("pixels it is wider than the window").isEqualTo(0);
    }

    @AfterEach
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void tellsAtAGlanceWhoGetsWhat() {
        open(Documents.running());
        assertThat(card("traffic")).containsText("40 %");
        assertThat(card("traffic")).containsText("60 %");
        assertThat(page.locator(".cp-bar"))
                .hasAttribute(
                        "aria-label",
                        "40\u00a0% of the traffic to the replacement web:12, 60\u00a0% to the original web:11");
        double whole = page.locator(".cp-bar").boundingBox().width;
        page.waitForCondition(
                () -> Math.abs(page.locator(".cp-bar-replacement").boundingBox().width / whole - 0.4) < 0.005);
        assertThat(card("traffic")).containsText("Step 4 of 10");
        assertThat(page.locator(".cp-step[aria-current=step]"))
                .containsText("Step 4, 40\u00a0%, current, held for 60\u00a0s");
        assertThat(page.locator(".cp-step.cp-milestone")).hasCount(5);
        assertThat(page.locator(".cp-next")).containsText("shift to 50 %");
    }

    @ParameterizedTest(name = "due at {0}, {1} px wide")
    @CsvSource({
        "2026-11-23T18:30:00.000Z, 1200", // long past: "due now"
        "2026-11-23T18:48:53.000Z, 1200", // minutes and seconds
        "2026-11-25T18:48:53.000Z, 1200", // hours
        "2026-11-23T18:48:53.000Z, 780",
        "2026-11-23T18:48:53.000Z, 400"
    })
    void theCountdownStaysInItsCard(String dueAt, int width) {
        inWindow(width, ColorScheme.LIGHT);
        ObjectNode document = Documents.inPhase("BAKING");
        document.putObject("next")
                .put("what", "AWS stops the original task set")
                .putNull("weight")
                .put("dueAt", dueAt);
        open(document);
        assertThat(page.locator(".cp-countdown")).isVisible();
        Object outside = page.evaluate("() => [...document.querySelectorAll('.cp-next, .cp-next *')]"
                + ".filter(it => it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 0).map(it => it.textContent)");
        assertThat((List<?>) outside).as("texts wider than their place").isEmpty();
    }

    @Test
    void tellsHowBothVersionsDo() {
        ObjectNode document = Documents.rollingBack();
        open(document);
        Locator replacement = page.locator(".cp-card-side.cp-side-replacement");
        assertThat(replacement).containsText("web:13");
        assertThat(replacement).containsText("Below 99.5 %");
        assertThat(replacement).containsText("96.13 %");
        assertThat(replacement).containsText("1 of 2");
        assertThat(replacement).containsText("Target.ResponseCodeMismatch");
        assertThat(page.locator(".cp-card-side.cp-side-original")).containsText("Healthy");
        assertThat(card("alarms").locator(".cp-status").first()).hasText("Alarm");
        assertThat(card("stopped")).containsText("exit code 1");
        assertThat(page.locator(".cp-callout").first()).containsText("Rolling back");
        assertThat(page.locator(".cp-callout").first()).containsText("2 of 2 datapoints below 99.5 %");
        assertThat(card("lifecycle")).containsText("One or more alarms have been activated");
    }

    @ParameterizedTest
    @CsvSource({
        "99.996, 99.99 %",
        "99.499, 99.49 %",
        "99.5, 99.50 %",
        "100, 100.00 %",
        "0, 0.00 %",
        "99.53, 99.53 %",
        "97.876, 97.88 %",
    })
    void roundingNeverFlattersARate(double rate, String shown) {
        ObjectNode document = Documents.running();
        ((ObjectNode) document.at("/replacement/judged")).put("successRate", rate);
        open(document);
        assertThat(page.locator(".cp-side-replacement .cp-figure-rate .cp-figure-value"))
                .hasText(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "PLANNING, Planning",
        "CHECKING, Checking",
        "STARTING, Starting",
        "INSTALLING, Installing",
        "TESTING, Testing",
        "SHIFTING, Shifting",
        "BAKING, Baking",
        "ROLLING_BACK, Rolling back",
        "A_NEW_PHASE, A_NEW_PHASE",
    })
    void namesThePhase(String phase, String words) {
        open(Documents.inPhase(phase));
        assertThat(page.locator(".cp-chip-phase")).hasText(words);
        assertThat(page.locator(".cp-stage[aria-current=step]")).hasCount(phase.equals("A_NEW_PHASE") ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({
        "PROMOTED, Promoted, cp-ok", "ROLLED_BACK, Rolled back, cp-fail", "ROLLBACK_FAILED, Rollback failed, cp-loud",
        "REFUSED, Refused, cp-fail", "ABORTED, Aborted, cp-warn", "INCONCLUSIVE, Inconclusive, cp-warn",
        "UNKNOWN, Unknown, cp-warn", "SOMETHING_NEW, SOMETHING_NEW, cp-none",
    })
    void saysTheVerdictAndItsCause(String outcome, String words, String tone) {
        open(Documents.endedWith(outcome, "because of this"));
        assertThat(page.locator(".cp-verdict-outcome")).hasText(words);
        assertThat(page.locator(".cp-verdict")).containsText("because of this");
        assertThat(page.locator(".cp-verdict")).hasClass(Pattern.compile("\\b" + tone + "\\b"));
        assertThat(page.locator(".cp-next")).isHidden();
        assertThat(page.locator(".cp-phases")).isHidden();
        if (!outcome.equals("REFUSED")) {
            assertThat(page.locator(".cp-verdict")).containsText("40 % to web:12, 60 % to web:11");
        }
    }

    @Test
    void aProvisionalVerdictSaysSo() {
        ObjectNode document = Documents.endedWith("PROMOTED", null);
        ((ObjectNode) document.get("verdict")).put("provisional", true).putNull("originalWeight");
        open(document);
        assertThat(page.locator(".cp-verdict-outcome")).hasText("Promoted, provisionally");
        assertThat(page.locator(".cp-verdict")).containsText("could not be read back");
    }

    @Test
    void aRefusedDeploymentShowsWhatToDo() {
        open(Documents.refused());
        assertThat(card("checks")).hasAttribute("open", "");
        assertThat(card("checks").locator(".cp-row").first()).containsText("What to do: wait for it, or stop it");
        assertThat(card("traffic")).isHidden();
        assertThat(page.locator(".cp-card-side").first()).isHidden();
    }

    @Test
    void showsGatesThatWaitForSomeone() {
        ObjectNode document = Documents.running();
        document.putArray("gates")
                .addObject()
                .put("name", "approve 50 %")
                .put("state", "WAITING")
                .put("openedAt", "2026-11-23T18:36:00.000Z")
                .putNull("who")
                .putNull("note");
        open(document);
        assertThat(page.locator(".cp-callout")).containsText("Waiting for someone: approve 50 %");
        assertThat(card("gates")).containsText("Waiting");
    }

    @Test
    void theChartHasTheSameFiguresAsATable() {
        open(Documents.rolledBack());
        assertThat(page.locator(".cp-plot-place"))
                .hasAttribute("aria-label", Pattern.compile("the replacement has 0\u00a0% now"));
        assertThat(page.locator(".cp-plot .cp-point-bad")).hasCount(3);
        assertThat(page.locator(".cp-plot .cp-when-rollback")).hasCount(1);
        page.getByText("As a table").click();
        int rows = Documents.rolledBack().get("weights").size()
                + Documents.rolledBack().get("rates").size();
        assertThat(page.locator(".cp-table tbody tr")).hasCount(rows);
        assertThat(page.locator(".cp-table")).containsText("94.97 %");
    }

    @Test
    void whatIsNullIsShownAsUnknown() {
        open(Documents.reduced());
        assertThat(page.locator(".cp-service")).hasText("web");
        assertThat(page.locator(".cp-bar")).hasAttribute("aria-label", "The weights are not known yet");
        assertThat(card("chart")).isHidden();
        assertThat(page.locator("canary-progress")).not().containsText("null");
        assertThat(page.locator("canary-progress")).not().containsText("undefined");
        assertThat(page.locator("canary-progress")).not().containsText("NaN");
    }

    @Test
    void aDocumentOfANewerSchemaIsNotGuessedAt() {
        open(Documents.running().put("schema", 2));
        assertThat(page.locator("canary-progress"))
                .containsText("recorded by a newer version (schema 2); this page reads schema 1");
        assertThat(page.locator(".cp-view")).isHidden();
    }

    @ParameterizedTest
    @ValueSource(strings = {"running.json", "promoted.json", "rolling-back.json", "rolled-back.json"})
    void hostileTextIsShownAsTextEverywhere(String name) {
        String hostile = "<img src=x onerror=\"document.title='broken in'\">\"'</script><!--\u202e";
        ObjectNode document = Documents.withEveryText(
                Documents.read(name), member -> hostile + (member.equals("consoleUrl") ? "" : member));
        open(document);
        assertThat(page.locator(".cp-service")).containsText("<img src=x onerror=");
        for (Locator summary : page.locator("summary").all()) {
            if (summary.isVisible()) {
                summary.click();
            }
        }
        assertThat(page.locator("canary-progress img")).hasCount(0);
        assertThat(page.locator("canary-progress script")).hasCount(0);
        assertThat(page).hasTitle("Canary deployment");
        Set<String> shown = Set.of(
                "cluster",
                "region",
                "account",
                "startedBy",
                "redeployOf",
                "text",
                "reason",
                "message",
                "task",
                "note",
                "taskDefinition",
                "image",
                "targetGroup",
                "label",
                "config",
                "what",
                "detail",
                "name",
                "item",
                "cause");
        String all = page.locator("canary-progress").textContent();
        for (String member : shown) {
            // Not every document has a next step or a message.
            if (!document.findValues(member).stream().allMatch(JsonNode::isNull)
                    && !document.findValues(member).isEmpty()) {
                assertThat(all).as("the text of %s", member).contains(hostile + member);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:document.title='broken in'", " javascript:alert(1)", "data:text/html,x", "//x"})
    void onlyWebAddressesBecomeLinks(String address) {
        open(Documents.running().put("consoleUrl", address));
        assertThat(page.locator(".cp-meta")).containsText("d-A1B2C3D4E");
        assertThat(page.locator("canary-progress a")).hasCount(0);
    }

    @Test
    void theConsoleIsALink() {
        open(Documents.running());
        assertThat(page.locator(".cp-meta a"))
                .hasAttribute("href", Pattern.compile("^https://eu-central-1\\.console\\.aws"));
        assertThat(page.locator(".cp-meta a")).hasAttribute("rel", "noopener noreferrer");
    }

    @Test
    void everythingHasItsLinkAndOnlyHttpsIsOne() {
        ObjectNode document = Documents.running();
        document.putObject("links")
                .put("service web", "https://console.example/service")
                .put("log group <b>", "https://console.example/logs")
                .put("plain", "http://console.example/")
                .put("script", "javascript:alert(1)");
        open(document);
        assertThat(page.locator(".cp-console")).isVisible();
        page.locator(".cp-console summary").click();
        assertThat(page.locator(".cp-console li")).hasCount(4);
        assertThat(page.locator(".cp-console a")).hasCount(2);
        assertThat(page.locator(".cp-console a").first()).hasAttribute("href", "https://console.example/service");
        assertThat(page.locator(".cp-console a").first()).hasAttribute("rel", "noopener noreferrer");
        assertThat(page.locator(".cp-console")).containsText("log group <b>");
    }

    @Test
    void withoutAConsoleThereIsNoPlaceForLinks() {
        ObjectNode document = Documents.running();
        document.putObject("links");
        open(document);
        assertThat(page.locator(".cp-console")).isHidden();
    }

    @ParameterizedTest
    @ValueSource(strings = {"running.json", "promoted.json", "rolling-back.json", "rolled-back.json", "refused.json"})
    void fitsFourHundredPixels(String name) {
        inWindow(400, ColorScheme.LIGHT);
        open(Documents.read(name));
        assertThat(page.locator(".cp-service")).isVisible();
        assertNoHorizontalScroll();
    }

    @Test
    void fitsFourHundredPixelsWithLongNamesToo() {
        inWindow(400, ColorScheme.LIGHT);
        open(Documents.withEveryText(Documents.rollingBack(), member -> member + "x".repeat(300)));
        assertThat(page.locator(".cp-service")).isVisible();
        assertNoHorizontalScroll();
        for (Locator summary : page.locator("summary").all()) {
            if (summary.isVisible()) {
                summary.click();
            }
        }
        assertNoHorizontalScroll();
    }

    @Test
    void usesTheColoursOfThePageAroundIt() {
        open(Documents.running());
        Locator card = card("traffic");
        assertThat(card).hasCSS("background-color", "rgb(255, 255, 255)");
        page.evaluate("() => document.documentElement.setAttribute('data-theme', 'dark')");
        assertThat(card).hasCSS("background-color", "rgb(22, 30, 38)");
        page.evaluate("() => document.documentElement.style.setProperty('--card-background', 'rgb(1, 2, 3)')");
        assertThat(card).hasCSS("background-color", "rgb(1, 2, 3)");
    }

    @Test
    void isDarkWhereTheSystemIsUnlessThePageSaysOtherwise() {
        inWindow(1200, ColorScheme.DARK);
        open(Documents.running());
        assertThat(card("traffic")).hasCSS("background-color", "rgb(22, 30, 38)");
        page.evaluate("() => document.documentElement.setAttribute('data-theme', 'light')");
        assertThat(card("traffic")).hasCSS("background-color", "rgb(255, 255, 255)");
    }

    @Test
    void theKeyboardReachesAndOpensEverything() {
        open(Documents.running());
        assertThat(page.locator(".cp-service")).isVisible();
        page.keyboard().press("Tab");
        assertThat(page.locator(".cp-meta a")).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.locator(".cp-summary-small")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator(".cp-table")).isVisible();
        page.keyboard().press("Tab");
        assertThat(page.getByRole(
                        AriaRole.REGION,
                        new com.microsoft.playwright.Page.GetByRoleOptions()
                                .setName("Success rates and weights as a table")))
                .isFocused();
        page.keyboard().press("Tab");
        assertThat(card("checks").locator("summary")).isFocused();
        page.keyboard().press("Tab");
        assertThat(card("log").locator("summary")).isFocused();
        page.keyboard().press("Space");
        assertThat(page.locator(".cp-log-line").last()).isVisible();
        page.keyboard().press("Tab");
        assertThat(page.locator(".cp-log-scroll")).isFocused();
        assertThat(page.locator(".cp-log-scroll")).not().hasCSS("outline-style", "none");
    }

    @Test
    void aLongLogKeepsThePageQuick() {
        ObjectNode document = Documents.running();
        ArrayNode log = document.putArray("log");
        for (int i = 1; i <= 3000; i++) {
            log.addObject()
                    .put("seq", i)
                    .put("at", "2026-11-23T18:36:00.000Z")
                    .put("level", "INFO")
                    .put("text", "line " + i);
        }
        open(document);
        assertThat(page.locator(".cp-log-line")).hasCount(500);
        card("log").locator("summary").click();
        assertThat(card("log")).containsText("2,500 earlier lines are not shown");
        page.waitForCondition(() -> (boolean) page.locator(".cp-log-scroll")
                .evaluate("(log) => log.scrollTop > 0 && log.scrollTop + log.clientHeight >= log.scrollHeight - 4"));
    }

    /** Written by another version, or by nobody of ours: it is shown as far as it can be. */
    @Test
    void membersOfAnotherTypeThanExpectedBreakNothing() {
        open(Documents.rolledBack());
        assertThat(page.locator(".cp-service")).hasText("web");
        Object shown = page.evaluate(
                """
                async () => {
                  const text = await (await fetch('view.json')).text();
                  const element = document.querySelector('canary-progress');
                  let shown = 0;
                  const spoil = (path, holder) => {
                    for (const member of Object.keys(holder)) {
                      for (const value of [undefined, null, 'x', 5, true, [], {}, [null], ['x'], [{}]]) {
                        const doc = JSON.parse(text);
                        let place = doc;
                        path.forEach((name) => { place = place[name]; });
                        place[member] = value;
                        if (doc.schema === 1) {
                          element.show(doc, {now: doc.lastEventAt});
                          shown++;
                        }
                      }
                    }
                  };
                  const doc = JSON.parse(text);
                  spoil([], doc);
                  for (const path of [['service'], ['verdict'], ['replacement'], ['replacement', 'judged'],
                      ['replacement', 'tasks'], ['replacement', 'targets'], ['plan'], ['plan', 'steps', 0], ['criterion'],
                      ['alarms', 0], ['lifecycle', 0], ['rollback'], ['checks', 0], ['warnings', 0], ['weights', 0],
                      ['rates', 0], ['stoppedTasks', 0], ['log', 0]]) {
                    spoil(path, path.reduce((holder, name) => holder[name], doc));
                  }
                  return shown;
                }""");
        assertThat((int) shown).isGreaterThan(1000);
    }

    @Test
    void aHostCanFeedItAndShowAnEarlierVersion() {
        server = new ViewServer(Documents.running(), null);
        server.servePage(LivePage.html("Fed", "view.json").replace(" src=\"view.json\"", ""));
        page.navigate(server.address());
        page.evaluate(
                """
                async () => {
                  const doc = await (await fetch('view.json')).json();
                  const element = document.querySelector('canary-progress');
                  element.addEventListener('canary-update', (event) => { document.title = event.detail.id; });
                  element.show(doc, {version: doc.weights[1].seq});
                }""");
        assertThat(page).hasTitle("20261123T183000Z-4f2a9c");
        int seq = Documents.running().at("/weights/1/seq").intValue();
        assertThat(card("log").locator(".cp-count")).hasText(String.valueOf(seq));
        assertThat(page.locator(".cp-table tbody tr")).hasCount(4); // Two shifts, and the two rates of the first step.
    }
}
