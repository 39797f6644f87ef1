package io.jenkins.plugins.ecscanary.jenkins;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import jenkins.model.experimentalflags.UserExperimentalFlagsProperty;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Two users: a build's page is the classic one for one of them, and the experimental one for the other. Both may do all. */
public final class BuildPages {

    public static final String CLASSIC = "ann";
    public static final String EXPERIMENTAL = "bob";

    private BuildPages() {}

    /** Lets them in. */
    public static void offer(JenkinsRule jenkins) throws IOException {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        chooses(CLASSIC, "false");
        chooses(EXPERIMENTAL, "true");
    }

    private static void chooses(String user, String experimentalPage) throws IOException {
        User.getById(user, true)
                .addProperty(new UserExperimentalFlagsProperty(Map.of("new-build-page.flag", experimentalPage)));
    }

    /** What a browser sends along that is one of them; for reading only, since there is no crumb. */
    public static Map<String, String> as(String user) {
        byte[] secret = (user + ":" + user).getBytes(StandardCharsets.UTF_8);
        return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(secret));
    }

    /** A build somebody asked for: the experimental page takes it for granted that each has a cause. */
    public static WorkflowRun build(JenkinsRule jenkins, WorkflowJob job) throws Exception {
        return jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(CLASSIC))));
    }
}
