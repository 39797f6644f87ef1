package io.jenkins.plugins.ecscanary.jenkins.run;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import hudson.model.Run;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.jenkins.BuildPages;
import io.jenkins.plugins.ecscanary.jenkins.Chromium;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.Records;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Deployments that went as nobody wishes, side by side in their build's list and each on its page. */
@WithJenkins
class DeploymentStatesInBrowserTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String DAY = "20261101T100000Z-0000000";
    private static final String PROMOTED = DAY + "1";
    private static final String ROLLED_BACK = DAY + "2";
    private static final String REFUSED = DAY + "3";
    private static final String UNKNOWN = DAY + "4";
    private static final String RUNNING = DAY + "5";
    private static final String DAMAGED = DAY + "6";
    private static final String GONE = DAY + "7";

    @AutoClose
    private static Chromium chromium;

    private static JenkinsRule jenkins;
    private static Run<?, ?> build;

    private Page page;

    @BeforeAll
    static void oneOfEach(JenkinsRule rule) throws Exception {
        chromium = Chromium.start();
        jenkins = rule;
        BuildPages.offer(jenkins);
        build = BuildPages.build(jenkins, Pipelines.job("web", "echo 'deployed'"));
        Records.write(build, PROMOTED, Records.promoted(PROMOTED));
        Records.write(
                build,
                ROLLED_BACK,
                over(
                        shifting(ROLLED_BACK),
                        Outcome.ROLLED_BACK,
                        "CloudWatch alarm web-b-success-rate went into ALARM"));
        Records.write(build, REFUSED, refused());
        Records.write(
                build, UNKNOWN, over(shifting(UNKNOWN), Outcome.UNKNOWN, "AWS does not know deployment d-1 any more"));
        Records.write(build, RUNNING, shifting(RUNNING));
        Records.write(build, DAMAGED, Records.promoted(DAMAGED));
        Records.damage(DAMAGED);
        CanaryRunAction.note(build, GONE);
    }

    /** Which the harness does after each test only, for those that have one each. */
    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    @BeforeEach
    void open() {
        page = chromium.page(BuildPages.as(BuildPages.CLASSIC));
    }

    @AfterEach
    void close() {
        page.context().close();
        assertThat(chromium.complaints(), empty());
    }

    private static List<DeploymentEvent> planned(String id) {
        List<DeploymentEvent> events = new ArrayList<>();
        events.add(Records.planned(id, Records.SERVICE, "ann in web #1", List.of("web-b-success-rate")));
        return events;
    }

    private static List<DeploymentEvent> shifting(String id) {
        List<DeploymentEvent> events = planned(id);
        events.add(new DeploymentEvent.RevisionRegistered(Records.at(2), Records.REVISION));
        events.add(new DeploymentEvent.Started(Records.at(5), "d-1", null, null, null, Duration.ofMinutes(5), false));
        events.add(new DeploymentEvent.TrafficShifted(Records.at(60), 70, 30));
        return events;
    }

    private static List<DeploymentEvent> over(List<DeploymentEvent> events, Outcome outcome, String cause) {
        events.add(new DeploymentEvent.Ended(
                Records.at(120), new Verdict(outcome, cause, Records.at(120), false, null, null)));
        return events;
    }

    private static List<DeploymentEvent> refused() {
        List<DeploymentEvent> events = planned(REFUSED);
        events.add(new DeploymentEvent.Checked(Records.at(1), Check.passed("service", "shop/web is there")));
        events.add(new DeploymentEvent.Checked(
                Records.at(2),
                Check.refused("image", "shop/web:9 is not in ECR", "Push it first, or deploy a tag that is there")));
        return over(events, Outcome.REFUSED, "image: shop/web:9 is not in ECR");
    }

    private void visit(String path) {
        page.navigate(jenkins.jenkins.getRootUrl() + build.getUrl() + path);
    }

    private void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    private Locator button(String text) {
        return page.locator("#main-panel .jenkins-button:visible", new Page.LocatorOptions().setHasText(text));
    }

    private void assertState(String id, String tone, String text) {
        Locator state = page.locator(
                "#main-panel .ecs-canary-chip[data-cause][data-view*='" + id + "'] .ecs-canary-chip__text");
        assertThat(state).hasText(text);
        assertThat(state).hasClass(Pattern.compile(".* ecs-canary-tone--" + tone));
    }

    /** In the list, in the rows of the build's classic page and in the card of the experimental one. */
    @Test
    void allOfOneBuild() {
        for (String user : List.of(BuildPages.CLASSIC, BuildPages.EXPERIMENTAL)) {
            page.context().setExtraHTTPHeaders(BuildPages.as(user));
            for (String path : List.of("", "ecs-canary/")) {
                visit(path);
                assertState(PROMOTED, "success", "promoted: all traffic shifted");
                assertState(ROLLED_BACK, "failure", "rolled back: CloudWatch alarm web-b-success-rate went into ALARM");
                assertState(REFUSED, "failure", "refused: image: shop/web:9 is not in ECR");
                assertState(UNKNOWN, "warning", "unknown: AWS does not know deployment d-1 any more");
                assertState(RUNNING, "running", "web: 30 %, shifting");
                assertState(DAMAGED, "failure", "its record can't be read; administrators are told why");
                assertState(GONE, "running", "never begun");
                screenshot("states-" + user + (path.isEmpty() ? "-build" : "-list"));
            }
        }
    }

    @Test
    void aRefusedOneTellsWhyAndThatNothingWasChanged() {
        visit("ecs-canary/" + REFUSED + "/");
        Locator view = page.locator("canary-progress");
        assertThat(view).containsText("Refused");
        assertThat(view).containsText("Nothing was changed.");
        assertThat(view).containsText("Push it first, or deploy a tag that is there");
        assertThat(button("Redeploy this")).hasCount(0);
        assertThat(button("Timeline")).isVisible();
        screenshot("states-refused");
    }

    @Test
    void aDamagedOneTellsWhatIsKnownAndLeadsNowhereInVain() {
        visit("ecs-canary/" + DAMAGED + "/");
        assertThat(page.locator("h1")).hasText("Deployment of shop/web");
        Locator alert = page.locator(".jenkins-alert-danger");
        assertThat(alert).containsText("The record of this deployment can't be read; administrators are told why");
        assertThat(alert).containsText(DAMAGED);
        assertThat(alert).containsText("The last that was noted of it: promoted: all traffic shifted");
        assertThat(button("#1")).isVisible();
        for (String vain : List.of("Redeploy this", "Roll back now", "Promote", "Timeline")) {
            assertThat(button(vain)).hasCount(0);
        }
        screenshot("states-damaged");
    }

    @Test
    void oneWithoutARecordIsNotWaitedFor() {
        visit("ecs-canary/" + GONE + "/");
        assertThat(page.locator("#main-panel")).containsText("There is no record of this deployment");
        assertThat(page.locator("canary-progress")).hasCount(0);
        assertThat(button("Timeline")).hasCount(0);
        screenshot("states-gone");
    }
}
