package io.jenkins.plugins.ecscanary.jenkins;

import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.jvnet.hudson.test.JenkinsRule;

/** A local AWS for a class of tests, slow enough for something to happen in mid-deployment, with an image to deploy. */
public final class SlowAws implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    /** Three quarters of a minute of shifting, on the wall's clock. */
    public static final String SLOW = ", traffic: linear(percent: 10, every: '3m')";

    public static final String QUICK = ", traffic: allAtOnce()";

    private static final int SPEED = 30;

    private static final String NO_STOPPING = "{\"match\": \"codedeploy:StopDeployment\", \"kind\": \"throttle\"}";

    private final String tag;
    private LocalAwsProcess aws;
    private String image;

    /** @param tag of the image */
    public SlowAws(String tag) {
        this.tag = tag;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        aws = LocalAwsProcess.start(SPEED);
        image = aws.push(tag, Map.of("APP_VERSION", tag));
    }

    /** Lets the present Jenkins deploy to it. */
    public void allow() throws IOException {
        Pipelines.allow(aws);
    }

    /** Of a deployment of the image; more can be put behind. */
    public String parameters() {
        return Pipelines.parameters(aws, image);
    }

    LocalAwsProcess process() {
        return aws;
    }

    /** AWS refuses to stop a deployment until {@link #stopping}, or until the test is over. */
    public void noStopping() {
        aws.fault(NO_STOPPING);
    }

    public void stopping() {
        aws.noFaults();
    }

    /** A build that has shifted the first traffic. */
    public static WorkflowRun shifting(JenkinsRule jenkins, WorkflowJob job) throws Exception {
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("10 % of traffic", build);
        return build;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        aws.noFaults();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (aws != null) {
            aws.close();
        }
    }
}
