package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.jenkins.access.EcsCanaryConfiguration;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.deployments.OnAbort;
import io.jenkins.plugins.ecscanary.jenkins.deployments.OrphansMonitor;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Owner;
import io.jenkins.plugins.ecscanary.jenkins.run.CanaryRunAction;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.hudson.test.recipes.LocalData;

/**
 * A JENKINS_HOME as the first version wrote it: build 1 had been promoted, build 2 was inside {@code withEcsCanaryDeploy} at
 * 20 %, in {@code ecsCanaryAwait}, when the controller went down. Every later version has to load it: build.xml, program.dat, the
 * owners and the records. When what is written changes, this home stays as it is and another one is put beside it.
 */
@WithJenkins
class FirstFormatTest {

    @Test
    @LocalData
    void aHomeOfTheFirstVersionLoads(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("web", WorkflowJob.class);
        assertThat(EcsCanaryConfiguration.get().getEndpointUrls(), hasSize(1));
        itsPastIsThere(job.getBuildByNumber(1));
        itsBuildGoesOn(jenkins, job.getBuildByNumber(2));
    }

    private static String id(WorkflowRun build) {
        List<String> ids = build.getAction(CanaryRunAction.class).getIds();
        assertThat(ids, hasSize(1));
        return ids.get(0);
    }

    private static RecordSummary record(String id) {
        return Deployments.get().records().find(id).orElseThrow();
    }

    private static void itsPastIsThere(WorkflowRun build) {
        String id = id(build);
        assertThat(record(id).verdict().outcome(), is(Outcome.PROMOTED));
        DeploymentView view = Deployments.get().view(id);
        assertThat(view.verdict().outcome(), is(Outcome.PROMOTED));
        assertThat(view.deploymentId(), is(record(id).deploymentId()));
        assertThat(view.replacement().weight(), is(100));
        Owner owner = Deployments.get().owner(id).orElseThrow();
        assertThat(owner.jobFullName(), is("web"));
        assertThat(owner.buildNumber(), is(1));
        assertThat(owner.onAbort(), is(OnAbort.ROLLBACK));
        assertThat(owner.access().credentialsId(), is(Pipelines.CREDENTIAL));
        assertThat(owner.access().region(), is(LocalAwsProcess.REGION));
    }

    /** As far as it can: the credential is not part of this home, and that is told. */
    private static void itsBuildGoesOn(JenkinsRule jenkins, WorkflowRun build) throws Exception {
        String id = id(build);
        jenkins.waitForMessage("there is no AWS credential 'aws'", build);
        assertThat("it is still building", build.isBuilding(), is(true));
        assertThat(Deployments.get().find(id).orElseThrow().owner().buildNumber(), is(2));
        assertThat(record(id).verdict(), nullValue());
        assertThat(Deployments.get().view(id).replacement().weight(), is(20));
        assertThat(
                ExtensionList.lookupSingleton(OrphansMonitor.class).getTroubles(),
                contains(containsString("web #2: there is no AWS credential 'aws'")));
        build.doKill();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
    }
}
