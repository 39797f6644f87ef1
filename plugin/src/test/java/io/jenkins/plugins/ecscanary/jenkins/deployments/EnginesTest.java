package io.jenkins.plugins.ecscanary.jenkins.deployments;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.access.Access;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Which deployments share an engine, and that they don't wait for one another to get it. No AWS is asked. */
@WithJenkins
class EnginesTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/deployer";

    private JenkinsRule jenkins;
    private Engines engines;
    private WorkflowRun build;

    @BeforeEach
    void open(JenkinsRule rule, @TempDir Path root) throws Exception {
        jenkins = rule;
        engines = new Engines(new RecordStore(root));
        build = jenkins.buildAndAssertSuccess(Pipelines.job("web", "echo 'nothing'"));
        Pipelines.addCredential();
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private Owner owner(String id, String credential, String role) {
        return new Owner(id, build, access(credential, role), OnAbort.ROLLBACK, null, "ann", RedeployMode.DEPLOY_ONLY);
    }

    private static Access access(String credential, String role) {
        return new Access("eu-central-1", null, credential, role, null);
    }

    @Test
    void whoReachesAwsInTheSameWaySharesOne() {
        Engines.Lease first = engines.lease(owner("a", Pipelines.CREDENTIAL, null));
        assertThat(engines.lease(owner("b", Pipelines.CREDENTIAL, null)), sameInstance(first));
    }

    @Test
    void soDoAllWhoDoSoAsARole() {
        Engines.Lease direct = engines.lease(owner("0", Pipelines.CREDENTIAL, null));
        Engines.Lease first = engines.lease(owner("1", Pipelines.CREDENTIAL, ROLE));
        assertThat(first, not(sameInstance(direct)));
        for (int i = 2; i <= 20; i++) {
            assertThat(engines.lease(owner("" + i, Pipelines.CREDENTIAL, ROLE)), sameInstance(first));
        }
        assertThat(engines.lease(owner("21", Pipelines.CREDENTIAL, ROLE + "-other")), not(sameInstance(first)));
    }

    @Test
    void whatIsChangedInACredentialCountsForTheNext() throws Exception {
        Pipelines.add(withRole(""));
        Engines.Lease first = engines.lease(owner("a", "own", null));
        assertThat(engines.lease(owner("b", "own", null)), sameInstance(first));
        Pipelines.removeCredential();
        Pipelines.add(withRole("-other"));
        assertThat(engines.lease(owner("c", "own", null)), not(sameInstance(first)));
    }

    private static AWSCredentialsImpl withRole(String more) {
        return new AWSCredentialsImpl(
                CredentialsScope.GLOBAL, "own", "local", "local", "with a role", ROLE + more, null, null);
    }

    @Test
    void aSessionHasTheBuildsNumberHoweverLongTheJobsName() throws Exception {
        assertThat(owner("a", Pipelines.CREDENTIAL, ROLE).sessionName(), is("jenkins-web-1"));
        Folder folder = jenkins.createProject(Folder.class, "team");
        WorkflowRun other = jenkins.buildAndAssertSuccess(Pipelines.job(folder, "w".repeat(80), "echo 'nothing'"));
        String name = new Owner(
                        "b",
                        other,
                        access(Pipelines.CREDENTIAL, ROLE),
                        OnAbort.ROLLBACK,
                        null,
                        "ann",
                        RedeployMode.DEPLOY_ONLY)
                .sessionName();
        assertThat(name, is("jenkins-team." + "w".repeat(49) + "-1"));
        assertThat(name.length(), is(64));
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
        Pipelines.add(slow);
        FutureTask<Engines.Lease> waiting = new FutureTask<>(() -> engines.lease(owner("a", slow.getId(), null)));
        new Thread(waiting, "waits for its keys").start();
        slow.awaitAsked(1);

        engines.lease(owner("b", Pipelines.CREDENTIAL, null));
        assertThat(waiting.isDone(), is(false));
        slow.answer();
        waiting.get();
    }

    @Test
    void afterTheEndThereIsNone() {
        engines.close();
        assertThrows(IllegalStateException.class, () -> engines.lease(owner("a", Pipelines.CREDENTIAL, null)));
    }
}
