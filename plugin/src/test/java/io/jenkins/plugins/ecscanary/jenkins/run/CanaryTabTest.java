package io.jenkins.plugins.ecscanary.jenkins.run;

import static io.jenkins.plugins.ecscanary.jenkins.BuildPages.CLASSIC;
import static io.jenkins.plugins.ecscanary.jenkins.BuildPages.EXPERIMENTAL;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import io.jenkins.plugins.ecscanary.jenkins.BuildPages;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The ways that lead from a build to its deployments, on the classic page and on the experimental one, which every user chooses. */
@WithJenkins
class CanaryTabTest {

    private static final String ID = "20261101T100000Z-0000000a";
    private static final String OTHER = "20261101T100000Z-0000000b";

    private JenkinsRule jenkins;
    private WorkflowRun build;
    private String address;

    @BeforeEach
    void aBuildThatDeployed(JenkinsRule rule) throws Exception {
        jenkins = rule;
        BuildPages.offer(jenkins);
        build = BuildPages.build(jenkins, Pipelines.job("web", "echo 'deployed'"));
        Records.write(build, ID, Records.promoted(ID));
        address = jenkins.contextPath + "/" + build.getUrl() + "ecs-canary";
    }

    /** As it is sent: what a menu has is in there, too. */
    private String page(String user, String path) throws Exception {
        try (JenkinsRule.WebClient web = jenkins.createWebClient()) {
            web.getOptions().setJavaScriptEnabled(false);
            return web.login(user).goTo(path).getWebResponse().getContentAsString();
        }
    }

    /** Where the elements of a class lead, as far as that is to deployments. */
    private static List<String> links(String page, String styleClass) {
        List<String> links = new ArrayList<>();
        Matcher anchor = Pattern.compile("<a\\b[^>]*>").matcher(page);
        while (anchor.find()) {
            Matcher href = Pattern.compile("href=\"([^\"]*ecs-canary[^\"]*)\"").matcher(anchor.group());
            if (href.find() && anchor.group().matches("(?s).*class=\"[^\"]*\\b" + styleClass + "\\b.*")) {
                links.add(href.group(1));
            }
        }
        return links;
    }

    private static int occurrences(String page, String text) {
        return page.split(Pattern.quote(text), -1).length - 1;
    }

    @Test
    void theClassicPageHasALinkAndARow() throws Exception {
        String page = page(CLASSIC, build.getUrl());
        assertThat(links(page, "task-link"), contains(address));
        assertThat(links(page, "jenkins-button"), empty());
        assertThat("rows", occurrences(page, "class=\"ecs-canary-chip\""), is(1));
        assertThat(page, containsString("promoted: all traffic shifted"));
    }

    @Test
    void theExperimentalPageHasATabAndACardInstead() throws Exception {
        String page = page(EXPERIMENTAL, build.getUrl());
        assertThat(links(page, "jenkins-button"), contains(address + "/" + ID + "/"));
        assertThat(links(page, "task-link"), empty());
        assertThat(links(page, "jenkins-card__title-link"), contains("ecs-canary/" + ID + "/"));
        assertThat("states", occurrences(page, "class=\"ecs-canary-chip\""), is(1));
        assertThat(page, containsString("promoted: all traffic shifted"));
    }

    @Test
    void theTabIsThereOnTheDeploymentsPage() throws Exception {
        String path = build.getUrl() + "ecs-canary/" + ID + "/";
        String experimental = page(EXPERIMENTAL, path);
        assertThat(links(experimental, "jenkins-button"), contains(address + "/" + ID + "/"));
        assertThat(experimental, containsString("<canary-progress src=\"view\""));
        String classic = page(CLASSIC, path);
        assertThat(links(classic, "jenkins-button"), empty());
        assertThat(classic, containsString("<canary-progress src=\"view\""));
    }

    @Test
    void severalHaveOneTabTogether() throws Exception {
        Records.write(build, OTHER, Records.promoted(OTHER));
        assertThat(links(page(EXPERIMENTAL, build.getUrl()), "jenkins-button"), contains(address));
        String list = page(EXPERIMENTAL, build.getUrl() + "ecs-canary/");
        assertThat(links(list, "jenkins-button"), contains(address));
        assertThat(list, containsString(ID));
        assertThat(list, containsString(OTHER));
        assertThat(links(page(CLASSIC, build.getUrl()), "task-link"), contains(address));
    }

    @Test
    void aBuildThatDeployedNothingHasNone() throws Exception {
        WorkflowRun other = BuildPages.build(jenkins, build.getParent());
        for (String user : List.of(CLASSIC, EXPERIMENTAL)) {
            assertThat(user, page(user, other.getUrl()).contains("ecs-canary/"), is(false));
        }
    }

    /** The experimental page leads from a build's deployment to the build before it, which has others. */
    @Test
    void theWayToAnotherBuildEndsAtThatBuildsDeployments() throws Exception {
        try (JenkinsRule.WebClient web = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            web.getOptions().setJavaScriptEnabled(false);
            web.getOptions().setRedirectEnabled(true);
            assertThat(
                    web.goTo(build.getUrl() + "ecs-canary/" + OTHER + "/")
                            .getUrl()
                            .getPath(),
                    endsWith(build.getUrl() + "ecs-canary/"));
        }
    }
}
