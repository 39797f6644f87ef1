package io.jenkins.plugins.ecscanary.engine.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The SDK's default chain: environment, profile, web identity, container, instance. */
final class DefaultKeys implements AwsCredentialsProvider, SdkAutoCloseable {

    private final DefaultCredentialsProvider chain =
            DefaultCredentialsProvider.builder().build();

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return chain.resolveCredentials();
        } catch (SdkClientException e) {
            // The SDK's own sentence goes through every provider at length; it stays in the cause.
            throw new NoKeysException(
                    "none were found: not in the environment, in a profile, as a web identity, from a container's or an "
                            + "instance's role",
                    e);
        }
    }

    @Override
    public void close() {
        chain.close();
    }
}
