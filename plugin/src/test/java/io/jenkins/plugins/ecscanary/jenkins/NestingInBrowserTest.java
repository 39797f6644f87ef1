package io.jenkins.plugins.ecscanary.jenkins;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import hudson.model.Run;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Recorded;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * What a browser makes of the pages is what their sources say: nothing is in something else because an end tag that Jelly leaves
 * out, or that HTML does not need, ended it later.
 */
@WithJenkins
class NestingInBrowserTest {

    private static final String ID = "20261101T100000Z-0000000a";
    private static final String DAMAGED = "20261101T100000Z-0000000d";
    private static final String OTHER = "20261101T100000Z-0000000b";

    @AutoClose
    private static Chromium chromium;

    private static JenkinsRule jenkins;
    private static Run<?, ?> build;

    private Page page;

    @BeforeAll
    static void twoDeployments(JenkinsRule rule) throws Exception {
        chromium = Chromium.start();
        jenkins = rule;
        BuildPages.offer(jenkins);
        build = BuildPages.build(jenkins, Pipelines.job("web", "echo 'deployed'"));
        Recorded.of(Records.SERVICE).write(build, ID, Records.REVISION, Outcome.PROMOTED);
        Recorded.of(Records.SERVICE).write(build, OTHER, Records.REVISION, Outcome.PROMOTED);
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

    private void visit(String path) {
        page.navigate(jenkins.jenkins.getRootUrl() + path);
    }

    private Locator all(String selector) {
        return page.locator(selector);
    }

    @Test
    void theLiveViewIsBesideTheNoticesOverIt() {
        visit(build.getUrl() + "ecs-canary/" + ID + "/");
        assertThat(all("#main-panel > .ecs-canary-when"))
                .hasText(Pattern.compile("A redeployment ships .* count as before\\."));
        assertThat(all(".ecs-canary-when *")).hasCount(0);
        assertThat(all("#main-panel > .ecs-canary-when + canary-progress")).isVisible();
        page.context().setExtraHTTPHeaders(BuildPages.as(BuildPages.EXPERIMENTAL));
        page.reload();
        assertThat(all(".app-build-content > .ecs-canary-when + canary-progress"))
                .isVisible();
    }

    @Test
    void eachDeploymentIsApartOnTheExperimentalBuildPage() {
        page.context().setExtraHTTPHeaders(BuildPages.as(BuildPages.EXPERIMENTAL));
        visit(build.getUrl());
        assertThat(all(".jenkins-card__content > .ecs-canary-deployment")).hasCount(2);
        assertThat(all(".ecs-canary-deployment > a")).hasCount(2);
        assertThat(all(".ecs-canary-deployment > .ecs-canary-chip > .ecs-canary-chip__text"))
                .hasCount(2);
        assertThat(all(".ecs-canary-deployment *")).hasCount(6);
    }

    @Test
    void whatIsLiveIsOverTheFigures() {
        visit("job/web/ecs-services/");
        assertThat(all(".ecs-canary-service > .ecs-canary-live + .ecs-canary-figures"))
                .isVisible();
        assertThat(all(".ecs-canary-live *:not(strong, span)")).hasCount(0);
    }

    @Test
    void theMonitorHasASentenceAndAList() throws Exception {
        Run<?, ?> other = BuildPages.build(jenkins, Pipelines.job("damaged", "echo 'deployed'"));
        Records.write(other, DAMAGED, Records.promoted(DAMAGED));
        Records.damage(DAMAGED);
        visit(other.getUrl());
        visit("manage/");
        Locator monitor = all(".jenkins-alert").filter(new Locator.FilterOptions().setHasText("These ECS deployments"));
        assertThat(monitor.locator("> div")).hasText(Pattern.compile("These ECS deployments [^/]* by itself\\."));
        assertThat(monitor.locator("> div *")).hasCount(0);
        assertThat(monitor.locator("> ul > li")).hasCount(1);
    }
}
