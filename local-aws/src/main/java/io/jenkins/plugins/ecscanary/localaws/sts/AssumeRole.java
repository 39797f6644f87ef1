package io.jenkins.plugins.ecscanary.localaws.sts;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.CallContext;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.wire.TemporaryKeys;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AssumeRole. Limits: {@code https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html}. Here every role lets
 * its sessions last as long as AWS allows at most, twelve hours, or one hour for who is a session already.
 */
final class AssumeRole {

    private static final Pattern ROLE =
            Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}):role/(?:.+/)?([\\w+=,.@-]{1,64})");
    private static final Pattern SESSION = Pattern.compile("[\\w+=,.@-]*");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]*");
    private static final int SHORTEST_SECONDS = 900;
    private static final int LONGEST_SECONDS = 43_200;
    private static final int LONGEST_CHAINED_SECONDS = 3_600;

    private final World world;
    private final TemporaryKeys keys;
    private final Roles roles;

    AssumeRole(World world, TemporaryKeys keys, Roles roles) {
        this.world = world;
        this.keys = keys;
        this.roles = roles;
    }

    Operation<?, ?> operation() {
        return new Operation<>("AssumeRole", Request.class, this::assume);
    }

    private Answer assume(Request in, CallContext caller) {
        length(in.roleArn, "roleArn", 20, 2048);
        length(in.roleSessionName, "roleSessionName", 2, 64);
        pattern(in.roleSessionName, "roleSessionName", SESSION);
        if (in.externalId != null) {
            length(in.externalId, "externalId", 2, 1224);
            pattern(in.externalId, "externalId", EXTERNAL_ID);
        }
        int seconds = seconds(in.durationSeconds, caller);
        Matcher role = ROLE.matcher(in.roleArn);
        if (!role.matches()) {
            throw new AwsError("ValidationError", in.roleArn + " is invalid");
        }
        if (!world.account().equals(role.group(1)) || !roles.admit(role.group(2), in.externalId)) {
            throw new AwsError(
                    403,
                    "AccessDenied",
                    "User: " + Identity.of(caller, world, keys).arn()
                            + " is not authorized to perform: sts:AssumeRole on resource: " + in.roleArn);
        }
        TemporaryKeys.Issued issued = keys.issue(role.group(2), in.roleSessionName, Duration.ofSeconds(seconds));
        world.log("sts: role %s assumed as %s for %d s", issued.role(), issued.session(), seconds);
        Identity assumed = Identity.assumed(world, issued);
        return new Answer(
                new Credentials(
                        issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken(), issued.expiration()),
                new AssumedRoleUser(assumed.userId(), assumed.arn()));
    }

    private int seconds(Integer asked, CallContext caller) {
        int seconds = asked == null ? LONGEST_CHAINED_SECONDS : asked;
        if (seconds < SHORTEST_SECONDS) {
            throw invalid("durationSeconds", seconds, "have value greater than or equal to " + SHORTEST_SECONDS);
        }
        if (seconds > LONGEST_SECONDS) {
            throw invalid("durationSeconds", seconds, "have value less than or equal to " + LONGEST_SECONDS);
        }
        if (seconds > LONGEST_CHAINED_SECONDS && keys.find(caller.accessKeyId()).isPresent()) {
            throw new AwsError(
                    "ValidationError",
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        }
        return seconds;
    }

    private static void length(String value, String member, int least, int most) {
        if (value == null) {
            throw new AwsError(
                    "ValidationError",
                    "1 validation error detected: Value null at '" + member
                            + "' failed to satisfy constraint: Member must not be null");
        }
        if (value.length() < least) {
            throw invalid(member, value, "have length greater than or equal to " + least);
        }
        if (value.length() > most) {
            throw invalid(member, value, "have length less than or equal to " + most);
        }
    }

    private static void pattern(String value, String member, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw invalid(member, value, "satisfy regular expression pattern: " + pattern);
        }
    }

    private static AwsError invalid(String member, Object value, String constraint) {
        return new AwsError(
                "ValidationError",
                "1 validation error detected: Value '" + value + "' at '" + member
                        + "' failed to satisfy constraint: Member must " + constraint);
    }

    record Request(String roleArn, String roleSessionName, String externalId, Integer durationSeconds) {}

    record Answer(Credentials credentials, AssumedRoleUser assumedRoleUser) {}

    record Credentials(String accessKeyId, String secretAccessKey, String sessionToken, Instant expiration) {

        @Override
        public String toString() {
            return "Credentials[" + accessKeyId + "]";
        }
    }

    record AssumedRoleUser(String assumedRoleId, String arn) {}
}
