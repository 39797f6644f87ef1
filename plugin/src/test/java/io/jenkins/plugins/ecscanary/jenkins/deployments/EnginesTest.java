package io.jenkins.plugins.ecscanary.jenkins.deployments;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsDescriptor;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.access.Access;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Which deployments share an engine, and that they don't wait for one another to get it. No AWS is asked. */
@WithJenkins
class EnginesTest {

    private Engines engines;
    private WorkflowRun build;

    @BeforeEach
    void open(JenkinsRule jenkins, @TempDir Path root) throws Exception {
        engines = new Engines(new RecordStore(root));
        build = jenkins.buildAndAssertSuccess(Pipelines.job("web", "echo 'nothing'"));
        Pipelines.addCredential();
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private Owner owner(String id, String credential, String role) {
        Access access = new Access("eu-central-1", null, credential, role, null);
        return new Owner(id, build, access, OnAbort.ROLLBACK, null, "ann", RedeployMode.DEPLOY_ONLY);
    }

    @Test
    void whoReachesAwsInTheSameWaySharesOne() {
        Engines.Lease first = engines.lease(owner("a", Pipelines.CREDENTIAL, null));
        assertThat(engines.lease(owner("b", Pipelines.CREDENTIAL, null)), sameInstance(first));
        String role = "arn:aws:iam::123456789012:role/deployer";
        Engines.Lease assumed = engines.lease(owner("c", Pipelines.CREDENTIAL, role));
        assertThat(assumed, not(sameInstance(first)));
        assertThat(engines.lease(owner("d", Pipelines.CREDENTIAL, role)), not(sameInstance(assumed)));
    }

    @Test
    void theLastOneClosesIt() {
        Engines.Lease first = engines.lease(owner("a", Pipelines.CREDENTIAL, null));
        engines.lease(owner("b", Pipelines.CREDENTIAL, null));
        engines.release(first);
        assertThat(engines.lease(owner("c", Pipelines.CREDENTIAL, null)), sameInstance(first));
        engines.release(first);
        engines.release(first);
        assertThat(engines.lease(owner("d", Pipelines.CREDENTIAL, null)), not(sameInstance(first)));
    }

    @Test
    void nobodyWaitsForKeysOfAnother() throws Exception {
        SlowCredential slow = new SlowCredential();
        SystemCredentialsProvider.getInstance().getCredentials().add(slow);
        FutureTask<Engines.Lease> waiting = new FutureTask<>(() -> engines.lease(owner("a", slow.getId(), null)));
        new Thread(waiting, "waits for its keys").start();
        slow.asked.await();

        engines.lease(owner("b", Pipelines.CREDENTIAL, null));
        assertThat(waiting.isDone(), is(false));
        slow.answer.countDown();
        waiting.get();
    }

    @Test
    void afterTheEndThereIsNone() {
        engines.close();
        assertThrows(IllegalStateException.class, () -> engines.lease(owner("a", Pipelines.CREDENTIAL, null)));
    }

    /** Its keys are somewhere that takes its time to answer. */
    private static final class SlowCredential extends AWSCredentialsImpl {
        private static final long serialVersionUID = 1L;

        private final transient CountDownLatch asked = new CountDownLatch(1);
        private final transient CountDownLatch answer = new CountDownLatch(1);

        SlowCredential() {
            super(CredentialsScope.GLOBAL, "slow", "local", "local", "kept elsewhere");
        }

        @Override
        public AwsCredentials resolveCredentials() {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            return super.resolveCredentials();
        }

        @Override
        public CredentialsDescriptor getDescriptor() {
            return (CredentialsDescriptor) Jenkins.get().getDescriptorOrDie(AWSCredentialsImpl.class);
        }
    }
}
