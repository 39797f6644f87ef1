package io.jenkins.plugins.ecscanary.engine.aws;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Makes every call and turns what the SDK throws into {@link AwsFailure}s that say what, where and what to do. */
final class Calls {

    private static final int LONGEST_REASON = 500;

    private final AwsAccess access;
    private final AssumedRoleKeys role;
    private final AtomicReference<String> account;

    /** @param role whose keys the calls are made with, or null */
    Calls(AwsAccess access, AssumedRoleKeys role) {
        this(access, role, new AtomicReference<>());
    }

    private Calls(AwsAccess access, AssumedRoleKeys role, AtomicReference<String> account) {
        this.access = access;
        this.role = role;
        this.account = account;
    }

    /** In the same account, with other keys of the same role. */
    Calls as(AssumedRoleKeys other) {
        return new Calls(access, other, account);
    }

    /** Known after the first sts:GetCallerIdentity; in messages from then on. */
    void account(String twelveDigits) {
        account.set(twelveDigits);
    }

    /**
     * @param operation IAM's name of it, such as {@code ecs:DescribeServices}
     * @param subject what it is about, such as {@code cluster shop}
     * @param remedy what to check if there is no such thing
     */
    record Asked(String operation, String subject, String remedy, boolean change) {}

    <T> T read(String operation, String subject, String remedy, Supplier<T> call) {
        return make(new Asked(operation, subject, remedy, false), call);
    }

    <T> T change(String operation, String subject, String remedy, Supplier<T> call) {
        return make(new Asked(operation, subject, remedy, true), call);
    }

    private <T> T make(Asked asked, Supplier<T> call) {
        if (role == null) {
            return once(asked, call);
        }
        Object keys = role.current();
        try {
            return once(asked, call);
        } catch (AwsFailure e) {
            if (!(e.getCause() instanceof AwsServiceException answer) || !ErrorCodes.expired(answer)) {
                throw e;
            }
            role.expired(keys);
        }
        // AWS looks at the keys before anything else: what it refused for them has not been done.
        return once(asked, call);
    }

    private <T> T once(Asked asked, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException | NoKeysException e) {
            throw failure(asked, e);
        } catch (AwsFailure e) {
            throw e;
        } catch (RuntimeException e) {
            // What AWS always sends was not there, or was something else.
            throw notOfAws(asked, e, asked.change());
        }
    }

    private AwsFailure failure(Asked asked, RuntimeException e) {
        AwsFailure beforeTheCall = causeOf(e, AwsFailure.class);
        if (beforeTheCall != null) {
            return beforeTheCall; // the keys to make it with could not be had
        }
        NoKeysException noKeys = causeOf(e, NoKeysException.class);
        if (noKeys != null) {
            return AwsFailure.of(
                    AwsFailure.Kind.CREDENTIALS,
                    "no keys to call AWS with in " + where() + ": " + brief(noKeys.getMessage())
                            + "; supply an access key or a role",
                    e);
        }
        if (e instanceof AwsServiceException answer && answer.statusCode() != 0) {
            return answered(asked, answer);
        }
        return unanswered(asked, e);
    }

    private AwsFailure answered(Asked asked, AwsServiceException e) {
        AwsFailure.Kind kind = ErrorCodes.kind(e);
        String code = ErrorCodes.code(e);
        String said =
                brief(e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage());
        String id = e.requestId() == null || e.requestId().isBlank() ? "no request id" : "request id " + e.requestId();
        String tail = code + ", " + id;
        String message =
                switch (kind) {
                    case NOT_FOUND ->
                        asked.subject() + " not found in " + where() + ": " + tail + "; " + asked.remedy();
                    case DENIED ->
                        asked.operation() + " on " + asked.subject() + " is not allowed in " + where() + ": " + said
                                + " (" + tail + "); allow " + asked.operation() + " in the identity's policy";
                    // AWS's own sentence may quote the signed request, session token included.
                    case CREDENTIALS ->
                        "AWS does not accept the keys in " + where() + ": " + tail + "; " + ErrorCodes.keysRemedy(code);
                    case THROTTLED ->
                        "AWS throttles " + asked.operation() + " in " + where() + ": " + tail
                                + "; wait a little, and find out who else makes many calls in this account";
                    case SERVER ->
                        "AWS failed at " + asked.operation() + " for " + asked.subject() + " in " + where() + ": HTTP "
                                + e.statusCode() + ", " + said + " (" + tail + "); try again later";
                    case BUSY ->
                        asked.subject() + " already has an active deployment in " + where() + ": " + said + " (" + tail
                                + "); wait until it ends, or stop it";
                    case STATE ->
                        asked.subject() + " is in no state for " + asked.operation() + " in " + where() + ": " + said
                                + " (" + tail + ")";
                    default ->
                        "AWS refused " + asked.operation() + " for " + asked.subject() + " in " + where() + ": " + said
                                + " (" + tail + "); correct what it names";
                };
        boolean mayHaveHappened = asked.change() && kind == AwsFailure.Kind.SERVER;
        return new AwsFailure(kind, message, code, e.requestId(), mayHaveHappened, e);
    }

    private AwsFailure unanswered(Asked asked, RuntimeException e) {
        boolean neverArrived = causeOf(e, ConnectException.class) != null
                || causeOf(e, UnknownHostException.class) != null
                || causeOf(e, NoRouteToHostException.class) != null;
        boolean lost = asked.change() && !neverArrived;
        IOException io = networkError(e);
        if (e instanceof AbortedException) {
            Thread.currentThread().interrupt();
            return new AwsFailure(
                    AwsFailure.Kind.UNREACHABLE,
                    asked.operation() + " for " + asked.subject() + " in " + where() + " was interrupted",
                    null,
                    null,
                    lost,
                    e);
        }
        boolean late = e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException;
        if (late || io != null) {
            String reason = io instanceof UnknownHostException
                    ? "host name " + io.getMessage() + " is not known"
                    : io != null ? brief(io.toString()) : "time-out";
            return new AwsFailure(AwsFailure.Kind.UNREACHABLE, silent(asked, reason), null, null, lost, e);
        }
        if (e instanceof SdkClientException && !looksUnreadable(e)) {
            return new AwsFailure(
                    AwsFailure.Kind.INVALID,
                    asked.operation() + " for " + asked.subject() + " in " + where() + " could not be sent: "
                            + brief(e.getMessage()) + "; correct what it names",
                    null,
                    null,
                    lost,
                    e);
        }
        return notOfAws(asked, e, lost);
    }

    /** Why in detail is for whoever asks for stack traces: it is about the SDK's parsers and our classes. */
    private AwsFailure notOfAws(Asked asked, RuntimeException e, boolean lost) {
        return new AwsFailure(
                AwsFailure.Kind.SERVER,
                "the answer to " + asked.operation() + " in " + where()
                        + " is not AWS's: it can't be read, or lacks what AWS always tells; check what answers there (the"
                        + " endpoint, a proxy)",
                null,
                null,
                lost,
                e);
    }

    private String silent(Asked asked, String reason) {
        return access.endpoint() == null
                ? "AWS in " + whereWithoutEndpoint() + " does not answer " + asked.operation() + ": " + reason
                        + "; check the region's name, the network and the proxy"
                : "AWS in " + whereWithoutEndpoint() + " at " + access.endpoint() + " does not answer "
                        + asked.operation() + ": " + reason + "; check the endpoint";
    }

    /** The SDK has no type of its own for an answer it cannot read. */
    private static boolean looksUnreadable(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("nmarshall") || message.contains("parse");
    }

    String where() {
        return access.endpoint() == null ? whereWithoutEndpoint() : whereWithoutEndpoint() + " at " + access.endpoint();
    }

    private String whereWithoutEndpoint() {
        String known = account.get();
        return known == null ? access.region() : access.region() + " (" + known + ")";
    }

    /** One line of it, not too long: what AWS says can be pages. */
    private static String brief(String text) {
        if (text == null || text.isBlank()) {
            return "no reason given";
        }
        String line = text.strip()
                .lines()
                .findFirst()
                .orElse("")
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
        line = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
    }

    /** Not every IOException is one: the SDK's parsers throw their own kinds. */
    private static IOException networkError(Throwable e) {
        IOException io = causeOf(e, IOException.class);
        return io != null && io.getClass().getName().startsWith("java") ? io : null;
    }

    private static <T extends Throwable> T causeOf(Throwable e, Class<T> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
