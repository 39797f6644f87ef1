package io.jenkins.plugins.ecscanary.jenkins.run;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import hudson.model.Cause;
import hudson.model.CauseAction;
import io.jenkins.plugins.ecscanary.jenkins.BuildPages;
import io.jenkins.plugins.ecscanary.jenkins.Chromium;
import io.jenkins.plugins.ecscanary.jenkins.LocalAwsProcess;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A deployment in the real Pipeline Graph View, which has it as a chip above its stages, and on the experimental build page. */
@WithJenkins
class GraphViewInBrowserTest {

    /** A deployment takes a minute: there is time to see it move. */
    private static final int UNHURRIED = 20;

    @AutoClose
    private static Chromium chromium;

    @AutoClose
    private static LocalAwsProcess aws;

    private JenkinsRule jenkins;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        aws = LocalAwsProcess.start(UNHURRIED);
    }

    @BeforeEach
    void open(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Pipelines.allow(aws);
        BuildPages.offer(jenkins);
    }

    @AfterEach
    void noComplaints() {
        assertThat(chromium.complaints(), empty());
    }

    @Test
    void theChipTellsHowFarItIsAndLeadsThere() throws Exception {
        String image = aws.push("seen", Map.of("APP_VERSION", "seen"));
        WorkflowJob job =
                Pipelines.job("seen", "stage('Canary') { ecsCanaryDeploy(" + Pipelines.parameters(aws, image) + ") }");
        WorkflowRun build = job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(BuildPages.CLASSIC)))
                .waitForStart();
        jenkins.waitForMessage("Live view of this deployment", build);

        Page graph = open(build.getUrl() + "stages/", BuildPages.CLASSIC);
        Page overview = open(build.getUrl(), BuildPages.EXPERIMENTAL);
        assertThat(graph.locator("#console-pipeline-root")).containsText("Canary");
        assertThat(chip(graph)).hasText(Pattern.compile("web: \\d+ %, .*"));
        graph.screenshot(
                new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", "graph-view-running.png")));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        for (Page page : List.of(graph, overview)) {
            assertThat(chip(page)).hasText("web: promoted");
            assertThat(weightsTold(page), hasSize(greaterThan(2)));
        }
        chip(graph).click();
        assertThat(graph).hasURL(Pattern.compile(".*/" + build.getUrl() + "ecs-canary/[^/]+/"));
        assertThat(graph.locator("canary-progress")).containsText("Promoted");
    }

    /** It keeps what its chip says, from now on and until it is loaded again. */
    private Page open(String path, String user) {
        Page page = chromium.page(BuildPages.as(user));
        page.navigate(jenkins.jenkins.getRootUrl() + path);
        chip(page).evaluate("""
                chip => {
                  window.told = [chip.textContent];
                  new MutationObserver(() => window.told.push(chip.textContent)).observe(chip, { childList: true });
                }""");
        return page;
    }

    private static List<String> weightsTold(Page page) {
        List<?> told = (List<?>) page.evaluate("() => window.told");
        return told.stream()
                .map(text -> Pattern.compile("\\d+ %").matcher((String) text))
                .filter(Matcher::find)
                .map(Matcher::group)
                .distinct()
                .toList();
    }

    private static Locator chip(Page page) {
        return page.locator(".jenkins-details a.ecs-canary-chip .ecs-canary-chip__text");
    }
}
