package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import io.jenkins.plugins.ecscanary.jenkins.access.Access;
import io.jenkins.plugins.ecscanary.jenkins.deployments.OnAbort;
import io.jenkins.plugins.ecscanary.jenkins.deployments.RedeployMode;
import io.jenkins.plugins.ecscanary.jenkins.redeploy.PipelineRedeployAction;
import io.jenkins.plugins.ecscanary.jenkins.redeploy.RecordedRevision;
import io.jenkins.plugins.ecscanary.jenkins.redeploy.RedeployAction;
import io.jenkins.plugins.ecscanary.jenkins.scan.RequiredScan;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code ecsCanaryDeploy}: what a Pipeline says about a deployment. Nothing is looked at before {@link Wanted} reads it. */
public class EcsCanaryDeployStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String cluster;
    private final String service;
    private String region;
    private String image;
    private String taskDefinition;
    private String taskDefinitionArn;
    private HashMap<String, String> templateValues = new HashMap<>();
    private String container;
    private TrafficShift traffic;
    private CodeDeploySettings codeDeploy;
    private SuccessRateSettings successRate;
    private ArrayList<String> alarms = new ArrayList<>();
    private ArrayList<Integer> milestones = new ArrayList<>(DeploymentRequest.REFERENCE_MILESTONES);
    private String credentialsId;
    private String roleArn;
    private String externalId;
    private String endpointUrl;
    private String timeout = DEFAULT_TIMEOUT;
    private String onConflict = Choice.text(OnConflict.FAIL);
    private String onAbort = Choice.text(OnAbort.ROLLBACK);
    private String waitFor = Choice.text(WaitFor.COMPLETED);
    private String approvers;
    private String redeploy = Choice.text(RedeployMode.DEPLOY_ONLY);
    private boolean wait = true;
    private boolean unstableOnRollback;
    private boolean createAlarms;
    private boolean taskLogs;
    private String requireScan;
    private String recordId;
    private RecordedRevision recorded;

    /** Longer than any of AWS's own configs with its usual waits takes. */
    static final String DEFAULT_TIMEOUT = "2h";

    @DataBoundConstructor
    public EcsCanaryDeployStep(String cluster, String service) {
        this.cluster = Util.fixEmptyAndTrim(cluster);
        this.service = Util.fixEmptyAndTrim(service);
    }

    public String getCluster() {
        return cluster;
    }

    public String getService() {
        return service;
    }

    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    public String getImage() {
        return image;
    }

    @DataBoundSetter
    public void setImage(String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    /** JSON, with {@code ${NAME}} placeholders. */
    public String getTaskDefinition() {
        return taskDefinition;
    }

    @DataBoundSetter
    public void setTaskDefinition(String taskDefinition) {
        this.taskDefinition = Util.fixEmptyAndTrim(taskDefinition);
    }

    public String getTaskDefinitionArn() {
        return taskDefinitionArn;
    }

    @DataBoundSetter
    public void setTaskDefinitionArn(String taskDefinitionArn) {
        this.taskDefinitionArn = Util.fixEmptyAndTrim(taskDefinitionArn);
    }

    public Map<String, String> getTemplateValues() {
        return Collections.unmodifiableMap(
                new TreeMap<>(templateValues)); // sorted, so that a snippet is always the same
    }

    /**
     * @param templateValues numbers and truth values too, as a Jenkinsfile has them
     * @throws IllegalArgumentException for one without a value
     */
    @DataBoundSetter
    public void setTemplateValues(Map<String, ?> templateValues) {
        HashMap<String, String> texts = new HashMap<>();
        if (templateValues != null) {
            templateValues.forEach((name, value) -> texts.put(name, text(name, value)));
        }
        this.templateValues = texts;
    }

    private static String text(String name, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(Messages.EcsCanaryDeployStep_NoValue(name));
        }
        return value.toString();
    }

    public String getContainer() {
        return container;
    }

    @DataBoundSetter
    public void setContainer(String container) {
        this.container = Util.fixEmptyAndTrim(container);
    }

    public TrafficShift getTraffic() {
        return traffic;
    }

    @DataBoundSetter
    public void setTraffic(TrafficShift traffic) {
        this.traffic = traffic;
    }

    public CodeDeploySettings getCodeDeploy() {
        return codeDeploy;
    }

    @DataBoundSetter
    public void setCodeDeploy(CodeDeploySettings codeDeploy) {
        this.codeDeploy = codeDeploy;
    }

    public SuccessRateSettings getSuccessRate() {
        return successRate;
    }

    @DataBoundSetter
    public void setSuccessRate(SuccessRateSettings successRate) {
        this.successRate = successRate;
    }

    public List<String> getAlarms() {
        return List.copyOf(alarms);
    }

    @DataBoundSetter
    public void setAlarms(List<String> alarms) {
        this.alarms = alarms == null ? new ArrayList<>() : new ArrayList<>(alarms);
    }

    public List<Integer> getMilestones() {
        return List.copyOf(milestones);
    }

    @DataBoundSetter
    public void setMilestones(List<Integer> milestones) {
        this.milestones = milestones == null ? new ArrayList<>() : new ArrayList<>(milestones);
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getRoleArn() {
        return roleArn;
    }

    @DataBoundSetter
    public void setRoleArn(String roleArn) {
        this.roleArn = Util.fixEmptyAndTrim(roleArn);
    }

    public String getExternalId() {
        return externalId;
    }

    @DataBoundSetter
    public void setExternalId(String externalId) {
        this.externalId = Util.fixEmptyAndTrim(externalId);
    }

    public String getEndpointUrl() {
        return endpointUrl;
    }

    @DataBoundSetter
    public void setEndpointUrl(String endpointUrl) {
        this.endpointUrl = Util.fixEmptyAndTrim(endpointUrl);
    }

    /** From start to verdict, such as {@code 2h}. */
    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout) == null ? DEFAULT_TIMEOUT : timeout.trim();
    }

    public String getOnConflict() {
        return onConflict;
    }

    @DataBoundSetter
    public void setOnConflict(String onConflict) {
        this.onConflict = onConflict;
    }

    public String getOnAbort() {
        return onAbort;
    }

    @DataBoundSetter
    public void setOnAbort(String onAbort) {
        this.onAbort = onAbort;
    }

    public String getWaitFor() {
        return waitFor;
    }

    @DataBoundSetter
    public void setWaitFor(String waitFor) {
        this.waitFor = waitFor;
    }

    /** Users and groups, comma-separated; null for everyone with the permission. */
    public String getApprovers() {
        return approvers;
    }

    @DataBoundSetter
    public void setApprovers(String approvers) {
        this.approvers = Util.fixEmptyAndTrim(approvers);
    }

    /** What a build does that ships this deployment's revision again. */
    public String getRedeploy() {
        return redeploy == null
                ? Choice.text(RedeployMode.DEPLOY_ONLY)
                : redeploy; // null in programs from before it was there
    }

    @DataBoundSetter
    public void setRedeploy(String redeploy) {
        this.redeploy = redeploy;
    }

    public boolean isWait() {
        return wait;
    }

    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    public boolean isUnstableOnRollback() {
        return unstableOnRollback;
    }

    @DataBoundSetter
    public void setUnstableOnRollback(boolean unstableOnRollback) {
        this.unstableOnRollback = unstableOnRollback;
    }

    public boolean isCreateAlarms() {
        return createAlarms;
    }

    @DataBoundSetter
    public void setCreateAlarms(boolean createAlarms) {
        this.createAlarms = createAlarms;
    }

    public boolean isTaskLogs() {
        return taskLogs;
    }

    @DataBoundSetter
    public void setTaskLogs(boolean taskLogs) {
        this.taskLogs = taskLogs;
    }

    /** {@code true} for a passed scan in this build, how old one may be such as {@code 7d}, or null where none is required. */
    public Object getRequireScan() {
        return RequiredScan.given(requireScan);
    }

    /** @param requireScan a boolean or a text */
    @DataBoundSetter
    public void setRequireScan(Object requireScan) {
        this.requireScan = RequiredScan.text(requireScan);
    }

    /** As {@link RequiredScan} has it. */
    String requiredScan() {
        return requireScan;
    }

    /** Instead of image and task definition: the revision of that record. */
    static EcsCanaryDeployStep again(RedeployAction redeploy) {
        EcsCanaryDeployStep step = new EcsCanaryDeployStep(null, null);
        step.recordId = redeploy.recordId();
        step.region = redeploy.access().region();
        step.endpointUrl = redeploy.access().endpointUrl();
        step.credentialsId = redeploy.access().credentialsId();
        step.roleArn = redeploy.access().roleArn();
        step.externalId = redeploy.access().externalId();
        step.onAbort = Choice.text(redeploy.onAbort());
        step.approvers = redeploy.approvers();
        step.requireScan = redeploy.requireScan();
        return step;
    }

    /** Of the record whose revision is shipped again, or null. */
    String recordId() {
        return recordId;
    }

    /** The revision shipped instead of image and task definition, or null. */
    RecordedRevision recorded() {
        return recorded;
    }

    Access access() {
        return new Access(region, endpointUrl, credentialsId, roleArn, externalId);
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        PipelineRedeployAction redeployed = context.get(Run.class).getAction(PipelineRedeployAction.class);
        if (redeployed != null) {
            recorded = redeployed.revision();
        }
        return new EcsCanaryDeployExecution(context, this);
    }

    /** The step for Pipeline and Snippet Generator. */
    @Extension
    public static class DescriptorImpl extends EcsCanaryDeployForm {

        @Override
        public String getFunctionName() {
            return "ecsCanaryDeploy";
        }

        @Override
        public String getDisplayName() {
            return Messages.EcsCanaryDeployStep_DisplayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            Object service = arguments.get("service");
            Object what = arguments.get("image") == null ? arguments.get("taskDefinitionArn") : arguments.get("image");
            return what == null ? String.valueOf(service) : service + " " + what;
        }
    }
}
