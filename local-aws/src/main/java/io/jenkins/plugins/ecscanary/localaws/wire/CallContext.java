package io.jenkins.plugins.ecscanary.localaws.wire;

/**
 * Who calls.
 *
 * @param accessKeyId from the signature's credential scope; never a secret
 * @param region from the signature's credential scope
 * @param requestId the id answered in {@code x-amzn-RequestId}
 */
public record CallContext(String accessKeyId, String region, String requestId) {}
