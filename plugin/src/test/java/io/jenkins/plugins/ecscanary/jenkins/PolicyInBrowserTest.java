package io.jenkins.plugins.ecscanary.jenkins;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import com.microsoft.playwright.ElementHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import hudson.model.Run;
import io.jenkins.plugins.ecscanary.jenkins.access.EcsCanaryConfiguration;
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

/**
 * Jenkins's Content-Security-Policy, enforced, wherever something of this plugin's is shown beside its own pages: in builds'
 * pages, forms and messages. Of Jenkins's own parts of those pages none violates it, either, so that every complaint is one of ours.
 */
@WithJenkins
class PolicyInBrowserTest {

    private static final String ID = "20261101T100000Z-0000000a";
    private static final String DAMAGED = "20261101T100000Z-0000000d";
    private static final String OTHER = "20261101T100000Z-0000000b";

    @AutoClose
    private static Chromium chromium;

    private static JenkinsRule jenkins;

    private Page page;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        chromium = Chromium.start();
        jenkins = rule;
        BuildPages.offer(jenkins);
        Pipelines.job("web", "echo 'nothing'");
    }

    /** Which the harness does after each test only, for those that have one each. */
    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    @BeforeEach
    void open() {
        page = chromium.page();
    }

    @AfterEach
    void close() {
        page.context().close();
        assertThat(chromium.complaints(), empty());
    }

    private void as(String user) {
        page.context().setExtraHTTPHeaders(BuildPages.as(user));
    }

    private void visit(String path) {
        page.navigate(jenkins.jenkins.getRootUrl() + path);
    }

    private void assertNoComplaint(String where) {
        Chromium.settle(page);
        assertThat(where, chromium.complaints(), empty());
    }

    private static Run<?, ?> deployed(String job, String... ids) throws Exception {
        Run<?, ?> build = BuildPages.build(jenkins, Pipelines.job(job, "echo 'deployed'"));
        for (String id : ids) {
            Records.write(build, id, Records.promoted(id));
        }
        return build;
    }

    /** Or the others could not fail. */
    @Test
    void aViolationIsNoticed() {
        visit("");
        assertNoComplaint("the page itself");
        page.evaluate("() => document.body.setAttribute('onclick', 'window.clicked = true')");
        Chromium.settle(page);
        assertThat(chromium.complaints(), hasItem(containsString("violation of script-src-attr by inline")));
        page.route(
                "**/unprotected",
                route -> route.fulfill(
                        new Route.FulfillOptions().setContentType("text/html").setBody("no policy")));
        visit("unprotected");
        assertThat(chromium.complaints(), contains(containsString("no content-security-policy: ")));
    }

    @Test
    void theBuildsPages() throws Exception {
        Run<?, ?> build = deployed("two", ID, OTHER);
        for (String user : List.of(BuildPages.CLASSIC, BuildPages.EXPERIMENTAL)) {
            as(user);
            visit(build.getUrl());
            assertThat(page.locator("#main-panel .ecs-canary-chip[data-cause=true]"))
                    .hasCount(2);
            assertNoComplaint(user + " at the build");
            visit(build.getUrl() + "ecs-canary/");
            assertThat(page.locator("#main-panel table a[href*='0000000']")).hasCount(2);
            assertNoComplaint(user + " at the list");
            visit(build.getUrl() + "ecs-canary/" + ID + "/");
            assertThat(page.locator("canary-progress")).containsText("Promoted");
            assertNoComplaint(user + " at the deployment");
        }
    }

    /** Which is why that one is not counted as a complaint. */
    @Test
    void theExperimentalPageOfABuildThatDeployedNothingHasAnErrorOfJenkinssOwn() throws Exception {
        as(BuildPages.EXPERIMENTAL);
        visit(deployed("none").getUrl());
        page.waitForCondition(() -> !chromium.jenkinsOwn().isEmpty());
    }

    @Test
    void whatCanNotBeRead() throws Exception {
        Run<?, ?> build = deployed("damaged", DAMAGED);
        Records.damage(DAMAGED);
        as(BuildPages.CLASSIC);
        visit(build.getUrl() + "ecs-canary/" + DAMAGED + "/");
        assertThat(page.locator(".jenkins-alert-danger")).isVisible();
        assertNoComplaint("the deployment");
        visit("manage/");
        assertThat(page.locator(".jenkins-alert", new Page.LocatorOptions().setHasText("These ECS deployments")))
                .containsText(DAMAGED);
        assertNoComplaint("the administrative monitor");
    }

    @Test
    void theSnippetGenerator() {
        for (String step : List.of("ecsCanaryDeploy", "withEcsCanaryDeploy", "ecsCanaryAwait", "trivyScan")) {
            visit("job/web/pipeline-syntax/");
            assertNoComplaint("the generator itself");
            choose(page.locator("select.dropdownList").first(), step + ": ");
            openEverything();
            generate(step);
            assertNoComplaint(step);
        }
    }

    /** @param label how the option begins, as a regular expression */
    private static void choose(Locator select, String label) {
        Locator option = select.locator("option")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^\\s*" + label)));
        select.selectOption(option.innerText());
    }

    private void generate(String step) {
        page.locator("#generatePipelineScript").click();
        assertThat(page.locator("#prototypeText")).hasValue(Pattern.compile(step));
    }

    /** Whatever a form hides at first, and the help for each field. What is open already stays open. */
    private void openEverything() {
        open(".advancedButton");
        open(".optional-block-start label");
        open(".jenkins-help-button");
        int helps = page.locator(".jenkins-help-button:visible").count();
        assertThat(page.locator(".help-area .help:visible")).hasCount(helps);
    }

    private void open(String controls) {
        String closed = controls + ":not([data-opened]):visible";
        for (ElementHandle one = page.querySelector(closed); one != null; one = page.querySelector(closed)) {
            one.evaluate("control => { control.dataset.opened = true; }");
            one.click();
        }
    }

    @Test
    void theGlobalConfiguration() {
        visit("manage/configure");
        Locator section = page.locator("section.jenkins-section")
                .filter(new Locator.FilterOptions().setHasText("ECS canary deployments"));
        section.locator("textarea[name='_.regions']").fill("eu-central-1");
        section.locator("button", new Locator.LocatorOptions().setHasText("Add a folder"))
                .click();
        Locator folder = section.locator("input[name='_.folder']");
        folder.fill("nowhere");
        folder.press("Tab");
        assertThat(section).containsText("There is no folder nowhere now");
        open("section:has-text('ECS canary deployments') .jenkins-help-button");
        assertNoComplaint("the form");
        page.waitForResponse(Pattern.compile(".*/configSubmit"), () -> page.locator("button[name=Submit]")
                .click());
        assertThat(EcsCanaryConfiguration.get().getRegions(), contains("eu-central-1"));
        assertThat(EcsCanaryConfiguration.get().getFolders().get(0).getFolder(), is("nowhere"));
    }

    @Test
    void theTools() {
        visit("manage/configureTools/");
        page.locator("button", new Page.LocatorOptions().setHasText("Add Trivy"))
                .click();
        page.locator("label:visible", new Page.LocatorOptions().setHasText("Install automatically"))
                .last()
                .click();
        page.locator("button:visible", new Page.LocatorOptions().setHasText("Add Installer"))
                .last()
                .click();
        page.locator(".jenkins-dropdown__item", new Page.LocatorOptions().setHasText("A release of Trivy"))
                .click();
        assertThat(page.locator("input[name='_.sha256']:visible")).isVisible();
        openEverything();
        assertNoComplaint("the form");
    }
}
