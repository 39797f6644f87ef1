package io.jenkins.plugins.ecscanary.jenkins.access;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.ecscanary.engine.aws.AwsKeys;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import java.util.concurrent.FutureTask;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whose credentials count, in a Jenkins in which the anonymous may do nothing and each thread is theirs. */
@WithJenkins
class CredentialsContextTest {

    private Folder team;

    @BeforeEach
    void secure(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        rights(new MockAuthorizationStrategy());
        team = jenkins.createProject(Folder.class, "team");
    }

    private static void rights(MockAuthorizationStrategy granted) {
        Jenkins.get()
                .setAuthorizationStrategy(
                        granted.grant(Jenkins.ADMINISTER).everywhere().to("admin"));
    }

    private static AWSCredentialsImpl credential(String id, String accessKey) {
        return credential(CredentialsScope.GLOBAL, id, accessKey);
    }

    private static AWSCredentialsImpl credential(CredentialsScope scope, String id, String accessKey) {
        return new AWSCredentialsImpl(scope, id, accessKey, "secret of " + accessKey, id);
    }

    /** On a thread that is nobody's, as those that follow deployments are. */
    private static String keyId(String job, String id) throws Exception {
        FutureTask<String> asked = new FutureTask<>(() -> {
            try (ACLContext nobody = ACL.as2(Jenkins.ANONYMOUS2)) {
                return new AwsCredential(CredentialsContext.ofJob(job), id)
                        .keys()
                        .map(AwsKeys::accessKeyId)
                        .orElse("no keys");
            } catch (IllegalStateException e) {
                return e.getMessage();
            }
        });
        new Thread(asked, "nobody's").start();
        return asked.get();
    }

    @Test
    void aFoldersCredentialIsItsJobs() throws Exception {
        team.createProject(Folder.class, "shop");
        Pipelines.addTo(team, credential("aws", "AKIATEAM"));
        Pipelines.job(team, "web", "echo 'nothing'");
        assertThat(keyId("team/web", "aws"), is("AKIATEAM"));
        assertThat(keyId("team/shop/web", "aws"), is("AKIATEAM"));
        assertThat(keyId("web", "aws"), containsString("there is no AWS credential 'aws' that jobs may use"));
    }

    @Test
    void itIsNotTakenForTheRootsOfTheSameId() throws Exception {
        Pipelines.add(credential("aws", "AKIAROOT"));
        Pipelines.addTo(team, credential("aws", "AKIATEAM"));
        Pipelines.job(team, "web", "echo 'nothing'");
        assertThat(keyId("team/web", "aws"), is("AKIATEAM"));
        assertThat(keyId("web", "aws"), is("AKIAROOT"));
    }

    @Test
    void itIsFoundWhereTheAnonymousMayKnowOfTheFolderOnly() throws Exception {
        rights(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.DISCOVER)
                .everywhere()
                .toEveryone());
        Pipelines.add(credential("aws", "AKIAROOT"));
        Pipelines.addTo(team, credential("aws", "AKIATEAM"));
        Pipelines.job(team, "web", "echo 'nothing'");
        assertThat(keyId("team/web", "aws"), is("AKIATEAM"));
    }

    @Test
    void aJobThatIsGoneLeavesItsFolder() throws Exception {
        Pipelines.addTo(team, credential("aws", "AKIATEAM"));
        assertThat(keyId("team/gone", "aws"), is("AKIATEAM"));
    }

    @Test
    void aFolderThatIsGoneLeavesNothingOfThoseAroundIt() throws Exception {
        Pipelines.add(credential("aws", "AKIAROOT"));
        Pipelines.addTo(team, credential("aws", "AKIATEAM"));
        assertThat(
                keyId("team/gone/web", "aws"),
                allOf(containsString("the folder 'team/gone' is gone"), not(containsString("AKIA"))));
    }

    @Test
    void whatIsForJenkinsItselfIsNotForJobs() throws Exception {
        Pipelines.add(credential(CredentialsScope.SYSTEM, "aws", "AKIASYSTEM"));
        Pipelines.job(team, "web", "echo 'nothing'");
        assertThat(keyId("web", "aws"), containsString("there is no AWS credential 'aws'"));
        assertThat(keyId("gone", "aws"), containsString("there is no AWS credential 'aws'"));
        assertThat(keyId("team/web", "aws"), containsString("there is no AWS credential 'aws'"));
        try (ACLContext admin = ACL.as2(User.getById("admin", true).impersonate2())) {
            ListBoxModel choices = AwsCredential.choices(null, null);
            assertThat(choices.stream().anyMatch(choice -> choice.value.equals("aws")), is(false));
        }
    }

    /** As the credentials plugin has it for what is named in a job's configuration. */
    @Test
    void whoABuildRunsAsHasToBeAllowedToUseThem() throws Exception {
        rights(new MockAuthorizationStrategy()
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("configurer")
                .grant(Item.READ)
                .everywhere()
                .to("reader"));
        Pipelines.addTo(team, credential("aws", "AKIATEAM"));
        Pipelines.job(team, "allowed", "echo 'nothing'");
        Pipelines.job(team, "refused", "echo 'nothing'");
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate(
                                "team/allowed", User.getById("configurer", true).impersonate2())
                        .authenticate(
                                "team/refused", User.getById("reader", true).impersonate2()));
        assertThat(keyId("team/allowed", "aws"), is("AKIATEAM"));
        assertThat(keyId("team/refused", "aws"), containsString("that jobs in team may use as reader"));
        assertThat(
                CredentialsContext.ofJob("team/allowed").findsTheSameAs(CredentialsContext.ofJob("team/refused")),
                is(false));
        assertThat(
                CredentialsContext.ofJob("team/allowed").findsTheSameAs(CredentialsContext.ofJob("team/allowed")),
                is(true));
    }

    @Test
    void aFolderThatGetsAnotherNameKeepsThem() throws Exception {
        Pipelines.addTo(team, credential("aws", "AKIATEAM"));
        Pipelines.job(team, "web", "echo 'nothing'");
        CredentialsContext context = CredentialsContext.ofJob("team/web");
        AwsCredential credential = new AwsCredential(context, "aws");
        team.renameTo("crew");
        assertThat(
                assertThrows(IllegalStateException.class, credential::keys).getMessage(),
                containsString("'team' is gone"));
        context.movedTo("crew");
        assertThat(credential.keys().orElseThrow().accessKeyId(), is("AKIATEAM"));
    }
}
