package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** {@code trivyScan}: what a Pipeline says about a scan and the gate behind it. Nothing is looked at before {@link Wanted} reads it. */
public final class TrivyScanStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What stops most people: what is worse than that should not go out. */
    static final String DEFAULT_SEVERITY = "HIGH,CRITICAL";

    /** Trivy's own. */
    static final String DEFAULT_SCANNERS = "vuln,secret";

    /** Trivy's own. */
    static final String DEFAULT_TIMEOUT = "5m";

    private String image;
    private String input;
    private String reportFile;
    private String fs;
    private String severity = DEFAULT_SEVERITY;
    private boolean ignoreUnfixed;
    private String scanners = DEFAULT_SCANNERS;
    private ArrayList<MaxFindings> maxFindings = new ArrayList<>();
    private String ignoreFile;
    private String waivers;
    private String baseline;
    private String platform;
    private boolean skipDbUpdate;
    private String dbRepository;
    private String server;
    private String credentialsId;
    private String timeout = DEFAULT_TIMEOUT;
    private ArrayList<String> formats = new ArrayList<>();
    private String trivy;

    @DataBoundConstructor
    public TrivyScanStep() {}

    /** An image by its name. */
    public String getImage() {
        return image;
    }

    @DataBoundSetter
    public void setImage(String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    /** An image in a file, as {@code docker save} writes it. */
    public String getInput() {
        return input;
    }

    @DataBoundSetter
    public void setInput(String input) {
        this.input = Util.fixEmptyAndTrim(input);
    }

    /** A report of Trivy's that is there already. */
    public String getReportFile() {
        return reportFile;
    }

    @DataBoundSetter
    public void setReportFile(String reportFile) {
        this.reportFile = Util.fixEmptyAndTrim(reportFile);
    }

    /** A directory. */
    public String getFs() {
        return fs;
    }

    @DataBoundSetter
    public void setFs(String fs) {
        this.fs = Util.fixEmptyAndTrim(fs);
    }

    /** Of which there may be none, comma-separated. */
    public String getSeverity() {
        return severity;
    }

    @DataBoundSetter
    public void setSeverity(String severity) {
        this.severity = Util.fixNull(severity).trim();
    }

    public boolean isIgnoreUnfixed() {
        return ignoreUnfixed;
    }

    @DataBoundSetter
    public void setIgnoreUnfixed(boolean ignoreUnfixed) {
        this.ignoreUnfixed = ignoreUnfixed;
    }

    /** Comma-separated. */
    public String getScanners() {
        return scanners;
    }

    @DataBoundSetter
    public void setScanners(String scanners) {
        this.scanners = Util.fixEmptyAndTrim(scanners) == null ? DEFAULT_SCANNERS : scanners.trim();
    }

    /** How many there may be of single severities, where it is not none. */
    public List<MaxFindings> getMaxFindings() {
        return List.copyOf(maxFindings);
    }

    @DataBoundSetter
    public void setMaxFindings(List<MaxFindings> maxFindings) {
        this.maxFindings = maxFindings == null ? new ArrayList<>() : new ArrayList<>(maxFindings);
    }

    /** Trivy's own list of what it leaves out. */
    public String getIgnoreFile() {
        return ignoreFile;
    }

    @DataBoundSetter
    public void setIgnoreFile(String ignoreFile) {
        this.ignoreFile = Util.fixEmptyAndTrim(ignoreFile);
    }

    /** What is let through for a while, each with reason and owner. */
    public String getWaivers() {
        return waivers;
    }

    @DataBoundSetter
    public void setWaivers(String waivers) {
        this.waivers = Util.fixEmptyAndTrim(waivers);
    }

    /** {@code previous} or {@code deployed} where only what is new counts; null where everything does. */
    public String getBaseline() {
        return baseline;
    }

    @DataBoundSetter
    public void setBaseline(String baseline) {
        this.baseline = Util.fixEmptyAndTrim(baseline);
    }

    /** Of an image for several, such as {@code linux/arm64}. */
    public String getPlatform() {
        return platform;
    }

    @DataBoundSetter
    public void setPlatform(String platform) {
        this.platform = Util.fixEmptyAndTrim(platform);
    }

    public boolean isSkipDbUpdate() {
        return skipDbUpdate;
    }

    @DataBoundSetter
    public void setSkipDbUpdate(boolean skipDbUpdate) {
        this.skipDbUpdate = skipDbUpdate;
    }

    public String getDbRepository() {
        return dbRepository;
    }

    @DataBoundSetter
    public void setDbRepository(String dbRepository) {
        this.dbRepository = Util.fixEmptyAndTrim(dbRepository);
    }

    /** A Trivy server's URL. */
    public String getServer() {
        return server;
    }

    @DataBoundSetter
    public void setServer(String server) {
        this.server = Util.fixEmptyAndTrim(server);
    }

    /** Of the server's token, a secret text. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** For Trivy, such as {@code 5m}. */
    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout) == null ? DEFAULT_TIMEOUT : timeout.trim();
    }

    /** In which the report is archived besides: {@code sarif}, {@code cyclonedx}, {@code html}. */
    public List<String> getFormats() {
        return List.copyOf(formats);
    }

    @DataBoundSetter
    public void setFormats(List<String> formats) {
        this.formats = formats == null ? new ArrayList<>() : new ArrayList<>(formats);
    }

    /** The name of a Trivy of the Global Tool Configuration; null for the one on the agent's PATH. */
    public String getTrivy() {
        return trivy;
    }

    @DataBoundSetter
    public void setTrivy(String trivy) {
        this.trivy = Util.fixEmptyAndTrim(trivy);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new TrivyScanExecution(context, this);
    }

    /** The step for Pipeline and Snippet Generator. */
    @Extension
    public static final class DescriptorImpl extends TrivyScanForm {

        @Override
        public String getFunctionName() {
            return "trivyScan";
        }

        @Override
        public String getDisplayName() {
            return Messages.TrivyScanStep_DisplayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class, FilePath.class, Launcher.class, EnvVars.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            return Stream.of("image", "input", "reportFile", "fs")
                    .map(arguments::get)
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .findFirst()
                    .orElse(null);
        }

        /** The form has its formats as text. */
        @Override
        public Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            JSONObject plain = JSONObject.fromObject(form);
            Object formats = plain.remove("formats");
            TrivyScanStep step = (TrivyScanStep) super.newInstance(request, plain);
            step.setFormats(Wanted.words((String) formats));
            return step;
        }

        /** For the form. */
        public String wordsText(List<String> words) {
            return words == null ? "" : String.join(", ", words);
        }
    }
}
