package io.jenkins.plugins.ecscanary.jenkins.redeploy;

import hudson.EnvVars;
import hudson.Extension;
import hudson.model.EnvironmentContributor;
import hudson.model.Run;
import hudson.model.TaskListener;

/** Tells a Pipeline that it runs to ship a recorded revision again, so that it can leave out what is done already. */
@Extension
public final class RedeployEnvironment extends EnvironmentContributor {

    /** The id of the record whose revision is shipped; not set in a build that is no redeployment. */
    public static final String VARIABLE = "ECS_CANARY_REDEPLOY";

    @Override
    public void buildEnvironmentFor(Run run, EnvVars environment, TaskListener listener) {
        PipelineRedeployAction redeploy = ((Run<?, ?>) run).getAction(PipelineRedeployAction.class);
        if (redeploy != null) {
            environment.put(VARIABLE, redeploy.revision().recordId());
        }
    }
}
