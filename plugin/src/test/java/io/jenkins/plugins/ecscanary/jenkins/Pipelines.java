package io.jenkins.plugins.ecscanary.jenkins;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import io.jenkins.plugins.ecscanary.jenkins.access.EcsCanaryConfiguration;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
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
        allow(aws.endpoint().toString());
    }

    /** The same where the AWS is known by its address only, and its speed has been told. */
    public static void allow(String endpoint) throws IOException {
        EcsCanaryConfiguration.get().setEndpointUrls(List.of(endpoint));
        addCredential();
    }

    /** For every job. */
    public static void addCredential() throws IOException {
        add(credential());
    }

    /** As if it had been deleted. */
    public static void removeCredential() throws IOException {
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        SystemCredentialsProvider.getInstance().save();
    }

    /** For the jobs of one folder only. */
    public static void moveCredentialTo(Folder folder) throws IOException {
        removeCredential();
        addTo(folder, credential());
    }

    /** To what the jobs of one folder may use. */
    public static void addTo(Folder folder, Credentials credential) throws IOException {
        for (CredentialsStore store : CredentialsProvider.lookupStores(folder)) {
            if (store.getContext() == folder) {
                store.addCredentials(Domain.global(), credential);
            }
        }
    }

    /** To what all jobs may use, unless it is of the scope SYSTEM. */
    public static void add(Credentials credential) throws IOException {
        SystemCredentialsProvider.getInstance().getCredentials().add(credential);
        SystemCredentialsProvider.getInstance().save();
    }

    private static AWSCredentialsImpl credential() {
        return new AWSCredentialsImpl(
                CredentialsScope.GLOBAL,
                CREDENTIAL,
                LocalAwsProcess.ACCESS_KEY_ID,
                LocalAwsProcess.SECRET_ACCESS_KEY,
                "the local AWS");
    }

    /** @param script of a sandboxed Pipeline */
    public static WorkflowJob job(String name, String script) throws IOException {
        return job(Jenkins.get(), name, script);
    }

    /** The same in a folder. */
    public static WorkflowJob job(ModifiableTopLevelItemGroup parent, String name, String script) throws IOException {
        WorkflowJob job = (WorkflowJob)
                parent.createProject(Jenkins.get().getDescriptorByType(WorkflowJob.DescriptorImpl.class), name, true);
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
        return parameters(aws.endpoint().toString(), image);
    }

    /** The same with all traffic in one shift: for who asks what comes of a deployment, and not how traffic moves. */
    public static String atOnce(LocalAwsProcess aws, String image) {
        return parameters(aws, image) + ", traffic: allAtOnce()";
    }

    /** Of an AWS that is known by its address only. */
    public static String parameters(String endpoint, String image) {
        return "region: '" + LocalAwsProcess.REGION + "', cluster: '" + LocalAwsProcess.CLUSTER + "', service: '"
                + LocalAwsProcess.SERVICE + "', image: '" + image + "', taskDefinition: '''"
                + LocalAwsProcess.taskDefinition() + "''', codeDeploy: [application: 'web', group: 'web'],"
                + " successRate: [minRequests: 0], credentialsId: '" + CREDENTIAL + "', endpointUrl: '" + endpoint
                + "'";
    }
}
