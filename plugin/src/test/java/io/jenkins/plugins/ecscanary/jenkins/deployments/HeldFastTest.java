package io.jenkins.plugins.ecscanary.jenkins.deployments;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.Result;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.jenkins.LocalAwsProcess;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.Records;
import io.jenkins.plugins.ecscanary.jenkins.Until;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Whatever happens around a deployment, it is neither lost nor undone, nor goes on alone. */
class HeldFastTest {

    private static final String PREFLIGHT_HANGS = "{\"match\": \"ecs:DescribeServices\", \"kind\": \"throttle\"}";

    @AutoClose
    private static LocalAwsProcess aws;

    private static String image;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeAll
    static void startAws() {
        aws = LocalAwsProcess.start();
        image = aws.push("held", Map.of("APP_VERSION", "held"));
    }

    @AfterEach
    void mend() {
        aws.noFaults();
    }

    /** AWS completes some deployments only after their verdict: the next one waits. */
    private static String parameters() {
        return Pipelines.parameters(aws, image) + ", onConflict: 'wait'";
    }

    private static WorkflowRun build(String job) {
        return Jenkins.get().getItemByFullName(job, WorkflowJob.class).getBuildByNumber(1);
    }

    private static void isPromoted(JenkinsRule jenkins, WorkflowRun build) throws Exception {
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        Until.holds("there is a verdict", () -> Records.only().verdict() != null);
        assertThat(Records.only().verdict().outcome(), is(Outcome.PROMOTED));
    }

    /** Between its old and its new name a build can't be found under either. */
    @Test
    void aFolderThatIsRenamedAndMovedIsNotGone() throws Throwable {
        sessions.then(jenkins -> {
            Pipelines.allow(aws);
            Folder folder = jenkins.createProject(Folder.class, "team");
            Folder other = jenkins.createProject(Folder.class, "other");
            WorkflowRun build = Pipelines.job(folder, "web", "ecsCanaryDeploy(" + parameters() + ")")
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage("10 % of traffic", build);
            folder.renameTo("crew");
            assertThat(LooksMeanwhile.looks, is(1));
            Items.move(folder, other);
            isPromoted(jenkins, build("other/crew/web"));
            assertThat(
                    Deployments.get().origin(Records.only().id()).orElseThrow().jobFullName(), is("other/crew/web"));
        });
    }

    /** The supervisor's next look is just then. */
    @TestExtension("aFolderThatIsRenamedAndMovedIsNotGone")
    public static final class LooksMeanwhile extends ItemListener {
        private static int looks;

        @Override
        public void onRenamed(Item item, String oldName, String newName) {
            Supervisor.lookAround(true);
            looks++;
        }
    }

    @Test
    void anotherServicesBrokenRecordTakesNothingAway() throws Throwable {
        Path[] home = new Path[1];
        sessions.then(jenkins -> {
            Pipelines.allow(aws);
            WorkflowRun build = Pipelines.job("web", "ecsCanaryDeploy(" + parameters() + ")")
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage("10 % of traffic", build);
            home[0] = jenkins.jenkins.getRootDir().toPath();
            Files.createDirectories(home[0].resolve("ecs-canary/records/1/eu-central-1/shop/other/r1/timeline.jsonl"));
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build("web");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("100 % of traffic", build);
        });
    }

    @Test
    void aDeploymentInsideAnotherIsRolledBackWithIt() throws Throwable {
        sessions.then(jenkins -> {
            Pipelines.allow(aws);
            String outer = Pipelines.parameters(aws, image).replace("service: 'web'", "service: 'nosuch'");
            WorkflowRun build = Pipelines.job(
                            "web",
                            "withEcsCanaryDeploy(" + parameters() + ") {\n"
                                    + "  ecsCanaryAwait(weight: 10)\n"
                                    + "  withEcsCanaryDeploy(" + outer + ") { ecsCanaryAwait(weight: 10) }\n"
                                    + "}")
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
            RecordSummary web = Deployments.get().records().history().stream()
                    .filter(record -> record.deploymentId() != null)
                    .findFirst()
                    .orElseThrow();
            assertThat(web.verdict().outcome(), is(Outcome.ROLLED_BACK));
        });
    }

    /** Only its step can create it, and is told what comes of that. */
    @Test
    void whatIsNotWaitedForIsCreatedByItsStep() throws Throwable {
        List<String> before = aws.deploymentsAskedFor();
        sessions.then(jenkins -> {
            Pipelines.allow(aws);
            aws.fault(PREFLIGHT_HANGS);
            WorkflowRun build = Pipelines.job(
                            "web",
                            "def r = ecsCanaryDeploy(wait: false, " + parameters()
                                    + ")\necho \"AWS has <${r.deploymentId}>\"")
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage("Live view of this deployment", build);
            Supervisor.lookAround(true);
            assertThat(Records.only().deploymentId(), nullValue());
            assertThat(build.isBuilding(), is(true));
        });
        sessions.then(jenkins -> {
            Supervisor.lookAround(true);
            aws.noFaults();
            WorkflowRun build = build("web");
            isPromoted(jenkins, build);
            jenkins.assertLogContains("AWS has <" + Records.only().deploymentId() + ">", build);
            assertThat("deployments in AWS", aws.deploymentsAskedFor(), hasSize(before.size() + 1));
        });
    }

    @Test
    void whatIsNotWaitedForAndRefusedFailsItsBuild() throws Throwable {
        sessions.then(jenkins -> {
            Pipelines.allow(aws);
            WorkflowJob job = Pipelines.job(
                    "web",
                    "ecsCanaryDeploy(wait: false, "
                            + Pipelines.parameters(aws, image).replace("service: 'web'", "service: 'nosuch'") + ")");
            WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("ERROR: REFUSED", build);
            jenkins.assertLogContains("nosuch", build);
        });
    }

    @Test
    void valuesOfATemplateMayBeNumbersAndTruthValues() throws Throwable {
        sessions.then(jenkins -> {
            Pipelines.allow(aws);
            WorkflowJob job = Pipelines.job(
                    "web", "ecsCanaryDeploy(" + parameters() + ", templateValues: [CPU: 256, FLAG: true])");
            WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("templateValues.CPU: there is no placeholder ${CPU}", build);
            jenkins.assertLogContains("templateValues.FLAG: there is no placeholder ${FLAG}", build);
            job.setDefinition(
                    Pipelines.definition("ecsCanaryDeploy(" + parameters() + ", templateValues: [CPU: null])"));
            jenkins.assertLogContains(
                    "templateValues.CPU has no value", jenkins.buildAndAssertStatus(Result.FAILURE, job));
        });
    }
}
