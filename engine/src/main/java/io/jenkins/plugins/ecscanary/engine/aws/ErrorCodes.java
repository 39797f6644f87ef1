package io.jenkins.plugins.ecscanary.engine.aws;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What AWS's error codes mean to us. The services do not agree on them: one meaning has several codes. */
final class ErrorCodes {

    private static final Set<String> EXPIRED =
            Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired");
    private static final Set<String> SKEWED = Set.of("RequestTimeTooSkewed", "InvalidSignatureException");
    private static final Set<String> KEYS = Set.of(
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidAccessKeyId",
            "InvalidToken",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "AuthFailure");
    private static final Set<String> DENIED = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "UnauthorizedOperation",
            "UnauthorizedException",
            "NotAuthorized",
            "OptInRequired",
            "SubscriptionRequiredException");
    private static final Set<String> THROTTLED = Set.of(
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "TooManyRequestsException",
            "RequestLimitExceeded");
    private static final Set<String> SERVER = Set.of(
            "InternalFailure",
            "InternalError",
            "InternalServerError",
            "InternalServiceError",
            "InternalServiceFault",
            "ServerException",
            "ServiceUnavailable",
            "ServiceUnavailableException");

    private static final Set<String> STATE =
            Set.of("DeploymentIsNotInReadyStateException", "DeploymentNotStartedException");

    private ErrorCodes() {}

    static String code(AwsServiceException e) {
        String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        return code == null || code.isBlank() ? "HTTP " + e.statusCode() : code;
    }

    static AwsFailure.Kind kind(AwsServiceException e) {
        String code = code(e);
        if (code.equals("DeploymentLimitExceededException")) {
            return AwsFailure.Kind.BUSY;
        }
        if (STATE.contains(code)) {
            return AwsFailure.Kind.STATE;
        }
        if (KEYS.contains(code) || EXPIRED.contains(code) || SKEWED.contains(code)) {
            return AwsFailure.Kind.CREDENTIALS;
        }
        if (DENIED.contains(code)) {
            return AwsFailure.Kind.DENIED;
        }
        if (THROTTLED.contains(code) || e.isThrottlingException() || e.statusCode() == 429) {
            return AwsFailure.Kind.THROTTLED;
        }
        if (code.endsWith("NotFound") || code.endsWith("NotFoundException") || code.endsWith("DoesNotExistException")) {
            return AwsFailure.Kind.NOT_FOUND;
        }
        if (SERVER.contains(code) || e.statusCode() >= 500) {
            return AwsFailure.Kind.SERVER;
        }
        return switch (e.statusCode()) {
            case 401 -> AwsFailure.Kind.CREDENTIALS;
            case 403 -> AwsFailure.Kind.DENIED;
            default -> AwsFailure.Kind.INVALID;
        };
    }

    /** Whether the keys are refused for their age alone. */
    static boolean expired(AwsServiceException e) {
        return EXPIRED.contains(code(e));
    }

    static String keysRemedy(String code) {
        if (EXPIRED.contains(code)) {
            return "they have expired: get new ones";
        }
        if (SKEWED.contains(code)) {
            return "check the secret access key, and that this machine's clock is right";
        }
        return "check the access key id, the secret access key and the session token, and that they are for this AWS";
    }
}
