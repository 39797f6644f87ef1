package io.jenkins.plugins.ecscanary.jenkins.access;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ProxyConfiguration;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.aws.HttpProxy;
import io.jenkins.plugins.ecscanary.engine.aws.RoleToAssume;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Words into what the engine needs, and what is refused on the way. */
@WithJenkins
class AccessResolverTest {

    private static final String URL = "http://127.0.0.1:4566";
    private static final String ROLE = "arn:aws:iam::123456789012:role/deployer";
    private static final String OWN_ROLE = "arn:aws:iam::123456789012:role/of-the-credential";

    private static AWSCredentialsImpl credential(String id, String accessKey, String secretKey) {
        return new AWSCredentialsImpl(CredentialsScope.GLOBAL, id, accessKey, secretKey, id);
    }

    private static AwsAccess resolve(String endpointUrl, String credentialsId, String roleArn) {
        return resolve("web", endpointUrl, credentialsId, roleArn);
    }

    private static AwsAccess resolve(String job, String endpointUrl, String credentialsId, String roleArn) {
        return AccessResolver.resolve(
                new Access("eu-central-1", endpointUrl, credentialsId, roleArn, null), CredentialsContext.ofJob(job));
    }

    /** With a role to assume. */
    private static AWSCredentialsImpl withRole(String id, String accessKey, String secretKey) {
        return new AWSCredentialsImpl(
                CredentialsScope.GLOBAL, id, accessKey, secretKey, id, OWN_ROLE, null, "an-external-id");
    }

    private static String refusal(String credentialsId) {
        return assertThrows(IllegalArgumentException.class, () -> resolve(null, credentialsId, null))
                .getMessage();
    }

    @Test
    void keysAreAskedForEachTime(JenkinsRule jenkins) throws Exception {
        Pipelines.add(credential("aws", "AKIAFIRST", "secret-one"));
        AwsAccess access = resolve(null, "aws", null);
        assertThat(access.keys().get().accessKeyId(), is("AKIAFIRST"));
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        Pipelines.add(credential("aws", "AKIASECOND", "secret-two"));
        assertThat(access.keys().get().accessKeyId(), is("AKIASECOND"));
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        IllegalStateException gone =
                assertThrows(IllegalStateException.class, () -> access.keys().get());
        assertThat(gone.getMessage(), containsString("there is no AWS credential 'aws'"));
        assertThat(gone.getMessage(), containsString("renamed or deleted"));
        Pipelines.add(credential("aws", "", ""));
        assertThat(
                assertThrows(IllegalStateException.class, () -> access.keys().get())
                        .getMessage(),
                containsString("has no keys any more"));
    }

    @Test
    void theControllersIdentityIsRefusedHoweverItIsAskedFor(JenkinsRule jenkins) throws Exception {
        Pipelines.add(credential("blank", "", ""));
        assertThat(refusal(null), containsString("no credentialsId is given"));
        assertThat(refusal("blank"), containsString("the credential 'blank' has no keys"));
        EcsCanaryConfiguration.get().setControllerIdentityAllowed(true);
        assertThat(resolve(null, null, null).keys(), is(nullValue()));
        assertThat(resolve(null, "blank", null).keys(), is(nullValue()));
    }

    @Test
    void aCredentialsRoleIsAssumedWithItsKeysAndNobodyIsAskedForIt(JenkinsRule jenkins) throws Exception {
        Pipelines.add(withRole("aws", "AKIABASE", "secret"));
        AwsAccess access = resolve(null, "aws", null);
        assertThat(access.keys().get().accessKeyId(), is("AKIABASE"));
        assertThat(access.keys().get().sessionToken(), is(nullValue()));
        assertThat(
                access.roles(),
                contains(new RoleToAssume(
                        OWN_ROLE, "an-external-id", AccessResolver.SHARED_SESSION, Duration.ofHours(1))));
        assertThat(
                resolve(null, "aws", ROLE).roles().stream()
                        .map(RoleToAssume::arn)
                        .toList(),
                contains(OWN_ROLE, ROLE));
    }

    @Test
    void aRoleWithoutKeysIsTheControllers(JenkinsRule jenkins) throws Exception {
        Pipelines.add(withRole("aws", "", ""));
        assertThat(refusal("aws"), containsString("the credential 'aws' has a role to assume but no keys"));
        EcsCanaryConfiguration.get().setControllerIdentityAllowed(true);
        AwsAccess access = resolve(null, "aws", null);
        assertThat(access.keys(), is(nullValue()));
        assertThat(access.role().orElseThrow().arn(), is(OWN_ROLE));
    }

    @Test
    void aCredentialsRoleHasToBeOnTheList(JenkinsRule jenkins) throws Exception {
        Pipelines.add(withRole("aws", "AKIABASE", "secret"));
        Pipelines.add(withRole("blank", "", ""));
        EcsCanaryConfiguration.get().setControllerIdentityAllowed(true);
        EcsCanaryConfiguration.get().setRoleArns(List.of(ROLE));
        assertThat(refusal("aws"), containsString("the role " + OWN_ROLE + " is not allowed here"));
        assertThat(refusal("blank"), containsString("the role " + OWN_ROLE + " is not allowed here"));
        EcsCanaryConfiguration.get().setRoleArns(List.of(ROLE, OWN_ROLE));
        assertThat(resolve(null, "aws", ROLE).roles(), hasSize(2));
    }

    @Test
    void aRoleThatIsNoneIsSaidToBeTheCredentials(JenkinsRule jenkins) throws Exception {
        Pipelines.add(new AWSCredentialsImpl(
                CredentialsScope.GLOBAL, "aws", "AKIABASE", "secret", "aws", "deployer", null, null));
        assertThat(refusal("aws"), containsString("the credential 'aws': \"deployer\" is no role's ARN"));
    }

    @Test
    void oneFolderMayBeAllowedIt(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.createProject(Folder.class, "team");
        FolderRules team = new FolderRules("team");
        team.setControllerIdentityAllowed(true);
        team.setEndpointUrls(List.of(URL));
        EcsCanaryConfiguration.get().setFolders(List.of(team));
        assertThat(resolve("team/web", URL, null, null).endpoint(), is(URI.create(URL)));
        assertThrows(IllegalArgumentException.class, () -> resolve("other/web", null, null, null));
        assertThrows(IllegalArgumentException.class, () -> resolve("other/web", URL, null, null));
    }

    @Test
    void rolesRegionsAndEndpointsAreThoseOfTheLists(JenkinsRule jenkins) throws Exception {
        Pipelines.add(credential("aws", "AKIA", "secret"));
        AwsAccess asRole = resolve(null, "aws", ROLE);
        assertThat(asRole.role().orElseThrow().arn(), is(ROLE));
        EcsCanaryConfiguration.get().setRoleArns(List.of("arn:aws:iam::123456789012:role/other"));
        assertThrows(IllegalArgumentException.class, () -> resolve(null, "aws", ROLE));
        assertThrows(IllegalArgumentException.class, () -> resolve(URL, "aws", null));
        EcsCanaryConfiguration.get().setRegions(List.of("us-east-1"));
        assertThat(
                assertThrows(IllegalArgumentException.class, () -> resolve(null, "aws", null))
                        .getMessage(),
                containsString("region eu-central-1 is not allowed"));
    }

    @Test
    void theProxyOfJenkinsIsUsed(JenkinsRule jenkins) throws Exception {
        Pipelines.add(credential("aws", "AKIA", "secret"));
        assertThat(resolve(null, "aws", null).proxy().isPresent(), is(false));
        jenkins.jenkins.setProxy(
                new ProxyConfiguration("proxy.example", 3128, "user", "word", "*.internal\n127.0.0.1"));
        HttpProxy proxy = resolve(null, "aws", null).proxy().orElseThrow();
        assertThat(proxy.host(), is("proxy.example"));
        assertThat(proxy.port(), is(3128));
        assertThat(proxy.user(), is("user"));
        assertThat(proxy.password(), is("word"));
        assertThat(proxy.toString(), not(containsString("word")));
        assertThat(proxy.directHosts().stream().anyMatch(pattern -> "ecs.internal".matches(pattern)), is(true));
        assertThat(
                proxy.directHosts().stream().anyMatch(pattern -> "ecs.eu-central-1.amazonaws.com".matches(pattern)),
                is(false));
    }
}
