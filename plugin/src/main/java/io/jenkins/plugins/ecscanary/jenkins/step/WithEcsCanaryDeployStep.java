package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.Extension;
import java.util.Set;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * {@code withEcsCanaryDeploy}: the same with a block, whose steps run while traffic moves. It has a name of its own because a step
 * of Pipeline either always takes a block or never does.
 */
public final class WithEcsCanaryDeployStep extends EcsCanaryDeployStep {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public WithEcsCanaryDeployStep(String cluster, String service) {
        super(cluster, service);
    }

    /** {@code withEcsCanaryDeploy(…) { … }}. */
    @Extension
    public static final class DescriptorImpl extends EcsCanaryDeployStep.DescriptorImpl {

        @Override
        public String getFunctionName() {
            return "withEcsCanaryDeploy";
        }

        @Override
        public String getDisplayName() {
            return Messages.WithEcsCanaryDeployStep_DisplayName();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getProvidedContext() {
            return Set.of(DeploymentHandle.class);
        }
    }
}
