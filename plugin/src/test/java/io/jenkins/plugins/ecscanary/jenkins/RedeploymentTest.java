package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.arrayWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyArray;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.PasswordParameterDefinition;
import hudson.model.PasswordParameterValue;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.ecscanary.jenkins.deployments.RedeployMode;
import io.jenkins.plugins.ecscanary.jenkins.redeploy.PipelineRedeployAction;
import io.jenkins.plugins.ecscanary.jenkins.redeploy.RedeployAction;
import io.jenkins.plugins.ecscanary.jenkins.redeploy.RedeployCause;
import io.jenkins.plugins.ecscanary.jenkins.redeploy.RedeployEnvironment;
import io.jenkins.plugins.ecscanary.jenkins.redeploy.Redeployment;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is scheduled to ship a recorded revision again, and what is not. No AWS is asked. */
@WithJenkins
class RedeploymentTest {

    private static final String ID = "20261101T100000Z-0000000a";

    private JenkinsRule jenkins;
    private WorkflowJob job;
    private WorkflowRun build;

    @BeforeEach
    void aJob(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        job = Pipelines.job("web", "echo \"code of the job, redeploying ${env.ECS_CANARY_REDEPLOY}\"");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("TARGET", "nowhere")));
        build = jenkins.assertBuildStatusSuccess(
                job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("TARGET", "somewhere"))));
    }

    private void record(RedeployMode mode) throws Exception {
        Records.write(build, ID, Records.promoted(ID));
        Records.owned(build, ID, "ann", mode);
    }

    private Queue.Item schedule() {
        try (ACLContext as = ACL.as2(User.getById("ann", true).impersonate2())) {
            return Redeployment.schedule(build, ID);
        }
    }

    private String refused() {
        return assertThrows(IllegalArgumentException.class, this::schedule).getMessage();
    }

    @Test
    void twoAreTwo() throws Exception {
        record(RedeployMode.DEPLOY_ONLY);
        jenkins.jenkins.doQuietDown();
        Queue.Item first = schedule();
        Queue.Item second = schedule();
        assertThat(second.getId(), not(is(first.getId())));
        assertThat(Queue.getInstance().getItems(), arrayWithSize(2));
        Queue.getInstance().clear();
    }

    @Test
    void twoThroughThePipelineAreTwo() throws Exception {
        record(RedeployMode.PIPELINE);
        jenkins.jenkins.doQuietDown();
        schedule();
        schedule();
        assertThat(Queue.getInstance().getItems(), arrayWithSize(2));
        Queue.getInstance().clear();
    }

    /** What somebody gave to one build is not another one's. */
    @Test
    void secretParametersAreNotHandedOn() throws Exception {
        job.removeProperty(ParametersDefinitionProperty.class);
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("TARGET", "nowhere"),
                new PasswordParameterDefinition("TOKEN", Secret.fromString("of nobody"), null)));
        build = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(
                0,
                new ParametersAction(
                        new StringParameterValue("TARGET", "somewhere"),
                        new PasswordParameterValue("TOKEN", "of ann"))));
        record(RedeployMode.PIPELINE);
        assertThat(refused(), containsString("the build had secret parameters (TOKEN), which are not handed on"));

        Records.owned(build, ID, "ann", RedeployMode.DEPLOY_ONLY);
        jenkins.jenkins.doQuietDown();
        ParametersAction handedOn = schedule().getAction(ParametersAction.class);
        assertThat(handedOn.getParameter("TARGET").getValue(), is("somewhere"));
        assertThat(handedOn.getParameter("TOKEN"), nullValue());
        Queue.getInstance().clear();
    }

    @Test
    void theBuildKnowsWhoAskedWhatForAndWithWhichParameters() throws Exception {
        record(RedeployMode.DEPLOY_ONLY);
        jenkins.jenkins.doQuietDown();
        Queue.Item item = schedule();
        assertThat(item.getAction(RedeployAction.class).recordId(), is(ID));
        assertThat(item.getAction(RedeployAction.class).approvers(), is("ann"));
        assertThat(item.getAction(PipelineRedeployAction.class), nullValue());
        assertThat(item.getAction(ParametersAction.class).getParameter("TARGET").getValue(), is("somewhere"));
        List<Cause> causes = item.getAction(CauseAction.class).getCauses();
        assertThat(causes, hasSize(2));
        assertThat(((Cause.UserIdCause) causes.get(0)).getUserId(), is("ann"));
        assertThat(((RedeployCause) causes.get(1)).getShortDescription(), containsString("web #1"));
        Queue.getInstance().clear();
    }

    /** It fails, since there is no such credential; but by then it is clear what ran. */
    @Test
    void noCodeOfTheJobRuns() throws Exception {
        record(RedeployMode.DEPLOY_ONLY);
        schedule();
        jenkins.waitUntilNoActivity();
        WorkflowRun again = job.getLastBuild();
        assertThat(again.getNumber(), is(2));
        jenkins.assertBuildStatus(Result.FAILURE, again);
        jenkins.assertLogContains("there is no AWS credential 'nobody'", again);
        jenkins.assertLogNotContains("code of the job", again);
        assertThat(
                again.getAction(ParametersAction.class).getParameter("TARGET").getValue(), is("somewhere"));
        assertThat(again.getEnvironment(null).get(RedeployEnvironment.VARIABLE), nullValue());
    }

    @Test
    void throughThePipelineTheJobsOwnCodeRuns() throws Exception {
        record(RedeployMode.PIPELINE);
        schedule();
        jenkins.waitUntilNoActivity();
        WorkflowRun again = job.getLastBuild();
        jenkins.assertBuildStatusSuccess(again);
        jenkins.assertLogContains("code of the job, redeploying " + ID, again);
    }

    @Test
    void throughThePipelineNothingElseIsDeployed() throws Exception {
        record(RedeployMode.PIPELINE);
        job.setDefinition(Pipelines.definition(
                "ecsCanaryDeploy(region: 'eu-central-1', cluster: 'shop', service: 'other', credentialsId: 'nobody')"));
        schedule();
        jenkins.waitUntilNoActivity();
        WorkflowRun again = job.getLastBuild();
        jenkins.assertBuildStatus(Result.FAILURE, again);
        jenkins.assertLogContains(
                "this build ships again what shop/web in eu-central-1 had in the deployment " + ID
                        + ", and nothing to shop/other in eu-central-1",
                again);
    }

    @Test
    void theModeIsOneOfTwoWords() throws Exception {
        job.setDefinition(
                Pipelines.definition("ecsCanaryDeploy(region: 'eu-central-1', cluster: 'shop', service: 'web',"
                        + " taskDefinitionArn: 'web:1', redeploy: 'everything')"));
        WorkflowRun other = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
        jenkins.assertLogContains("redeploy is 'everything'; it can be 'deployOnly' or 'pipeline'", other);
    }

    @Test
    void ofADisabledJobNothingIsScheduled() throws Exception {
        record(RedeployMode.DEPLOY_ONLY);
        job.setDisabled(true);
        assertThat(refused(), allOf(containsString("web can't be built now"), containsString("disabled")));
        assertThat(Queue.getInstance().getItems(), emptyArray());
    }

    @Test
    void whatIsUnknownOrUnfinishedIsNotShippedAgain() throws Exception {
        assertThat(refused(), containsString("was never begun"));
        Records.write(build, ID, Records.promoted(ID).subList(0, 2));
        assertThat(refused(), containsString("not over yet"));
        String refused = "20261101T100000Z-0000000b";
        Records.write(
                build,
                refused,
                List.of(
                        Records.promoted(refused).get(0),
                        Records.promoted(refused).get(2)));
        assertThat(
                assertThrows(IllegalArgumentException.class, () -> Redeployment.schedule(build, refused))
                        .getMessage(),
                containsString("never got as far as a revision"));
        String orphan = "20261101T100000Z-0000000c";
        Records.write(build, orphan, Records.promoted(orphan));
        assertThat(
                assertThrows(IllegalArgumentException.class, () -> Redeployment.schedule(build, orphan))
                        .getMessage(),
                containsString("is not known any more"));
        assertThat(Queue.getInstance().getItems(), emptyArray());
    }

    @Test
    void thePageSaysWhatIsSkipped() throws Exception {
        record(RedeployMode.DEPLOY_ONLY);
        String other = "20261101T100000Z-0000000b";
        Records.write(build, other, Records.promoted(other));
        Records.owned(build, other, null, RedeployMode.PIPELINE);
        try (JenkinsRule.WebClient web = jenkins.createWebClient()) {
            web.getOptions().setJavaScriptEnabled(false);
            String page = build.getUrl() + "ecs-canary/";
            assertThat(
                    web.goTo(page + ID + "/").asNormalizedText(),
                    containsString("It skips everything else in the Pipeline: build, tests, scan, approvals"));
            assertThat(
                    web.goTo(page + other + "/").asNormalizedText(),
                    containsString("runs the Pipeline of the job as it is now, with ECS_CANARY_REDEPLOY set"));
        }
    }
}
