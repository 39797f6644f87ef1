package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import hudson.model.Cause;
import hudson.model.Queue;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.redeploy.RedeployCause;
import io.jenkins.plugins.ecscanary.jenkins.redeploy.Redeployment;
import io.jenkins.plugins.ecscanary.jenkins.run.CanaryRunAction;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/** Builds that ship again what another one has shipped, and what is true of every one of them. */
final class ShippedAgain {

    private ShippedAgain() {}

    /** The id of a build's only deployment. */
    static String id(WorkflowRun build) {
        return build.getAction(CanaryRunAction.class).getIds().get(0);
    }

    static RecordSummary record(WorkflowRun build) {
        return Deployments.get().records().find(id(build)).orElseThrow();
    }

    /** Has it shipped again by someone. */
    static WorkflowRun start(String user, WorkflowRun build) throws Exception {
        try (ACLContext as = ACL.as2(User.getById(user, true).impersonate2())) {
            Queue.Item item = Redeployment.schedule(build, id(build));
            return (WorkflowRun) item.getFuture().getStartCondition().get();
        }
    }

    static void assertSame(WorkflowRun build, WorkflowRun again, String user) {
        RecordSummary before = record(build);
        RecordSummary after = record(again);
        assertThat(after.verdict().outcome(), is(Outcome.PROMOTED));
        assertThat(after.kind(), is("redeploy"));
        assertThat(after.redeployOf(), is(before.id()));
        assertThat(after.revision().digest(), is(before.revision().digest()));
        assertThat(after.revision().taskDefinition(), is(before.revision().taskDefinition()));
        assertThat(after.startedBy(), containsString(user));
        assertThat(again.getCause(Cause.UserIdCause.class).getUserId(), is(user));
        assertThat(
                again.getCause(RedeployCause.class).getShortDescription(), containsString(build.getFullDisplayName()));
    }
}
