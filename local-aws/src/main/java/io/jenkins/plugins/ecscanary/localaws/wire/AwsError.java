package io.jenkins.plugins.ecscanary.localaws.wire;

/** An error as AWS would answer it: a code clients dispatch on, a sentence for people, an HTTP status. */
public final class AwsError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;

    /** A client error (HTTP 400), by far the most frequent kind. */
    public AwsError(String code, String message) {
        this(400, code, message);
    }

    public AwsError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** Refuses by name what AWS has and this emulation does not: never accepted silently. */
    public static AwsError unsupported(String what) {
        return new AwsError(501, "NotImplementedByLocalAws", "local-aws does not support " + what);
    }

    /** Such as {@code ClusterNotFoundException}, without a name space. */
    public String code() {
        return code;
    }

    public int status() {
        return status;
    }
}
