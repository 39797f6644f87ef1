package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.ecscanary.engine.aws.RoleToAssume;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import io.jenkins.plugins.ecscanary.engine.taskdef.TaskDefinitionTemplate;
import io.jenkins.plugins.ecscanary.engine.taskdef.TemplateException;
import io.jenkins.plugins.ecscanary.jenkins.access.AwsCredential;
import io.jenkins.plugins.ecscanary.jenkins.access.CredentialCheck;
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
        return FormText.check(() -> Wanted.requireMilestones(FormText.numbers(value)));
    }

    /** Placeholders only: what is JSON shows once they are filled. */
    public FormValidation doCheckTaskDefinition(@QueryParameter String value, @QueryParameter String image) {
        String template = Util.fixEmptyAndTrim(value);
        if (template == null) {
            return FormValidation.ok();
        }
        if (Util.fixEmptyAndTrim(image) == null) {
            return FormValidation.error(Messages.EcsCanaryDeployStep_NoImage());
        }
        try {
            TaskDefinitionTemplate.parse("taskDefinition", template);
            return FormValidation.ok();
        } catch (TemplateException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    public FormValidation doCheckImage(@QueryParameter String value, @QueryParameter String taskDefinition) {
        return Util.fixEmptyAndTrim(value) != null && Util.fixEmptyAndTrim(taskDefinition) == null
                ? FormValidation.error(Messages.EcsCanaryDeployStep_NoTaskDefinition())
                : FormValidation.ok();
    }

    /** A name alone is one of a revision, too. */
    public FormValidation doCheckTaskDefinitionArn(
            @QueryParameter String value, @QueryParameter String image, @QueryParameter String taskDefinition) {
        boolean whole = Util.fixEmptyAndTrim(value) != null;
        return whole && (Util.fixEmptyAndTrim(image) != null || Util.fixEmptyAndTrim(taskDefinition) != null)
                ? FormValidation.error(Messages.Wanted_BothSources())
                : FormValidation.ok();
    }

    public FormValidation doCheckRoleArn(@QueryParameter String value) {
        return role(value, null);
    }

    public FormValidation doCheckExternalId(@QueryParameter String value, @QueryParameter String roleArn) {
        if (Util.fixEmptyAndTrim(value) == null) {
            return FormValidation.ok();
        }
        return Util.fixEmptyAndTrim(roleArn) == null
                ? FormValidation.error(Messages.EcsCanaryDeployStep_NoRole())
                : role(roleArn, value.trim());
    }

    private static FormValidation role(String arn, String externalId) {
        String role = Util.fixEmptyAndTrim(arn);
        return role == null
                ? FormValidation.ok()
                : FormText.check(() -> new RoleToAssume(role, externalId, "form", null));
    }

    /** Whether an administrator allows it is said when it is deployed: that is not for everyone who sees a form. */
    public FormValidation doCheckEndpointUrl(@QueryParameter String value) {
        String url = Util.fixEmptyAndTrim(value);
        return url == null || url.matches("https?://[^\\s/?#@]+(/[^\\s?#@]*)?")
                ? FormValidation.ok()
                : FormValidation.error(Messages.EcsCanaryDeployStep_BadEndpoint());
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

    /** Which credentials there are is for the same people. */
    @POST
    public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
        return CredentialCheck.of(item, value);
    }

    private static ListBoxModel words(Enum<?>... words) {
        ListBoxModel model = new ListBoxModel();
        for (Enum<?> word : words) {
            model.add(Choice.text(word));
        }
        return model;
    }
}
