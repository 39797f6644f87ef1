package io.jenkins.plugins.ecscanary.jenkins.scan.tool;

import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.tools.ToolInstallation;
import hudson.tools.ToolInstaller;
import hudson.tools.ToolInstallerDescriptor;
import hudson.util.FormValidation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * Puts one release of Trivy on a node. Its archive is fetched by the controller, through Jenkins's HTTP proxy, and compared with the
 * SHA-256 an administrator has given; only what matches is sent to the node and unpacked there. A release that is known to be
 * compromised is refused by its name even where its SHA-256 is right.
 */
public final class TrivyInstaller extends ToolInstaller {

    /** Where the project publishes its releases for Linux on x86-64. */
    public static final String OFFICIAL =
            "https://github.com/aquasecurity/trivy/releases/download/v{version}/trivy_{version}_Linux-64bit.tar.gz";

    /** Says in the node's directory what has been unpacked there. */
    private static final String MARKER = ".ecs-canary-trivy";

    private final String version;
    private final String sha256;
    private String url = OFFICIAL;

    /**
     * @param label of the nodes it is for
     * @param version such as {@code 0.74.0}
     * @param sha256 of the archive
     * @throws IllegalArgumentException saying which of them is wrong, and how it should be
     */
    @DataBoundConstructor
    public TrivyInstaller(String label, String version, String sha256) {
        super(label);
        this.version = TrivyRelease.version(version);
        this.sha256 = TrivyRelease.sha256(sha256);
    }

    public String getVersion() {
        return version;
    }

    public String getSha256() {
        return sha256;
    }

    /** Of the archive; {@code {version}} stands for the version. */
    public String getUrl() {
        return url;
    }

    /** @throws IllegalArgumentException if it is no URL of an archive */
    @DataBoundSetter
    public void setUrl(String url) {
        this.url = archive(url);
    }

    private static String archive(String url) {
        return Util.fixEmptyAndTrim(url) == null ? OFFICIAL : TrivyRelease.url(url);
    }

    @Override
    public FilePath performInstallation(ToolInstallation tool, Node node, TaskListener log)
            throws IOException, InterruptedException {
        // Configuration read from disk was checked by an older version of this plugin, or by nobody.
        TrivyRelease release =
                new TrivyRelease(TrivyRelease.version(version), TrivyRelease.sha256(sha256), TrivyRelease.url(url));
        FilePath directory = preferredLocation(tool, node);
        FilePath marker = directory.child(MARKER);
        if (marker.exists() && release.sha256().equals(text(marker)) && program(directory) != null) {
            return program(directory);
        }
        log.getLogger().println(Messages.TrivyInstaller_Fetching(release.address(), node.getDisplayName()));
        Path archive = Files.createTempFile("trivy", release.zip() ? ".zip" : ".tar.gz");
        try {
            release.fetch(archive);
            directory.deleteContents();
            directory.mkdirs();
            try (InputStream in = Files.newInputStream(archive)) {
                if (release.zip()) {
                    directory.unzipFrom(in);
                } else {
                    directory.untarFrom(in, FilePath.TarCompression.GZIP);
                }
            }
        } finally {
            Files.deleteIfExists(archive);
        }
        FilePath program = program(directory);
        if (program == null) {
            throw new IOException(Messages.TrivyInstaller_NotInArchive(release.address()));
        }
        FilePath binary = program.child("trivy");
        if (binary.exists()) {
            binary.chmod(0755);
        }
        marker.write(release.sha256(), StandardCharsets.UTF_8.name());
        return program;
    }

    private static String text(FilePath marker) throws IOException, InterruptedException {
        return marker.length() > 200 ? "" : marker.readToString().trim();
    }

    /** The directory the program is in; null if it is not there. */
    private static FilePath program(FilePath directory) throws IOException, InterruptedException {
        return directory.child("trivy").exists() || directory.child("trivy.exe").exists() ? directory : null;
    }

    /** For Trivy only. */
    @Extension
    @Symbol("trivyRelease")
    public static final class DescriptorImpl extends ToolInstallerDescriptor<TrivyInstaller> {

        @Override
        public String getDisplayName() {
            return Messages.TrivyInstaller_DisplayName();
        }

        @Override
        public boolean isApplicable(Class<? extends ToolInstallation> type) {
            return type == TrivyInstallation.class;
        }

        @Override
        public ToolInstaller newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            try {
                TrivyInstaller installer = new TrivyInstaller(
                        form.optString("label"), form.optString("version"), form.optString("sha256"));
                installer.setUrl(form.optString("url"));
                return installer;
            } catch (IllegalArgumentException e) {
                throw new FormException(e.getMessage(), e, "sha256");
            }
        }

        @POST
        public FormValidation doCheckVersion(@QueryParameter String value) {
            return check(() -> TrivyRelease.version(value));
        }

        @POST
        public FormValidation doCheckSha256(@QueryParameter String value) {
            return check(() -> TrivyRelease.sha256(value));
        }

        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            return check(() -> archive(value));
        }

        private static FormValidation check(Runnable reading) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                reading.run();
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
