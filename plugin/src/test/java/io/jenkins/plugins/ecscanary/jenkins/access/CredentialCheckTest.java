package io.jenkins.plugins.ecscanary.jenkins.access;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a form says of a credential's id: to whom, and that a build would say the same. */
@WithJenkins
class CredentialCheckTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/deployer";

    private Folder team;
    private WorkflowJob inside;
    private WorkflowJob outside;

    @BeforeEach
    void secure(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "builder", "user", "configurer")
                .grant(Item.BUILD, Item.CANCEL)
                .everywhere()
                .to("builder")
                .grant(CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("user")
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("configurer")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        team = jenkins.createProject(Folder.class, "team");
        inside = Pipelines.job(team, "web", "echo 'nothing'");
        outside = Pipelines.job("web", "echo 'nothing'");
        Pipelines.add(keys(CredentialsScope.GLOBAL, "of-jenkins"));
        Pipelines.add(keys(CredentialsScope.SYSTEM, "of-the-controller"));
        Pipelines.addTo(team, keys(CredentialsScope.GLOBAL, "of-the-team"));
        Pipelines.add(withRole("blank", "", ""));
        Pipelines.add(withRole("with-role", "AKIABASE", ROLE));
    }

    private static AWSCredentialsImpl keys(CredentialsScope scope, String id) {
        return new AWSCredentialsImpl(scope, id, "AKIA", "a secret", "what it is for");
    }

    private static AWSCredentialsImpl withRole(String id, String accessKey, String role) {
        String secret = accessKey.isEmpty() ? "" : "a secret";
        return new AWSCredentialsImpl(CredentialsScope.GLOBAL, id, accessKey, secret, id, role, null, null);
    }

    private static FormValidation as(String who, Item item, String id) {
        try (ACLContext someone = ACL.as2(User.getById(who, true).impersonate2())) {
            return CredentialCheck.of(item, id);
        }
    }

    private static String told(FormValidation.Kind kind, FormValidation said) {
        assertThat(said.toString(), said.kind, is(kind));
        return said.getMessage() == null ? null : said.getMessage().replace("&#039;", "'");
    }

    private static boolean offered(Item item, String id) {
        try (ACLContext someone = ACL.as2(User.getById("admin", true).impersonate2())) {
            return AwsCredential.choices(item, "").stream().anyMatch(choice -> choice.value.equals(id));
        }
    }

    @Test
    void anUnknownIdIsNamedWithThePlacesItWasLookedFor() {
        assertThat(
                told(FormValidation.Kind.ERROR, as("configurer", inside, " of-the-staem ")),
                is(
                        "there is no AWS credential 'of-the-staem' that jobs in team may use; it may have been renamed or deleted."
                                + " Looked for among those of team, those of the folders around it, and Jenkins's own of the scope"
                                + " Global."));
        assertThat(
                told(FormValidation.Kind.ERROR, as("configurer", outside, "of-the-team")),
                allOf(
                        containsString("'of-the-team' that jobs may use"),
                        containsString("those of a folder are for the jobs in it")));
        assertThat(
                as("configurer", outside, "<img src=x>").renderHtml(),
                allOf(containsString("&lt;img src=x&gt;"), not(containsString("<img src=x>"))));
    }

    @Test
    void itAgreesWithWhatIsOfferedAndWithWhatABuildFinds() {
        for (String id : List.of("of-jenkins", "of-the-team", "of-the-controller", "with-role", "no-such-id")) {
            for (Item item : new Item[] {inside, outside, team, null}) {
                String job = item == null ? "any" : item instanceof Folder ? "team/any" : item.getFullName();
                boolean found = isFound(job, id);
                String where = id + " in " + job;
                assertThat(where, offered(item, id), is(found));
                assertThat(where, as("admin", item, id).kind == FormValidation.Kind.OK, is(found));
            }
        }
        assertThat(isFound("team/web", "of-the-team"), is(true));
        assertThat(isFound("web", "of-the-controller"), is(false));
    }

    private static boolean isFound(String job, String id) {
        try {
            return CredentialsContext.ofJob(job).find(id) != null;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Builds that run as somebody find what that one may use. */
    @Test
    void whoTheBuildsRunAsCounts() {
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate("team/web", User.getById("reader", true).impersonate2())
                        .authenticate("web", User.getById("user", true).impersonate2()));
        assertThat(
                told(FormValidation.Kind.ERROR, as("admin", inside, "of-the-team")),
                containsString("that jobs in team may use as reader"));
        assertThat(offered(inside, "of-the-team"), is(false));
        assertThat(as("admin", outside, "of-jenkins").kind, is(FormValidation.Kind.OK));
        assertThat(offered(outside, "of-jenkins"), is(true));
    }

    @Test
    void noneMeansTheControllersIdentityWhereThatIsAllowed() {
        for (String none : new String[] {null, "", "  "}) {
            assertThat(
                    told(FormValidation.Kind.WARNING, as("configurer", inside, none)),
                    allOf(containsString("not allowed here"), containsString(EcsCanaryConfiguration.where())));
        }
        FolderRules ofTeam = new FolderRules("team");
        ofTeam.setControllerIdentityAllowed(true);
        EcsCanaryConfiguration.get().setFolders(List.of(ofTeam));
        assertThat(
                told(FormValidation.Kind.OK, as("configurer", inside, "")),
                containsString("as whoever the controller is, which is allowed here"));
        told(FormValidation.Kind.WARNING, as("configurer", outside, ""));
        told(FormValidation.Kind.WARNING, as("admin", null, ""));
        EcsCanaryConfiguration.get().setControllerIdentityAllowed(true);
        told(FormValidation.Kind.OK, as("configurer", outside, ""));
        told(FormValidation.Kind.OK, as("admin", null, ""));
    }

    @Test
    void aCredentialWithoutKeysCountsAsTheControllersIdentity() {
        assertThat(
                told(FormValidation.Kind.ERROR, as("configurer", outside, "blank")),
                containsString("The credential 'blank' has no keys"));
        EcsCanaryConfiguration.get().setControllerIdentityAllowed(true);
        assertThat(
                told(FormValidation.Kind.OK, as("configurer", outside, "blank")),
                containsString("which is allowed here"));
    }

    @Test
    void aCredentialsRoleHasToBeAllowedAndIsNotShown() throws Exception {
        assertThat(told(FormValidation.Kind.OK, as("configurer", outside, "with-role")), is(nullValue()));
        EcsCanaryConfiguration.get().setRoleArns(List.of("arn:aws:iam::123456789012:role/other"));
        assertThat(
                told(FormValidation.Kind.ERROR, as("configurer", outside, "with-role")),
                allOf(containsString("is not allowed here"), not(containsString("deployer"))));
        Pipelines.add(withRole("with-no-role", "AKIABASE", "deployer"));
        assertThat(
                told(FormValidation.Kind.ERROR, as("configurer", outside, "with-no-role")),
                is("What the credential 'with-no-role' says to assume is no role's ARN"));
    }

    @Test
    void anExpressionIsKnownInABuildOnly() {
        for (String expression : List.of("${AWS_CREDENTIAL}", "aws-${STAGE}", "${env.AWS}")) {
            assertThat(told(FormValidation.Kind.OK, as("configurer", inside, expression)), is(nullValue()));
        }
    }

    @Test
    void othersLearnNothing() {
        List<String> asked = List.of("of-jenkins", "of-the-team", "blank", "no-such-id", "", "${X}");
        for (String id : asked) {
            for (String who : List.of("reader", "builder", "anonymous")) {
                for (Item item : new Item[] {inside, outside, team, null}) {
                    assertThat(told(FormValidation.Kind.OK, as(who, item, id)), is(nullValue()));
                }
            }
            for (String who : List.of("user", "configurer")) {
                assertThat(told(FormValidation.Kind.OK, as(who, null, id)), is(nullValue()));
            }
        }
        for (String who : List.of("user", "configurer", "admin")) {
            told(FormValidation.Kind.ERROR, as(who, inside, "no-such-id"));
        }
    }
}
