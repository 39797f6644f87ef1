package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.OperatorActed;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import java.net.URL;
import java.util.List;
import java.util.Map;
import jenkins.branch.BranchSource;
import jenkins.model.Jenkins;
import jenkins.scm.impl.SingleSCMSource;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.SingleFileSCM;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Revisions are shipped again, rolled back and promoted by people with a browser, against an AWS that behaves. */
@WithJenkins
class RedeployTest {

    @AutoClose
    private static LocalAwsProcess aws;

    private JenkinsRule jenkins;

    @BeforeAll
    static void startAws() {
        aws = LocalAwsProcess.start();
    }

    @BeforeEach
    void allow(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Pipelines.allow(aws);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, hudson.model.Item.READ)
                .everywhere()
                .toEveryone()
                .grant(hudson.model.Item.BUILD)
                .everywhere()
                .to("bob")
                .grant(hudson.model.Item.CANCEL)
                .everywhere()
                .to("carol"));
    }

    /** Presses a button of a deployment's page. */
    private Page post(String user, WorkflowRun build, String action) throws Exception {
        try (JenkinsRule.WebClient web = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            web.login(user);
            web.getOptions().setJavaScriptEnabled(false); // HtmlUnit knows none as new as the page's
            URL url = new URL(jenkins.getURL(), build.getUrl() + "ecs-canary/" + ShippedAgain.id(build) + "/" + action);
            return web.getPage(web.addCrumb(new WebRequest(url, HttpMethod.POST)));
        }
    }

    private WorkflowRun redeployed(String user, WorkflowRun build) throws Exception {
        int before = build.getParent().getLastBuild().getNumber();
        assertThat(post(user, build, "redeploy").getWebResponse().getStatusCode(), is(200));
        jenkins.waitUntilNoActivityUpTo(120_000);
        WorkflowRun again = build.getParent().getLastBuild();
        assertThat(again.getNumber(), is(before + 1));
        return again;
    }

    private void assertShippedAgain(WorkflowRun build, WorkflowRun again, String user) throws Exception {
        jenkins.assertBuildStatusSuccess(again);
        jenkins.assertLogNotContains("code of the job", again);
        ShippedAgain.assertSame(build, again, user);
    }

    @Test
    void aDeclarativePipelineWithParametersGoesBackToItsFirstRelease() throws Exception {
        String first = aws.push("first", Map.of("APP_VERSION", "first"));
        String second = aws.push("second", Map.of("APP_VERSION", "second"));
        WorkflowJob job = Pipelines.job(
                "declarative",
                "pipeline { agent none\n parameters { string(name: 'IMAGE', defaultValue: '" + first + "') }\n"
                        + " stages { stage('Build') { steps { echo 'code of the job' } }\n"
                        + " stage('Deploy') { steps { ecsCanaryDeploy("
                        + Pipelines.atOnce(aws, "THE-IMAGE").replace("'THE-IMAGE'", "params.IMAGE") + ") } } }\n"
                        + " post { always { echo 'code of the job too' } } }");
        WorkflowRun good = jenkins.buildAndAssertSuccess(job);
        WorkflowRun newer = jenkins.assertBuildStatusSuccess(
                job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("IMAGE", second))));
        assertThat(
                ShippedAgain.record(newer).original().digest(),
                is(ShippedAgain.record(good).revision().digest()));

        WorkflowRun again = redeployed("bob", good);
        assertShippedAgain(good, again, "bob");
        assertThat(
                ShippedAgain.record(again).original().digest(),
                is(ShippedAgain.record(newer).revision().digest()));

        WorkflowRun forward = redeployed("bob", newer);
        assertShippedAgain(newer, forward, "bob");
        assertThat(
                forward.getAction(ParametersAction.class).getParameter("IMAGE").getValue(), is(second));
    }

    @Test
    void aBranchOfAMultibranchPipeline() throws Exception {
        String image = aws.push("branch", Map.of("APP_VERSION", "branch"));
        WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class, "shop");
        project.getSourcesList()
                .add(new BranchSource(new SingleSCMSource(
                        "source",
                        "main",
                        new SingleFileSCM(
                                "Jenkinsfile",
                                "echo 'code of the job'\necsCanaryDeploy(" + Pipelines.atOnce(aws, image) + ")"))));
        project.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivityUpTo(120_000);
        WorkflowRun build = project.getItem("main").getLastBuild();
        jenkins.assertBuildStatusSuccess(build);
        jenkins.assertLogContains("code of the job", build);
        assertShippedAgain(build, redeployed("bob", build), "bob");
    }

    @Test
    void anImageThatIsGoneIsRefused() throws Exception {
        String image = aws.push("gone", Map.of("APP_VERSION", "gone"));
        String next = aws.push("next", Map.of("APP_VERSION", "next"));
        WorkflowJob job = Pipelines.job("gone", "ecsCanaryDeploy(" + Pipelines.atOnce(aws, image) + ")");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        job.setDefinition(Pipelines.definition("ecsCanaryDeploy(" + Pipelines.atOnce(aws, next) + ")"));
        jenkins.buildAndAssertSuccess(job);
        String digest = ShippedAgain.record(build).revision().digest();
        AwsJson.call(
                aws,
                "ecr",
                "AmazonEC2ContainerRegistry_V20150921.BatchDeleteImage",
                "{\"repositoryName\":\"reference/web\",\"imageIds\":[{\"imageDigest\":\"" + digest + "\"}]}");

        WorkflowRun again = redeployed("bob", build);
        jenkins.assertBuildStatus(Result.FAILURE, again);
        jenkins.assertLogContains("REFUSED", again);
        jenkins.assertLogContains(digest, again);
        assertThat(ShippedAgain.record(again).verdict().outcome(), is(Outcome.REFUSED));
        assertThat(ShippedAgain.record(again).verdict().cause(), containsString(digest));
        assertThat(ShippedAgain.record(again).deploymentId() == null, is(true));
    }

    @Test
    void throughThePipelineItsStepShipsTheRecordedRevision() throws Exception {
        String image = aws.push("gated", Map.of("APP_VERSION", "gated"));
        WorkflowJob job = Pipelines.job(
                "gated",
                "def image = '" + image
                        + "'\nif (env.ECS_CANARY_REDEPLOY) { echo 'an approval'; image = 'nothing:built' }\n"
                        + "def result = ecsCanaryDeploy(redeploy: 'pipeline', "
                        + Pipelines.atOnce(aws, "THE-IMAGE").replace("'THE-IMAGE'", "image") + ")\n"
                        + "echo \"shipped ${result.digest}\"");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogNotContains("an approval", build);
        WorkflowRun again = redeployed("bob", build);
        assertShippedAgain(build, again, "bob");
        jenkins.assertLogContains("an approval", again);
        jenkins.assertLogContains(
                "shipped " + ShippedAgain.record(build).revision().digest(), again);
    }

    @Test
    void whoPromotesAndWhoRollsBackIsInTheTimeline() throws Exception {
        String image = aws.push("waiting", Map.of("APP_VERSION", "waiting"));
        group("STOP_DEPLOYMENT", 2000);
        try {
            WorkflowJob job = Pipelines.job("waiting", "ecsCanaryDeploy(" + Pipelines.atOnce(aws, image) + ")");
            WorkflowRun promoted = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("gate ready waits", promoted);
            assertThat(post("carol", promoted, "promote").getWebResponse().getStatusCode(), is(403));
            assertThat(post("bob", promoted, "rollBack").getWebResponse().getStatusCode(), is(403));
            assertThat(post("bob", promoted, "promote").getWebResponse().getStatusCode(), is(200));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(promoted));
            assertThat(acts(promoted), hasItem("bob PROMOTE"));
            jenkins.assertLogContains("bob", promoted);

            job.setDefinition(
                    Pipelines.definition("ecsCanaryDeploy(approvers: 'dave', " + Pipelines.atOnce(aws, image) + ")"));
            WorkflowRun rolledBack = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("gate ready waits", rolledBack);
            Page refused = post("bob", rolledBack, "promote");
            assertThat(refused.getWebResponse().getStatusCode(), is(403));
            assertThat(refused.getWebResponse().getContentAsString(), is("only dave may promote this deployment"));
            assertThat(post("carol", rolledBack, "rollBack").getWebResponse().getStatusCode(), is(200));
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(rolledBack));
            assertThat(ShippedAgain.record(rolledBack).verdict().outcome(), is(Outcome.ROLLED_BACK));
            assertThat(acts(rolledBack), is(List.of("carol ROLL_BACK")));
        } finally {
            group("CONTINUE_DEPLOYMENT", 0);
        }
    }

    private static List<String> acts(WorkflowRun build) {
        return Deployments.get().records().timeline(ShippedAgain.record(build)).stream()
                .map(entry -> entry.event())
                .filter(OperatorActed.class::isInstance)
                .map(OperatorActed.class::cast)
                .map(act -> act.who() + " " + act.action())
                .toList();
    }

    /** What AWS does when traffic could shift. */
    private static void group(String actionOnTimeout, int minutes) {
        AwsJson.call(aws, "codedeploy", "CodeDeploy_20141006.UpdateDeploymentGroup", """
                {"applicationName": "web", "currentDeploymentGroupName": "web", "blueGreenDeploymentConfiguration": {
                  "terminateBlueInstancesOnDeploymentSuccess": {"action": "TERMINATE", "terminationWaitTimeInMinutes": 1},
                  "deploymentReadyOption": {"actionOnTimeout": "%s", "waitTimeInMinutes": %d}}}""".formatted(
                        actionOnTimeout, minutes));
    }
}
