package io.jenkins.plugins.ecscanary.engine.aws;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A role whose temporary keys make all calls, got from sts:AssumeRole with the keys of the {@link AwsAccess}.
 *
 * @param arn {@code arn:aws:iam::<account>:role/<path and name>}
 * @param externalId what the role's trust policy asks for, or null
 * @param sessionName who is acting, as CloudTrail shows it; 2 to 64 of {@code A-Z a-z 0-9 _ + = , . @ -}
 * @param duration how long one set of keys lasts, 15 minutes to 12 hours; AWS allows no more than one hour where the keys that
 *     assume the role are themselves a role's
 */
public record RoleToAssume(String arn, String externalId, String sessionName, Duration duration) {

    /** What AWS allows in every case: the limit of a role that is assumed by another one. */
    public static final Duration USUAL_DURATION = Duration.ofHours(1);

    private static final Duration SHORTEST = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final int LONGEST_NAME = 64;

    // The patterns of sts:AssumeRole's members, see its API reference.
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\x21-\\x7E]{1,576}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");

    /** @throws IllegalArgumentException saying which one is wrong and how it should be */
    public RoleToAssume {
        Objects.requireNonNull(arn, "arn");
        Objects.requireNonNull(sessionName, "sessionName");
        duration = duration == null ? USUAL_DURATION : duration;
        if (!ARN.matcher(arn).matches()) {
            throw new IllegalArgumentException(
                    "\"" + arn + "\" is no role's ARN; give one such as arn:aws:iam::123456789012:role/deployer");
        }
        if (externalId != null && !EXTERNAL_ID.matcher(externalId).matches()) {
            throw new IllegalArgumentException(
                    "the external id has a character or a length that AWS does not take: 2 to 1224 letters, digits or any of"
                            + " _ + = , . @ : / -");
        }
        if (!SESSION_NAME.matcher(sessionName).matches()) {
            throw new IllegalArgumentException("\"" + sessionName
                    + "\" is no name for a role's session: 2 to 64 letters, digits or any of _ + = , . @ -");
        }
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a role's session of " + duration + " is not between 15 minutes and 12 hours");
        }
    }

    /** A session name made of whoever starts a deployment: what AWS does not take becomes a dash. */
    public static String sessionName(String who) {
        return sessionName(who, "");
    }

    /**
     * The same with something behind that tells it from the others of the same name: where both are too long, the name is cut.
     *
     * @param which at most 32 characters
     */
    public static String sessionName(String who, String which) {
        String name = usable(who);
        String end = usable(which);
        if (name.length() + end.length() < 2) {
            name = "ecs-canary-" + name;
        }
        return name.substring(0, Math.min(name.length(), LONGEST_NAME - end.length())) + end;
    }

    private static String usable(String text) {
        return text.strip().replaceAll("[^A-Za-z0-9_+=,.@-]+", "-");
    }

    /** The same role in a session of another name. */
    public RoleToAssume inSession(String name) {
        return new RoleToAssume(arn, externalId, name, duration);
    }

    /** The account the role is in, and so the one that is acted in. */
    public String account() {
        return arn.split(":", 6)[4];
    }
}
