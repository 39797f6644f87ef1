package io.jenkins.plugins.ecscanary.jenkins.scan.tool;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import hudson.FilePath;
import hudson.model.Result;
import hudson.tools.InstallSourceProperty;
import hudson.util.FormValidation;
import hudson.util.io.ArchiverFactory;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.scan.FakeTrivy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Trivy in the Global Tool Configuration, and on nodes. */
@WithJenkins
class TrivyInstallationTest {

    private HttpServer server;
    private final AtomicInteger fetched = new AtomicInteger();
    private byte[] archive;
    private FakeTrivy trivy;

    @BeforeEach
    void serve(@TempDir Path directory) throws Exception {
        trivy = FakeTrivy.in(directory.resolve("release"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new FilePath(trivy.directory().toFile()).archive(ArchiverFactory.TARGZ, out, "**");
        archive = out.toByteArray();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            fetched.incrementAndGet();
            boolean there = exchange.getRequestURI().getPath().equals("/v0.74.0/trivy.tar.gz");
            exchange.sendResponseHeaders(there ? 200 : 404, there ? archive.length : -1);
            try (OutputStream body = exchange.getResponseBody()) {
                if (there) {
                    body.write(archive);
                }
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static void install(JenkinsRule jenkins, TrivyInstaller installer) throws Exception {
        jenkins.jenkins
                .getDescriptorByType(TrivyInstallation.DescriptorImpl.class)
                .setInstallations(
                        new TrivyInstallation("pinned", null, List.of(new InstallSourceProperty(List.of(installer)))));
    }

    private TrivyInstaller installer(String sha256, String path) {
        TrivyInstaller installer = new TrivyInstaller(null, "0.74.0", sha256);
        installer.setUrl(url(path));
        return installer;
    }

    private static final String PIPELINE =
            "node { withEnv(['FAKE_TRIVY=good']) { trivyScan(image: 'shop/web:1', trivy: 'pinned') } }";

    @Test
    void itIsInstalledOnceAndUsed(JenkinsRule jenkins) throws Exception {
        install(jenkins, installer(sha256(archive), "/v{version}/trivy.tar.gz"));
        WorkflowJob job = Pipelines.job("scan", PIPELINE);
        jenkins.buildAndAssertSuccess(job);
        jenkins.buildAndAssertSuccess(job);
        assertThat(fetched.get(), is(1));
    }

    @Test
    void whatIsNotWhatWasPinnedIsNotUnpacked(JenkinsRule jenkins) throws Exception {
        install(jenkins, installer("0".repeat(64), "/v{version}/trivy.tar.gz"));
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, Pipelines.job("scan", PIPELINE));
        jenkins.assertLogContains("it is not unpacked", build);
        jenkins.assertLogContains("since nothing could be judged", build);
        assertThat(Files.exists(jenkins.jenkins.getRootDir().toPath().resolve("tools/" + toolDirectory())), is(false));
    }

    private static String toolDirectory() {
        return TrivyInstallation.class.getName().replace('$', '_') + "/pinned/trivy";
    }

    @Test
    void anArchiveThatIsNotThereIsTold(JenkinsRule jenkins) throws Exception {
        install(jenkins, installer("0".repeat(64), "/nowhere.tgz"));
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, Pipelines.job("scan", PIPELINE));
        jenkins.assertLogContains("answers 404", build);
    }

    /** The mirror is there, answers, and falls asleep in the middle. */
    @Test
    void anArchiveThatNeverEndsIsGivenUp(JenkinsRule jenkins, @TempDir Path directory) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.createContext("/asleep/", exchange -> {
            exchange.sendResponseHeaders(200, archive.length);
            exchange.getResponseBody().write(archive, 0, 1);
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        try {
            TrivyRelease release = new TrivyRelease("0.74.0", sha256(archive), url("/asleep/trivy.tar.gz"));
            IOException given = assertThrows(
                    IOException.class, () -> release.fetch(directory.resolve("archive"), Duration.ofSeconds(1)));
            assertThat(given.getMessage(), containsString("has not sent all of the archive within 1 second"));
        } finally {
            end.countDown();
        }
    }

    @Test
    void anotherReleaseTakesThePlaceOfTheFirst(JenkinsRule jenkins) throws Exception {
        install(jenkins, installer(sha256(archive), "/v{version}/trivy.tar.gz"));
        WorkflowJob job = Pipelines.job("scan", PIPELINE);
        jenkins.buildAndAssertSuccess(job);
        Files.writeString(trivy.directory().resolve("new"), "of another release");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new FilePath(trivy.directory().toFile()).archive(ArchiverFactory.TARGZ, out, "**");
        archive = out.toByteArray();
        install(jenkins, installer(sha256(archive), "/v{version}/trivy.tar.gz"));
        jenkins.buildAndAssertSuccess(job);
        assertThat(fetched.get(), is(2));
    }

    @Test
    void aNameThatIsNotConfiguredIsToldWithThoseThatAre(JenkinsRule jenkins) throws Exception {
        install(jenkins, installer(sha256(archive), "/v{version}/trivy.tar.gz"));
        WorkflowRun build = jenkins.buildAndAssertStatus(
                Result.FAILURE, Pipelines.job("scan", PIPELINE.replace("'pinned'", "'other'")));
        jenkins.assertLogContains("nothing could be judged: there is no Trivy named 'other'", build);
        jenkins.assertLogContains("'pinned'", build);
    }

    @Test
    void declarativeToolsPutItOnThePath(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins
                .getDescriptorByType(TrivyInstallation.DescriptorImpl.class)
                .setInstallations(
                        new TrivyInstallation("there", trivy.directory().toString(), List.of()));
        WorkflowJob job = Pipelines.job(
                "scan",
                "pipeline { agent any; tools { trivy 'there' }; stages { stage('Scan') { steps { trivyScan(image: 'a:1') } } } }");
        jenkins.buildAndAssertSuccess(job);
        assertThat(trivy.calls(), containsString("call image"));
    }

    @Test
    void codeConfiguresIt(JenkinsRule jenkins) throws Exception {
        configure("tool:\n  trivy:\n    installations:\n    - name: pinned\n      properties:\n      - installSource:\n"
                + "          installers:\n          - trivyRelease:\n              version: 'v0.74.0'\n              sha256: '"
                + "AB".repeat(32) + "'\n");
        TrivyInstallation[] all = jenkins.jenkins
                .getDescriptorByType(TrivyInstallation.DescriptorImpl.class)
                .getInstallations();
        assertThat(all, arrayWithSize(1));
        TrivyInstaller installer = (TrivyInstaller) all[0].getProperties()
                .get(InstallSourceProperty.class)
                .installers
                .get(0);
        assertThat(installer.getVersion(), is("0.74.0"));
        assertThat(installer.getSha256(), is("ab".repeat(32)));
        assertThat(installer.getUrl(), is(TrivyInstaller.OFFICIAL));
        assertThat(
                jenkins.jenkins
                        .getRootPath()
                        .child(TrivyInstallation.class.getName() + ".xml")
                        .exists(),
                is(true));
    }

    private static void configure(String yaml) throws ConfiguratorException {
        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void codeIsCheckedAsFormsAre(JenkinsRule jenkins) {
        for (String[] each :
                new String[][] {{"latest", "ab".repeat(32)}, {"0.69.4", "ab".repeat(32)}, {"0.74.0", "abc"}}) {
            assertThrows(
                    ConfiguratorException.class,
                    () -> configure("tool:\n  trivy:\n    installations:\n    - name: pinned\n      properties:\n"
                            + "      - installSource:\n          installers:\n          - trivyRelease:\n              version: '"
                            + each[0] + "'\n              sha256: '" + each[1] + "'\n"));
        }
    }

    @Test
    void theFormKeepsIt(JenkinsRule jenkins) throws Exception {
        TrivyInstaller installer = installer("ab".repeat(32), "/v{version}/trivy.tar.gz");
        install(jenkins, installer);
        jenkins.submit(jenkins.createWebClient().goTo("manage/configureTools").getFormByName("config"));
        TrivyInstallation kept = TrivyInstallation.named("pinned");
        jenkins.assertEqualDataBoundBeans(
                installer,
                kept.getProperties().get(InstallSourceProperty.class).installers.get(0));
    }

    @Test
    void formsSayWhatIsWrong(JenkinsRule jenkins) {
        TrivyInstaller.DescriptorImpl form = jenkins.jenkins.getDescriptorByType(TrivyInstaller.DescriptorImpl.class);
        assertThat(form.doCheckVersion("latest").kind, is(FormValidation.Kind.ERROR));
        assertThat(form.doCheckVersion("v0.69.4").getMessage(), containsString("CVE-2026-33634"));
        assertThat(form.doCheckVersion("0.74.0").kind, is(FormValidation.Kind.OK));
        assertThat(form.doCheckSha256("").kind, is(FormValidation.Kind.ERROR));
        assertThat(form.doCheckUrl("").kind, is(FormValidation.Kind.OK));
        for (String bad :
                List.of("file:///etc/passwd.zip", "https://u:p@host/a.zip", "https://host/a.exe", "no url.zip")) {
            assertThat(bad, form.doCheckUrl(bad).kind, is(not(FormValidation.Kind.OK)));
        }
    }
}
