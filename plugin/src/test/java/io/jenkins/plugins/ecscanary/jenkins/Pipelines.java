package io.jenkins.plugins.ecscanary.jenkins;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import io.jenkins.plugins.ecscanary.jenkins.access.EcsCanaryConfiguration;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/** What tests of whole Pipelines share: a Jenkins that may deploy to a local AWS, and jobs that do. */
public final class Pipelines {

    public static final String CREDENTIAL = "aws";

    /** A local AWS's clock is followed at its speed. */
    private static final String SPEED = "io.jenkins.plugins.ecscanary.localAwsSpeed";

    private Pipelines() {}

    /** Lets the present Jenkins deploy to it, with a credential. */
    public static void allow(LocalAwsProcess aws) throws IOException {
        System.setProperty(SPEED, Integer.toString(aws.speed()));
        EcsCanaryConfiguration.get().setEndpointUrls(List.of(aws.endpoint().toString()));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new AWSCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        CREDENTIAL,
                        LocalAwsProcess.ACCESS_KEY_ID,
                        LocalAwsProcess.SECRET_ACCESS_KEY,
                        "the local AWS"));
        SystemCredentialsProvider.getInstance().save();
    }

    /** @param script of a sandboxed Pipeline */
    public static WorkflowJob job(String name, String script) throws IOException {
        WorkflowJob job = Jenkins.get().createProject(WorkflowJob.class, name);
        job.setDefinition(definition(script));
        return job;
    }

    public static CpsFlowDefinition definition(String script) {
        try {
            return new CpsFlowDefinition(script, true);
        } catch (hudson.model.Descriptor.FormException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The parameters of a deployment to the reference service; more can be put behind. */
    public static String parameters(LocalAwsProcess aws, String image) {
        return "region: '" + LocalAwsProcess.REGION + "', cluster: '" + LocalAwsProcess.CLUSTER + "', service: '"
                + LocalAwsProcess.SERVICE + "', image: '" + image + "', taskDefinition: '''"
                + LocalAwsProcess.taskDefinition() + "''', codeDeploy: [application: 'web', group: 'web'],"
                + " successRate: [minRequests: 0], credentialsId: '" + CREDENTIAL + "', endpointUrl: '" + aws.endpoint()
                + "'";
    }
}
