package io.jenkins.plugins.ecscanary.engine.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Keys of an assumed role, asked for at each call and renewed before they expire, for as long as it takes. They are held in
 * memory only. It has no thread: the call that finds them due renews them, and while they are still good the others go on with
 * them. A renewal that fails is tried again by a later call; once the keys have expired, its failure is the call's.
 */
final class AssumedRoleKeys implements AwsCredentialsProvider {

    private static final Logger LOG = LoggerFactory.getLogger(AssumedRoleKeys.class);

    /** Long enough for several attempts before the old keys are of no more use. */
    private static final Duration EARLY = Duration.ofMinutes(5);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    private final RoleToAssume role;
    private final StsClient sts;
    private final Calls calls;
    private final Supplier<Instant> clock;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile Held held;

    /**
     * @param sts calls with the keys that may assume the role
     * @param clock AWS's present, which expiration times are on
     */
    AssumedRoleKeys(RoleToAssume role, StsClient sts, Calls calls, Supplier<Instant> clock) {
        this.role = role;
        this.sts = sts;
        this.calls = calls;
        this.clock = clock;
    }

    /** @throws AwsFailure if there are none that are good and none can be had: of kind CREDENTIALS unless it may pass */
    @Override
    public AwsCredentials resolveCredentials() {
        Held now = held;
        if (now != null && !now.due(clock.get())) {
            return now.keys();
        }
        if (now == null || now.expired(clock.get())) {
            renewing.lock();
        } else if (!renewing.tryLock()) {
            return now.keys();
        }
        try {
            return renewed();
        } finally {
            renewing.unlock();
        }
    }

    /** Stands for the keys that a call made now gets, or null where it has to get some first. */
    Object current() {
        return held;
    }

    /**
     * AWS has called a call's keys expired, whatever the clock here says: the next call gets others.
     *
     * @param used what {@link #current()} was before that call
     */
    void expired(Object used) {
        Held now = held;
        if (used == null || now == used) {
            held = null;
        }
    }

    private AwsCredentials renewed() {
        Held old = held;
        Instant now = clock.get();
        if (old != null && !old.due(now)) {
            return old.keys(); // another call has renewed them
        }
        try {
            Held fresh = assume();
            held = fresh;
            return fresh.keys();
        } catch (AwsFailure e) {
            if (old == null || old.expired(now)) {
                throw e;
            }
            LOG.warn(
                    "the keys of {} last until {} and could not be renewed yet: {}",
                    role.arn(),
                    old.until(),
                    e.getMessage());
            held = new Held(old.keys(), now.plus(TRY_AGAIN), old.until());
            return old.keys();
        }
    }

    private Held assume() {
        AssumeRoleRequest request = AssumeRoleRequest.builder()
                .roleArn(role.arn())
                .roleSessionName(role.sessionName())
                .externalId(role.externalId())
                .durationSeconds(Math.toIntExact(role.duration().toSeconds()))
                .build();
        try {
            return calls.read(
                    "sts:AssumeRole",
                    "role " + role.arn(),
                    "check the role's ARN",
                    () -> held(sts.assumeRole(request).credentials()));
        } catch (AwsFailure e) {
            if (e.passing() || e.kind() == AwsFailure.Kind.CREDENTIALS) {
                throw e;
            }
            // Whatever AWS objects to, there are no keys, and no call can be made until that is mended.
            throw new AwsFailure(
                    AwsFailure.Kind.CREDENTIALS,
                    e.getMessage() + ", and let the role's trust policy name that identity"
                            + (role.externalId() == null ? "; it may want an external id" : " and this external id"),
                    e.code(),
                    e.requestId(),
                    false,
                    e);
        }
    }

    private static Held held(Credentials answer) {
        return new Held(
                AwsSessionCredentials.create(answer.accessKeyId(), answer.secretAccessKey(), answer.sessionToken()),
                answer.expiration().minus(EARLY),
                answer.expiration());
    }

    /**
     * @param renewAt when to look for others
     * @param until when AWS takes them no more
     */
    private record Held(AwsCredentials keys, Instant renewAt, Instant until) {

        boolean due(Instant now) {
            return !now.isBefore(renewAt);
        }

        boolean expired(Instant now) {
            return !now.isBefore(until);
        }

        /** Never the keys. */
        @Override
        public String toString() {
            return "Held[until " + until + "]";
        }
    }
}
