package io.jenkins.plugins.ecscanary.jenkins.run;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import hudson.model.Run;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.jenkins.Chromium;
import io.jenkins.plugins.ecscanary.jenkins.Keyboard;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.Records;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A recorded deployment is watched again on its page, by mouse and without one. */
@WithJenkins
class ReplayInBrowserTest {

    private static final String ID = "20261101T100000Z-0000000a";

    @AutoClose
    private static Chromium chromium;

    private static JenkinsRule jenkins;
    private static Run<?, ?> build;

    private Page page;

    @BeforeAll
    static void aDeploymentThatIsOver(JenkinsRule rule) throws Exception {
        chromium = Chromium.start();
        jenkins = rule;
        build = jenkins.buildAndAssertSuccess(Pipelines.job("web", "echo 'deployed'"));
        Records.write(build, ID, recorded());
    }

    /** Which the harness does after each test only, for those that have one each. */
    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    @BeforeEach
    void open() {
        page = chromium.page();
        page.navigate(jenkins.jenkins.getRootUrl() + build.getUrl() + "ecs-canary/" + ID + "/");
        assertThat(page.locator("canary-progress")).containsText("Promoted");
    }

    @AfterEach
    void close() {
        page.context().close();
        assertThat(chromium.complaints(), empty());
    }

    /** Of 1,000 seconds, a quarter at each weight. */
    private static List<DeploymentEvent> recorded() {
        return List.of(
                Records.planned(ID, Records.SERVICE, "ann in web #1", List.of()),
                new DeploymentEvent.RevisionRegistered(Records.at(0), Records.REVISION),
                new DeploymentEvent.Started(Records.at(0), "d-1", null, null, null, Duration.ofMinutes(5), false),
                new DeploymentEvent.TrafficShifted(Records.at(0), 100, 0),
                new DeploymentEvent.TrafficShifted(Records.at(250), 90, 10),
                new DeploymentEvent.TrafficShifted(Records.at(500), 50, 50),
                new DeploymentEvent.TrafficShifted(Records.at(750), 0, 100),
                new DeploymentEvent.Ended(
                        Records.at(1000),
                        new Verdict(Outcome.PROMOTED, "all traffic shifted", Records.at(1000), false, 0, 100)));
    }

    private Locator button(String name) {
        return page.locator(".cp-replay button:visible", new Page.LocatorOptions().setHasText(name));
    }

    private Locator tool(String name) {
        return page.locator(".cp-replay button[aria-label='" + name + "']");
    }

    private Locator slider() {
        return page.locator(".cp-replay-slider");
    }

    private Locator weight() {
        return page.locator(".cp-share.cp-side-replacement .cp-share-value");
    }

    /** The different weights that are shown one after the other. */
    private List<Integer> weights(int moves, IntConsumer move) {
        return IntStream.rangeClosed(0, moves)
                .mapToObj(i -> {
                    move.accept(i);
                    return Integer.valueOf(weight().innerText().replaceAll("\\D", ""));
                })
                .distinct()
                .toList();
    }

    @Test
    void trafficMovesAsTheScrubberIsDragged() {
        button("Replay").click();
        tool("Pause").click();
        BoundingBox track = slider().boundingBox();
        double y = track.y + track.height / 2;
        page.mouse().move(track.x + 1, y);
        page.mouse().down();
        assertThat(weights(20, i -> page.mouse().move(track.x + track.width * i / 20, y)), contains(0, 10, 50, 100));
        page.mouse().up();
        assertThat(page.locator(".cp-verdict-outcome")).hasText("Promoted");
        slider().click(new Locator.ClickOptions()
                .setPosition(track.width * 0.6, track.height / 2)); // wherever it is by now
        assertThat(weight()).hasText("50 %");
        assertThat(page.locator(".cp-verdict-outcome")).hasCount(0);
    }

    @Test
    void noMouseIsNeeded() {
        Keyboard.tabTo(page, button("Replay"));
        page.keyboard().press("Enter");
        assertThat(tool("Pause")).isFocused();
        page.keyboard().press("Space");
        assertThat(tool("Play")).isFocused();
        Keyboard.tabTo(page, slider());
        page.keyboard().press("End");
        assertThat(page.locator(".cp-verdict-outcome")).hasText("Promoted");
        page.keyboard().press("Home");
        assertThat(page.locator(".cp-verdict-outcome")).hasCount(0);
        // A page is a tenth of the scrubber.
        assertThat(
                weights(10, i -> {
                    if (i > 0) {
                        page.keyboard().press("PageUp");
                    }
                }),
                contains(0, 10, 50, 100));
        page.keyboard().press("Home");
        Keyboard.tabTo(page, button("To the end"));
        page.keyboard().press("Enter");
        assertThat(button("Replay")).isFocused();
        assertThat(weight()).hasText("100 %");
        assertThat(page.locator(".cp-verdict-outcome")).hasText("Promoted");
    }
}
