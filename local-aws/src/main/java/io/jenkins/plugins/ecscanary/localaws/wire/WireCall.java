package io.jenkins.plugins.ecscanary.localaws.wire;

/**
 * A call that was answered.
 *
 * @param service signing name, such as {@code codedeploy}
 * @param operation such as {@code GetDeployment}
 * @param accessKeyId who called
 * @param status HTTP status of the answer
 */
public record WireCall(String service, String operation, String accessKeyId, int status) {}
