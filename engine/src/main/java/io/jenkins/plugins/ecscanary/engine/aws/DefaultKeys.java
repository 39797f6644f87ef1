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
            throw new NoKeysException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        chain.close();
    }
}
