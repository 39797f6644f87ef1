package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import io.jenkins.plugins.ecscanary.jenkins.access.AwsCredential;
import io.jenkins.plugins.ecscanary.jenkins.deployments.OnAbort;
import io.jenkins.plugins.ecscanary.jenkins.deployments.RedeployMode;
import io.jenkins.plugins.ecscanary.jenkins.scan.RequiredScan;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * The form of {@link EcsCanaryDeployStep} in the Snippet Generator: how its texts become lists and maps, what it checks, what it
 * offers. Nothing but the names of credentials is looked up.
 */
public abstract class EcsCanaryDeployForm extends StepDescriptor {

    /** The form has lists and maps as texts. */
    @Override
    public Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        JSONObject plain = JSONObject.fromObject(form);
        Object alarms = plain.remove("alarms");
        Object milestones = plain.remove("milestones");
        Object templateValues = plain.remove("templateValues");
        Object requireScan = plain.remove("requireScan");
        JSONObject traffic = plain.optJSONObject("traffic");
        if (traffic != null && !traffic.has("$class") && !traffic.has("stapler-class")) {
            plain.remove("traffic"); // none was chosen
        }
        EcsCanaryDeployStep step = (EcsCanaryDeployStep) super.newInstance(request, plain);
        try {
            step.setAlarms(FormText.words((String) alarms));
            step.setMilestones(FormText.numbers((String) milestones));
            step.setTemplateValues(FormText.pairs((String) templateValues));
            step.setRequireScan(requireScan);
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "milestones");
        }
        return step;
    }

    /** For the form. */
    public String wordsText(List<String> words) {
        return FormText.ofWords(words);
    }

    /** For the form: those of the reference where there is nothing yet. */
    public String milestonesText(List<Integer> numbers) {
        return FormText.ofNumbers(numbers == null ? DeploymentRequest.REFERENCE_MILESTONES : numbers);
    }

    /** For the form. */
    public String pairsText(Map<String, String> pairs) {
        return FormText.ofPairs(pairs);
    }

    public FormValidation doCheckMilestones(@QueryParameter String value) {
        return FormText.check(() -> FormText.numbers(value));
    }

    public FormValidation doCheckTemplateValues(@QueryParameter String value) {
        return FormText.check(() -> FormText.pairs(value));
    }

    public FormValidation doCheckCluster(@QueryParameter String value) {
        return Checks.required(value, Messages.EcsCanaryDeployStep_NoCluster());
    }

    public FormValidation doCheckService(@QueryParameter String value) {
        return Checks.required(value, Messages.EcsCanaryDeployStep_NoService());
    }

    public FormValidation doCheckRegion(@QueryParameter String value) {
        return Checks.required(value, Messages.EcsCanaryDeployStep_NoRegion());
    }

    public FormValidation doCheckTimeout(@QueryParameter String value) {
        return Checks.optionalTimeSpan(value);
    }

    public FormValidation doCheckRequireScan(@QueryParameter String value) {
        return FormText.check(() -> RequiredScan.requirement(RequiredScan.text(value)));
    }

    public ListBoxModel doFillOnConflictItems() {
        return words(OnConflict.values());
    }

    public ListBoxModel doFillOnAbortItems() {
        return words(OnAbort.values());
    }

    public ListBoxModel doFillRedeployItems() {
        return words(RedeployMode.values());
    }

    public ListBoxModel doFillWaitForItems() {
        return words(WaitFor.values());
    }

    /** Names of credentials are for those who may use them here. */
    @POST
    public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String value) {
        return AwsCredential.choices(item, value);
    }

    private static ListBoxModel words(Enum<?>... words) {
        ListBoxModel model = new ListBoxModel();
        for (Enum<?> word : words) {
            model.add(Choice.text(word));
        }
        return model;
    }
}
