package io.jenkins.plugins.ecscanary.jenkins.access;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.Util;
import io.jenkins.plugins.casc.yaml.YamlSource;
import java.beans.Introspector;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundSetter;

/** What an administrator allows: in code, in the form, and what comes of it. */
@WithJenkins
class EcsCanaryConfigurationTest {

    private static final String URL = "http://127.0.0.1:4566";
    private static final String ROLE = "arn:aws:iam::123456789012:role/deploy-web";

    private static EcsCanaryConfiguration rules() {
        return EcsCanaryConfiguration.get();
    }

    private static void configure(String yaml) throws ConfiguratorException {
        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
    }

    private static FolderRules folder(String name, boolean identity, String... urls) {
        FolderRules rules = new FolderRules(name);
        rules.setControllerIdentityAllowed(identity);
        rules.setEndpointUrls(List.of(urls));
        return rules;
    }

    private static void assertRefused(String saying, Executable call) {
        assertThat(assertThrows(IllegalArgumentException.class, call).getMessage(), containsString(saying));
    }

    @Test
    void codeConfiguresAllOfItAndIsExportedAsItWas(JenkinsRule jenkins) throws Exception {
        ConfigurationAsCode.get()
                .configure(getClass().getResource("configuration-as-code.yaml").toString());
        assertConfigured();
        String exported =
                Util.toYamlString(Util.getUnclassifiedRoot(new ConfigurationContext(ConfiguratorRegistry.get()))
                        .get("ecsCanary"));
        for (Class<?> type : List.of(EcsCanaryConfiguration.class, FolderRules.class)) {
            for (Method method : type.getMethods()) {
                if (method.isAnnotationPresent(DataBoundSetter.class)) {
                    String setting = Introspector.decapitalize(method.getName().substring(3));
                    assertThat("set to something", exported, containsString(setting + ":"));
                }
            }
        }
        String given = Util.toStringFromYamlFile(this, "configuration-as-code.yaml");
        assertThat(
                exported.strip(),
                is(given.lines()
                        .skip(2)
                        .map(line -> line.substring(4))
                        .reduce("", (a, b) -> a + "\n" + b)
                        .strip()));
    }

    private static void assertConfigured() {
        assertThat(rules().isControllerIdentityAllowed(), is(true));
        assertThat(rules().getEndpointUrls(), contains(URL));
        assertThat(rules().getRegions(), contains("eu-central-1", "us-gov-west-1"));
        assertThat(rules().getRoleArns(), contains("arn:aws:iam::123456789012:role/deploy-*"));
        assertThat(rules().getFolders().size(), is(1));
        FolderRules folder = rules().getFolders().get(0);
        assertThat(folder.getFolder(), is("team/shop"));
        assertThat(folder.isControllerIdentityAllowed(), is(true));
        assertThat(folder.getEndpointUrls(), contains("https://aws.example"));
    }

    @Test
    void theFormKeepsAllOfItAndItIsThereAfterARestart(JenkinsRule jenkins) throws Throwable {
        ConfigurationAsCode.get()
                .configure(getClass().getResource("configuration-as-code.yaml").toString());
        jenkins.configRoundtrip();
        assertConfigured();
        jenkins.restart();
        assertConfigured();
    }

    @Test
    void whatIsWrongIsToldAndNothingIsKept(JenkinsRule jenkins) throws Exception {
        rules().setRegions(List.of("eu-central-1"));
        HtmlForm form;
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            HtmlPage page = client.goTo("configure");
            form = page.getFormByName("config");
            form.getTextAreaByName("_.regions").setText("Frankfurt");
            HtmlPage answer = jenkins.submit(form);
            assertThat(answer.getWebResponse().getStatusCode(), is(400));
            assertThat(answer.asNormalizedText(), containsString("Frankfurt is no AWS region"));
        }
        assertThat(rules().getRegions(), contains("eu-central-1"));
        assertThat(rules().doCheckRegions("eu-central-1\nus-east-1").kind, is(FormValidation.Kind.OK));
        assertThat(rules().doCheckRegions("Frankfurt").kind, is(FormValidation.Kind.ERROR));
        assertThat(rules().doCheckEndpointUrls("ftp://x").kind, is(FormValidation.Kind.ERROR));
        assertThat(rules().doCheckEndpointUrls("https://user:secret@x").kind, is(FormValidation.Kind.ERROR));
        assertThat(rules().doCheckRoleArns("deployer").kind, is(FormValidation.Kind.ERROR));
        assertThat(rules().doCheckRoleArns(ROLE).kind, is(FormValidation.Kind.OK));
        assertThrows(
                ConfiguratorException.class,
                () -> configure("unclassified:\n  ecsCanary:\n    endpointUrls: ['file:///etc/passwd']\n"));
        assertThrows(
                ConfiguratorException.class,
                () -> configure("unclassified:\n  ecsCanary:\n    folders: [{folder: ' '}]\n"));
    }

    @Test
    void nothingIsAllowedByDefaultButEveryRegionAndRole(JenkinsRule jenkins) {
        assertRefused(
                "whoever the controller is", () -> rules().requireControllerIdentity("", "no credentialsId is given"));
        assertRefused("have an administrator allow it", () -> rules().requireEndpoint("", URL));
        assertDoesNotThrow(() -> rules().requireRegion("eu-central-1"));
        assertDoesNotThrow(() -> rules().requireRole(ROLE));
    }

    @Test
    void listsAllowWhatIsInThem(JenkinsRule jenkins) {
        rules().setRegions(List.of("eu-central-1"));
        assertDoesNotThrow(() -> rules().requireRegion("eu-central-1"));
        assertRefused("allowed are eu-central-1", () -> rules().requireRegion("us-east-1"));
        rules().setRoleArns(List.of("arn:aws:iam::123456789012:role/deploy-*"));
        assertDoesNotThrow(() -> rules().requireRole(ROLE));
        assertRefused(
                "is not allowed here", () -> rules().requireRole("arn:aws:iam::123456789012:role/admin/deploy-web"));
        assertRefused("is not allowed here", () -> rules().requireRole("arn:aws:iam::123456789012:role/deployXweb"));
        rules().setEndpointUrls(List.of(URL));
        assertDoesNotThrow(() -> rules().requireEndpoint("", URL));
        assertRefused("is not allowed", () -> rules().requireEndpoint("", URL + "/x"));
    }

    @Test
    void aFolderMayMoreThanOthers(JenkinsRule jenkins) {
        rules().setFolders(List.of(folder("team", true, URL)));
        for (String inside : List.of("team", "team/shop")) {
            assertDoesNotThrow(() -> rules().requireControllerIdentity(inside, "why"));
            assertDoesNotThrow(() -> rules().requireEndpoint(inside, URL));
        }
        for (String outside : List.of("", "teams", "other/team")) {
            assertRefused("not allowed", () -> rules().requireControllerIdentity(outside, "why"));
            assertRefused("not allowed", () -> rules().requireEndpoint(outside, URL));
        }
    }

    @Test
    void whatAFolderMayGoesWithItAndEndsWithIt(JenkinsRule jenkins) throws Exception {
        Folder team = jenkins.jenkins.createProject(Folder.class, "team");
        team.createProject(Folder.class, "shop");
        rules().setFolders(List.of(folder("team/shop", true, URL)));
        team.renameTo("crew");
        assertThat(rules().getFolders().get(0).getFolder(), is("crew/shop"));
        jenkins.jenkins.createProject(Folder.class, "team").createProject(Folder.class, "shop");
        assertRefused("not allowed", () -> rules().requireControllerIdentity("team/shop", "why"));
        team.delete();
        assertThat(rules().getFolders(), is(empty()));
    }

    /** Not even with a folder's XML. */
    @Test
    void whoConfiguresAFolderAllowsItNothing(JenkinsRule jenkins) throws Exception {
        Folder team = jenkins.jenkins.createProject(Folder.class, "team");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.CREATE, Item.EXTENDED_READ)
                .everywhere()
                .to("configurer"));
        try (JenkinsRule.WebClient client =
                jenkins.createWebClient().login("configurer").withThrowExceptionOnFailingStatusCode(false)) {
            assertThat(client.goTo("configure").getWebResponse().getStatusCode(), is(403));
            HtmlPage page = client.goTo(team.getUrl() + "configure");
            assertThat(page.getWebResponse().getContentAsString().contains("controllerIdentityAllowed"), is(false));
            jenkins.submit(page.getFormByName("config"));
        }
        assertRefused("not allowed", () -> rules().requireControllerIdentity("team", "why"));
    }
}
