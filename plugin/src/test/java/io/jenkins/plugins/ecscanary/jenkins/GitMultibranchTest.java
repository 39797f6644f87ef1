package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import hudson.model.ParametersAction;
import hudson.model.StringParameterValue;
import java.util.List;
import java.util.Map;
import jenkins.branch.BranchSource;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Branches of a real git repository, whose Jenkinsfiles deploy with parameters: what was shipped with some is shipped with them again. */
@WithJenkins
@WithGitSampleRepo
class GitMultibranchTest {

    private static final String USER = "bob";

    @AutoClose
    private static LocalAwsProcess aws;

    private JenkinsRule jenkins;
    private GitSampleRepoRule repository;

    @BeforeAll
    static void startAws() {
        aws = LocalAwsProcess.start();
    }

    @BeforeEach
    void aRepository(JenkinsRule rule, GitSampleRepoRule sample) throws Exception {
        jenkins = rule;
        Pipelines.allow(aws);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        repository = sample;
        repository.init();
    }

    private static String jenkinsfile(String image, String more) {
        return "pipeline {\n  agent none\n  parameters { string(name: 'IMAGE', defaultValue: '" + image + "') }\n"
                + "  stages {\n    stage('Build') { steps { echo \"code of ${env.BRANCH_NAME}\" } }\n"
                + "    stage('Deploy') { steps { ecsCanaryDeploy(" + more
                + Pipelines.atOnce(aws, "THE-IMAGE").replace("'THE-IMAGE'", "params.IMAGE") + ") } }\n  }\n}";
    }

    private void commit(String jenkinsfile) throws Exception {
        repository.write("Jenkinsfile", jenkinsfile);
        repository.git("add", "Jenkinsfile");
        repository.git("commit", "--message=Jenkinsfile");
    }

    /** The branches that are found are built. */
    private WorkflowMultiBranchProject project() throws Exception {
        WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class, "shop");
        GitSCMSource source = new GitSCMSource(repository.toString());
        source.setTraits(List.of(new BranchDiscoveryTrait()));
        project.getSourcesList().add(new BranchSource(source));
        project.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivityUpTo(120_000);
        return project;
    }

    private WorkflowRun build(WorkflowJob branch, String image) throws Exception {
        return jenkins.assertBuildStatusSuccess(
                branch.scheduleBuild2(0, new ParametersAction(new StringParameterValue("IMAGE", image))));
    }

    private WorkflowRun again(WorkflowRun build) throws Exception {
        return jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(ShippedAgain.start(USER, build)));
    }

    private static Object image(WorkflowRun build) {
        return build.getAction(ParametersAction.class).getParameter("IMAGE").getValue();
    }

    @Test
    void aBranchsReleaseIsShippedAgainWhateverTheBranchIsByThen() throws Exception {
        String first = aws.push("first", Map.of("APP_VERSION", "first"));
        String second = aws.push("second", Map.of("APP_VERSION", "second"));
        repository.git("checkout", "-b", "feature");
        commit(jenkinsfile(first, ""));
        WorkflowMultiBranchProject project = project();
        WorkflowJob branch = project.getItem("feature");
        WorkflowRun found = branch.getLastBuild();
        jenkins.assertBuildStatusSuccess(found);
        jenkins.assertLogContains("code of feature", found);
        WorkflowRun newer = build(branch, second);
        commit("error 'the branch has moved on'");

        WorkflowRun back = again(found);
        ShippedAgain.assertSame(found, back, USER);
        assertThat(image(back), is(first));
        jenkins.assertLogNotContains("code of feature", back);

        WorkflowRun forth = again(newer);
        ShippedAgain.assertSame(newer, forth, USER);
        assertThat(image(forth), is(second));
        assertThat(forth.getParent(), is(branch));
    }

    @Test
    void throughThePipelineTheBranchOfTodayRuns() throws Exception {
        String first = aws.push("early", Map.of("APP_VERSION", "early"));
        String second = aws.push("late", Map.of("APP_VERSION", "late"));
        commit(jenkinsfile(first, "redeploy: 'pipeline', "));
        WorkflowJob branch = project().getItem("master");
        WorkflowRun newer = build(branch, second);
        commit(jenkinsfile(first, "redeploy: 'pipeline', ").replace("code of", "newer code, with ${params.IMAGE}, of"));

        WorkflowRun again = again(newer);
        ShippedAgain.assertSame(newer, again, USER);
        jenkins.assertLogContains("newer code, with " + second + ", of master", again);
        assertThat(image(again), is(second));
    }
}
