package io.jenkins.plugins.ecscanary.jenkins.deployments;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsDescriptor;
import com.cloudbees.plugins.credentials.CredentialsScope;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import jenkins.model.Jenkins;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Its keys are somewhere that takes its time to answer. */
final class SlowCredential extends AWSCredentialsImpl {
    private static final long serialVersionUID = 1L;

    private final transient Semaphore asked = new Semaphore(0);
    private final transient CountDownLatch answer = new CountDownLatch(1);
    private transient volatile Throwable failure;

    SlowCredential() {
        super(CredentialsScope.GLOBAL, "slow", "local", "local", "kept elsewhere");
    }

    /** Returns once so many wait for an answer. */
    void awaitAsked(int times) throws InterruptedException {
        asked.acquire(times);
    }

    void answer() {
        answer.countDown();
    }

    /** Answers that there are none. */
    void refuse(String why) {
        fail(new IllegalStateException(why));
    }

    /** @param why unchecked */
    void fail(Throwable why) {
        failure = why;
        answer();
    }

    @Override
    public AwsCredentials resolveCredentials() {
        asked.release();
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return super.resolveCredentials();
    }

    @Override
    public CredentialsDescriptor getDescriptor() {
        return (CredentialsDescriptor) Jenkins.get().getDescriptorOrDie(AWSCredentialsImpl.class);
    }
}
