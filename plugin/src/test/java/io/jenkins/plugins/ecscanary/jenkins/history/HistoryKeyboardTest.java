package io.jenkins.plugins.ecscanary.jenkins.history;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ScreenshotAnimations;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.RevisionChange;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.jenkins.Chromium;
import io.jenkins.plugins.ecscanary.jenkins.Keyboard;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.Records;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Recorded;
import io.jenkins.plugins.ecscanary.jenkins.redeploy.RedeployCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The histories for who has no mouse: everything is reached, in the order it is read, seen to be reached, and left again. */
@WithJenkins
class HistoryKeyboardTest {

    private static final ServiceKey API = new ServiceKey("123456789012", "eu-central-1", "shop", "api");

    /** Whatever can be acted on in the page's own part. */
    private static final String ACTIONS =
            "#main-panel :is(a[href], button:not([disabled]), summary, input, select, textarea, [tabindex='0'])";

    /** So far around something it is looked for the sign that it is reached. */
    private static final int MARGIN = 4;

    @AutoClose
    private static Chromium chromium;

    private static JenkinsRule jenkins;
    private static WorkflowJob job;

    private Page page;

    @BeforeAll
    static void records(JenkinsRule rule) throws Exception {
        chromium = Chromium.start();
        jenkins = rule;
        job = Pipelines.job("web", "echo 'deployed'");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        Revision before = null;
        for (int i = 1; i <= 6; i++) {
            Revision revision = Recorded.revision(i, i + ".0");
            Recorded.of(API).over(before).at(daysAgo(20 - i)).write(build, "api-" + i, revision, Outcome.PROMOTED);
            before = revision;
        }
        Revision first = Recorded.revision(1, "1.0");
        Recorded.of(Records.SERVICE).at(daysAgo(6)).write(build, "shop-1", first, Outcome.PROMOTED);
        Recorded.of(Records.SERVICE)
                .over(first)
                .changing(new RevisionChange("cpu", "256", "512"))
                .at(daysAgo(3))
                .write(build, "shop-2", Recorded.revision(2, "2.0"), Outcome.ROLLED_BACK);
    }

    /** Which the harness does after each test only, for those that have one each. */
    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    @BeforeEach
    void open() {
        page = chromium.page();
        page.setViewportSize(1280, 2400); // nothing has to be scrolled to
    }

    private static Instant daysAgo(int days) {
        return Instant.now().minus(Duration.ofDays(days));
    }

    @AfterEach
    void close() {
        page.context().close();
        assertThat(chromium.complaints(), empty());
    }

    private void visit(String path) {
        page.navigate(jenkins.jenkins.getRootUrl() + path);
        Chromium.settle(page);
        // What is told about a button when it is reached is not the sign that it is.
        page.addStyleTag(new Page.AddStyleTagOptions().setContent("[data-tippy-root] { display: none !important; }"));
    }

    @Test
    void allServices() {
        visit("ecs-deployments/");
        assertAllIsReached();
        Locator services = page.locator(".ecs-canary-history tbody tr td:first-child a");
        List<String> order = services.allInnerTexts();
        Keyboard.tabTo(page, page.locator("th a").first());
        page.keyboard().press("Enter");
        page.keyboard().press("Enter");
        assertThat(services.allInnerTexts(), is(not(order)));
        Keyboard.tabTo(page, services.first());
        page.keyboard().press("Enter");
        assertThat(page.locator(".ecs-canary-figures")).isVisible();
    }

    @Test
    void theServicesOfAJob() {
        visit("job/web/ecs-services/");
        assertThat(page.locator(".ecs-canary-all a")).hasCount(1);
        assertAllIsReached();
    }

    @Test
    void oneService() throws Exception {
        visit("job/web/ecs-services/" + ServiceHistory.token(Records.SERVICE) + "/");
        assertAllIsReached();
        whatTheTaskDefinitionChanged();
        redeploy();
    }

    private void whatTheTaskDefinitionChanged() {
        Locator changes = page.locator("details.ecs-canary-changes");
        Keyboard.tabTo(page, changes.locator("summary"));
        assertThat(changes).not().hasAttribute("open", "");
        page.keyboard().press("Enter");
        assertThat(changes).hasAttribute("open", "");
        assertThat(changes.locator("li").first()).isVisible();
        assertThat(changes.locator("li").first()).hasText("cpu: 256 → 512");
        page.keyboard().press("Enter");
        assertThat(changes).not().hasAttribute("open", "");
    }

    private void redeploy() throws Exception {
        Locator redeploy = page.locator("button.ecs-canary-act").first();
        Locator dialog = page.locator("dialog[open]");
        Keyboard.tabTo(page, redeploy);
        page.keyboard().press("Enter");
        assertThat(dialog).containsText("web:2 · 2.0");
        page.keyboard().press("Escape");
        assertThat(dialog).hasCount(0);

        Keyboard.tabTo(page, redeploy);
        page.keyboard().press("Enter");
        Keyboard.tabTo(page, dialog.locator("button[data-id=ok]"));
        page.keyboard().press("Enter");
        assertThat(redeploy).isDisabled();
        jenkins.waitUntilNoActivity();
        WorkflowRun again = job.getBuildByNumber(2);
        assertThat(again, notNullValue());
        assertThat(again.getCause(RedeployCause.class).getRecordId(), is("shop-2"));
    }

    private void assertAllIsReached() {
        List<?> actions = (List<?>) page.locator(ACTIONS)
                .evaluateAll("all => all.filter(one => one.checkVisibility()).map((one, i) => {"
                        + " one.dataset.number = i; return one.outerHTML; })");
        Map<Integer, String> reached = walk("Tab");
        List<Integer> there = new ArrayList<>(reached.keySet());
        List<Integer> back = new ArrayList<>(walk("Shift+Tab").keySet());
        assertThat("reached of " + actions, there, equalTo(numbers(actions.size(), false)));
        assertThat("reached backwards", back, equalTo(numbers(actions.size(), true)));
        page.evaluate("() => document.activeElement.blur()");
        reached.forEach((number, seen) -> assertThat(
                "focus is to be seen at " + actions.get(number), picture(numbered(number)), not(equalTo(seen))));
    }

    private static List<Integer> numbers(int count, boolean backwards) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(backwards ? 0 : numbers.size(), i);
        }
        return numbers;
    }

    /** All that a key leads to until it leads nowhere new, with how each looks then. */
    private Map<Integer, String> walk(String key) {
        Map<Integer, String> reached = new LinkedHashMap<>();
        page.evaluate("() => { document.activeElement.blur(); document.getSelection().removeAllRanges(); }");
        for (int i = 0; i < Keyboard.MANY; i++) {
            page.keyboard().press(key);
            Object number = page.evaluate("() => document.activeElement.dataset.number ?? null");
            if (number != null) {
                int it = Integer.parseInt((String) number);
                if (reached.containsKey(it)) {
                    return reached;
                }
                reached.put(it, picture(numbered(it)));
            } else if (!reached.isEmpty()
                    && (Boolean) page.evaluate("() => document.activeElement === document.body")) {
                return reached;
            }
        }
        throw new AssertionError(key + " never comes to an end");
    }

    private Locator numbered(int number) {
        return page.locator("[data-number='" + number + "']");
    }

    private String picture(Locator what) {
        BoundingBox box = what.boundingBox();
        byte[] png = page.screenshot(new Page.ScreenshotOptions()
                .setAnimations(ScreenshotAnimations.DISABLED)
                .setClip(
                        Math.max(0, box.x - MARGIN),
                        Math.max(0, box.y - MARGIN),
                        box.width + 2 * MARGIN,
                        box.height + 2 * MARGIN));
        return Base64.getEncoder().encodeToString(png);
    }
}
