package io.jenkins.plugins.ecscanary.jenkins.deployments;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.Until;
import io.jenkins.plugins.ecscanary.jenkins.access.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Where keys are kept does not answer: those who wait for them keep nobody else from being told, or stopped. No AWS is asked. */
@WithJenkins
class SlowKeysTest {

    /** As many as there are threads for it, and more. */
    private static final int WAITING = 12;

    private static final int AT_ONCE = 8;

    @Test
    void whoWaitsForThemKeepsNobodyElseWaiting(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = jenkins.buildAndAssertSuccess(Pipelines.job("web", "echo 'nothing'"));
        SlowCredential slow = new SlowCredential();
        Pipelines.add(slow);
        Deployments deployments = Deployments.get();
        List<Followed> all = new ArrayList<>();
        for (int i = 0; i < WAITING; i++) {
            Owner owner = new Owner(
                    "slow-" + i,
                    build,
                    new Access("eu-central-1", null, slow.getId(), null, null),
                    OnAbort.ROLLBACK,
                    null,
                    "ann",
                    RedeployMode.DEPLOY_ONLY);
            all.add(deployments.begin(
                    owner,
                    () -> {
                        throw new IllegalArgumentException("it is not wanted any more");
                    },
                    false,
                    KnownScans.NONE));
        }
        slow.awaitAsked(AT_ONCE);

        Hearing hearing = new Hearing();
        all.get(0).listen(hearing);
        all.get(0).notice("still waiting");
        Until.holds("it is told", () -> "still waiting".equals(hearing.noticed.get()));
        assertThat(hearing.refused.get(), is((RuntimeException) null));

        slow.answer();
        Until.holds("it is refused", () -> hearing.refused.get() != null);
        assertThat(hearing.refused.get().getMessage(), is("it is not wanted any more"));
        Until.holds("all are over", () -> deployments.all().isEmpty());
    }

    private static final class Hearing implements Followed.Listener {
        private final AtomicReference<String> noticed = new AtomicReference<>();
        private final AtomicReference<RuntimeException> refused = new AtomicReference<>();

        @Override
        public void line(DeploymentView.LogLine line, DeploymentView now) {
            throw new AssertionError("nothing begins");
        }

        @Override
        public void notice(String text) {
            noticed.set(text);
        }

        @Override
        public void over(DeploymentView end) {
            throw new AssertionError("nothing begins");
        }

        @Override
        public void refused(RuntimeException why) {
            refused.set(why);
        }
    }
}
