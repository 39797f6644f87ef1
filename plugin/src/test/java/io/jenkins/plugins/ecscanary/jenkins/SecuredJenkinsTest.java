package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Result;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.jenkins.access.EcsCanaryConfiguration;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** In a Jenkins in which the anonymous may do nothing, with what belongs to one folder only. */
@WithJenkins
class SecuredJenkinsTest {

    /** Keys that last an hour last six minutes: much longer than they are used between two looks. */
    private static final int SPEED = 10;

    private static final String ROLE = "arn:aws:iam::123456789012:role/deployer";

    @AutoClose
    private static LocalAwsProcess aws;

    @AutoClose
    private static Wiretap tap;

    private JenkinsRule jenkins;
    private Folder team;

    @BeforeAll
    static void startAws() {
        aws = LocalAwsProcess.start(SPEED);
        tap = Wiretap.on(aws);
    }

    @BeforeEach
    void secure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Pipelines.allow(aws);
        EcsCanaryConfiguration.get().setEndpointUrls(List.of(tap.endpoint()));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        team = jenkins.createProject(Folder.class, "team");
        Pipelines.removeCredential();
        Pipelines.add(credential("AKIAOFTHEROOT", "a/secret/that/is/none/of/the/folder's", null));
    }

    private static AWSCredentialsImpl credential(String accessKey, String secretKey, String role) {
        return new AWSCredentialsImpl(
                CredentialsScope.GLOBAL, Pipelines.CREDENTIAL, accessKey, secretKey, "keys", role, null, null);
    }

    private WorkflowRun begin(String tag) throws Exception {
        String image = aws.push(tag, Map.of("APP_VERSION", tag));
        return Pipelines.job(team, "web", "ecsCanaryDeploy(" + Pipelines.parameters(tap.endpoint(), image) + ")")
                .scheduleBuild2(0)
                .waitForStart();
    }

    @Test
    void aFoldersCredentialDeploysAsItsRoleAndLeavesNoSecretAnywhere() throws Exception {
        Pipelines.addTo(team, credential(LocalAwsProcess.ACCESS_KEY_ID, LocalAwsProcess.SECRET_ACCESS_KEY, ROLE));
        int callsBefore = tap.signers().size();
        WorkflowRun build = begin("secured");
        jenkins.waitForMessage("10 % of traffic", build);
        assertThat("a real secret is looked for", tap.secrets().size(), greaterThan(3));
        assertThat(places(tap.secrets()), is(empty()));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));

        assertThat(Deployments.get().records().history().get(0).verdict().outcome(), is(Outcome.PROMOTED));
        assertThat(tap.signers(), not(hasItems("AKIAOFTHEROOT")));
        assertThat(places(tap.secrets()), is(empty()));
        assertThat(shown(build, tap.secrets()), is(empty()));

        List<String> sessions = tap.sessions();
        assertThat(new HashSet<>(sessions), is(new HashSet<>(List.of("jenkins-ecs-canary", "jenkins-team.web-1"))));
        int calls = tap.signers().size() - callsBefore - sessions.size();
        assertThat("keys are kept: " + calls + " calls", sessions.size() * 10, lessThan(calls));
    }

    @Test
    void whatAwsRefusesLeavesNoneEither() throws Exception {
        String secret = "wJalrXUtnFEMI/K7MDENG+" + "bPxRfiCYnotakey";
        Pipelines.addTo(team, credential("AKIAOFTHEFOLDER", secret, null));
        WorkflowRun build = begin("unknown-key");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("AWS does not accept the keys", build);
        assertThat(tap.signers(), hasItems("AKIAOFTHEFOLDER"));
        assertThat(places(List.of(secret)), is(empty()));
        assertThat(shown(build, List.of(secret)), is(empty()));
    }

    /** Files of the controller and lines of its log that have one of them: build.xml, program.dat, owners, timelines, configurations. */
    private static List<String> places(List<String> secrets) throws IOException {
        List<String> places = new ArrayList<>();
        int files = 0;
        for (Path file : files(Jenkins.get().getRootDir().toPath())) {
            String text;
            try {
                text = Files.readString(file, StandardCharsets.ISO_8859_1);
            } catch (NoSuchFileException e) {
                continue; // written under another name meanwhile
            }
            files++;
            if (secrets.stream().anyMatch(text::contains)) {
                places.add(file.toString());
            }
        }
        assertThat("files were looked at", files, greaterThan(20));
        Formatter formatter = new SimpleFormatter();
        for (LogRecord line : Jenkins.logRecords) {
            String text = formatter.format(line);
            if (secrets.stream().anyMatch(text::contains)) {
                places.add("log of " + line.getLoggerName());
            }
        }
        return places;
    }

    /** But those that are gone before they are looked at. */
    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return files;
    }

    /** Addresses that show one of them to an administrator. */
    private List<String> shown(WorkflowRun build, List<String> secrets) throws Exception {
        List<String> addresses = new ArrayList<>(List.of(
                build.getUrl(),
                build.getUrl() + "consoleText",
                build.getUrl() + "api/json?depth=3",
                build.getUrl() + "api/xml?depth=3",
                build.getParent().getUrl() + "config.xml",
                "job/team/config.xml"));
        for (RecordSummary record : Deployments.get().records().history()) {
            addresses.add("ecs-deployments/api/json?depth=3");
            addresses.add(build.getParent().getUrl() + "ecs-services/");
            String page = build.getUrl() + "ecs-canary/" + record.id() + "/";
            addresses.addAll(
                    List.of(page, page + "api/json?depth=3", page + "view", page + "timeline", page + "replay"));
        }
        List<String> showing = new ArrayList<>();
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.login("admin");
            client.getOptions().setJavaScriptEnabled(false);
            for (String address : addresses) {
                String text = client.goTo(address, null).getWebResponse().getContentAsString();
                if (secrets.stream().anyMatch(text::contains)) {
                    showing.add(address);
                }
            }
        }
        return showing;
    }
}
