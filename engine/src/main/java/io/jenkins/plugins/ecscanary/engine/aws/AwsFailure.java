package io.jenkins.plugins.ecscanary.engine.aws;

/**
 * A call to AWS that failed. The message says what was asked, where, why it failed (with AWS's error code and request id)
 * and what to do.
 */
public final class AwsFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String code;
    private final String requestId;
    private final boolean mayHaveHappened;

    /**
     * @param code AWS's error code, or null where there was no answer
     * @param requestId AWS's request id, or null
     * @param mayHaveHappened true where a change may have been made all the same: the answer was lost or a server error
     */
    public AwsFailure(
            Kind kind, String message, String code, String requestId, boolean mayHaveHappened, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
        this.requestId = requestId;
        this.mayHaveHappened = mayHaveHappened;
    }

    /** One without an error of AWS's behind it; nothing was changed. */
    public static AwsFailure of(Kind kind, String message) {
        return of(kind, message, null);
    }

    /** @param cause or null */
    public static AwsFailure of(Kind kind, String message, Throwable cause) {
        return new AwsFailure(kind, message, null, null, false, cause);
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public String requestId() {
        return requestId;
    }

    public boolean mayHaveHappened() {
        return mayHaveHappened;
    }

    /** The message without the request id, which differs each time. */
    public String withoutRequestId() {
        String message = String.valueOf(getMessage());
        int end = message.indexOf("request id");
        return end < 0 ? message : message.substring(0, end);
    }

    /** Whether asking again later can help without anyone doing something. */
    public boolean passing() {
        return kind == Kind.THROTTLED || kind == Kind.UNREACHABLE || kind == Kind.SERVER;
    }

    /** What can be done about it. */
    public enum Kind {
        /** No such cluster, service, group, image … */
        NOT_FOUND,
        /** The identity lacks a permission. */
        DENIED,
        /** Keys are missing, wrong or expired. */
        CREDENTIALS,
        THROTTLED,
        /** No answer: connection refused, time-out, reset. */
        UNREACHABLE,
        /** AWS answered 5xx. */
        SERVER,
        /** A deployment is already active in the group. */
        BUSY,
        /** What was asked for is not possible in the state a thing is in, yet or any more. */
        STATE,
        /** AWS understood and refused. */
        INVALID
    }
}
