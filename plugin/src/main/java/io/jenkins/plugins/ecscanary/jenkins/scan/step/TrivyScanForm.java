package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.ecscanary.engine.scan.ScanTarget;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyOptions;
import io.jenkins.plugins.ecscanary.engine.text.TimeSpan;
import io.jenkins.plugins.ecscanary.jenkins.scan.tool.TrivyInstallation;
import io.jenkins.plugins.ecscanary.jenkins.step.Choice;
import io.jenkins.plugins.ecscanary.jenkins.step.FormText;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What {@code trivyScan}'s form offers, and what it checks before a Pipeline does. The checks look at the texts only, so anyone may ask. */
public abstract class TrivyScanForm extends StepDescriptor {

    public FormValidation doCheckImage(
            @QueryParameter String value,
            @QueryParameter String input,
            @QueryParameter String fs,
            @QueryParameter String reportFile) {
        return subject(value, ScanTarget.Image::new, input, fs, reportFile);
    }

    public FormValidation doCheckInput(
            @QueryParameter String value,
            @QueryParameter String image,
            @QueryParameter String fs,
            @QueryParameter String reportFile) {
        return subject(value, ScanTarget.Archive::new, image, fs, reportFile);
    }

    public FormValidation doCheckFs(
            @QueryParameter String value,
            @QueryParameter String image,
            @QueryParameter String input,
            @QueryParameter String reportFile) {
        return subject(value, ScanTarget.FileSystem::new, image, input, reportFile);
    }

    public FormValidation doCheckReportFile(
            @QueryParameter String value,
            @QueryParameter String image,
            @QueryParameter String input,
            @QueryParameter String fs) {
        return subject(value, file -> {}, image, input, fs);
    }

    public FormValidation doCheckSeverity(@QueryParameter String value) {
        return FormText.check(() -> Wanted.severities(value));
    }

    public FormValidation doCheckScanners(@QueryParameter String value) {
        return option(value, Wanted::scanners);
    }

    public FormValidation doCheckFormats(@QueryParameter String value) {
        return FormText.check(() -> Wanted.formats(Wanted.words(value)));
    }

    public FormValidation doCheckTimeout(@QueryParameter String value) {
        return option(value, text -> TrivyOptions.DEFAULT.withTimeout(TimeSpan.parse(text)));
    }

    public FormValidation doCheckIgnoreFile(@QueryParameter String value) {
        return option(value, TrivyOptions.DEFAULT::withIgnoreFile);
    }

    public FormValidation doCheckPlatform(@QueryParameter String value) {
        return option(value, TrivyOptions.DEFAULT::withPlatform);
    }

    public FormValidation doCheckDbRepository(@QueryParameter String value) {
        return option(value, TrivyOptions.DEFAULT::withDbRepository);
    }

    public FormValidation doCheckServer(@QueryParameter String value) {
        return option(value, TrivyOptions.DEFAULT::withServer);
    }

    public FormValidation doCheckCredentialsId(@QueryParameter String value, @QueryParameter String server) {
        return FormText.check(() -> Wanted.checkToken(Util.fixEmptyAndTrim(value), Util.fixEmptyAndTrim(server)));
    }

    public ListBoxModel doFillBaselineItems() {
        ListBoxModel model = new ListBoxModel();
        model.add(Messages.TrivyScanStep_NoBaseline(), "");
        for (BaselineOf word : BaselineOf.values()) {
            model.add(Choice.text(word));
        }
        return model;
    }

    /** Names of tools are for those who may configure the job they are for. */
    @POST
    public ListBoxModel doFillTrivyItems(@AncestorInPath Item item) {
        ListBoxModel model = new ListBoxModel();
        model.add(Messages.TrivyScanStep_OnPath(), "");
        if (item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE)) {
            for (TrivyInstallation one : Jenkins.get()
                    .getDescriptorByType(TrivyInstallation.DescriptorImpl.class)
                    .getInstallations()) {
                model.add(one.getName());
            }
        }
        return model;
    }

    /** Names of credentials are for those who may use them here. */
    @POST
    public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String value) {
        return ServerToken.choices(item, value);
    }

    /**
     * One of the four that say what is scanned.
     *
     * @param reading refuses what it can't be
     * @param others the other three
     */
    private static FormValidation subject(String value, Consumer<String> reading, String... others) {
        String given = Util.fixEmptyAndTrim(value);
        boolean another = Stream.of(others).anyMatch(other -> Util.fixEmptyAndTrim(other) != null);
        if (given == null) {
            return another ? FormValidation.ok() : FormValidation.error(Messages.TrivyScanStep_NoSubject());
        }
        return another
                ? FormValidation.error(Messages.TrivyScanStep_SeveralSubjects())
                : FormText.check(() -> reading.accept(given));
    }

    /** @param reading refuses what it can't be; not asked about nothing */
    private static FormValidation option(String value, Consumer<String> reading) {
        String given = Util.fixEmptyAndTrim(value);
        return given == null ? FormValidation.ok() : FormText.check(() -> reading.accept(given));
    }
}
