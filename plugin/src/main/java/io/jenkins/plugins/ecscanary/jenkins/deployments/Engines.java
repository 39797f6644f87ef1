package io.jenkins.plugins.ecscanary.jenkins.deployments;

import io.jenkins.plugins.ecscanary.engine.CanaryEngine;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.aws.AwsKeys;
import io.jenkins.plugins.ecscanary.engine.aws.Loopback;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import io.jenkins.plugins.ecscanary.engine.time.WallTime;
import io.jenkins.plugins.ecscanary.jenkins.access.Access;
import io.jenkins.plugins.ecscanary.jenkins.access.AccessResolver;
import io.jenkins.plugins.ecscanary.jenkins.access.CredentialsContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jenkins.util.SystemProperties;

/**
 * One engine for all deployments that reach AWS in the same way from the same folder, so that they are observed together and
 * share threads and a budget of calls; it is closed when the last of them is over. Where that is as a role, each has a session of
 * its own in it.
 */
final class Engines {

    /** How many times as fast the clock of a local AWS runs; has no effect on an endpoint that is not this machine. */
    private static final String LOCAL_SPEED = "io.jenkins.plugins.ecscanary.localAwsSpeed";

    private final RecordStore records;
    private final List<Lease> open = new ArrayList<>();
    private boolean closed;

    Engines(RecordStore records) {
        this.records = records;
    }

    /** An engine for one deployment, until {@link #release}. */
    final class Lease {
        private final Access access;
        private final CredentialsContext context;
        private final AwsAccess resolved;
        private final EngineTime time;
        private final CanaryEngine engine;
        private volatile String withoutKeys;
        private int users;

        private Lease(Owner owner, CredentialsContext context, AwsAccess resolved) {
            this.access = owner.access();
            this.context = context;
            this.resolved = resolved;
            AwsAccess reach = watched(resolved);
            time = new WallTime(speed(reach.endpoint()));
            engine = CanaryEngine.open(reach, records, time);
        }

        /** The credential may be renamed or taken away while a deployment is under way. */
        private AwsAccess watched(AwsAccess reach) {
            Supplier<AwsKeys> keys = reach.keys();
            if (keys == null) {
                return reach;
            }
            Supplier<AwsKeys> told = () -> {
                try {
                    AwsKeys now = keys.get();
                    withoutKeys = null;
                    return now;
                } catch (RuntimeException e) {
                    withoutKeys = e.getMessage();
                    throw e;
                }
            };
            return reach.with(told);
        }

        /** A credential may have got another role since, or lost its keys. */
        private boolean serves(Owner owner, CredentialsContext wanted, AwsAccess reach) {
            return access.equals(owner.access())
                    && context.findsTheSameAs(wanted)
                    && resolved.roles().equals(reach.roles())
                    && (resolved.keys() == null) == (reach.keys() == null);
        }

        CanaryEngine engine() {
            return engine;
        }

        /** Why AWS could not be asked the last time, or null: there were no keys to ask with. */
        String withoutKeys() {
            return withoutKeys;
        }

        EngineTime time() {
            return time;
        }
    }

    /** @throws IllegalArgumentException if it may not, or cannot, be reached like that */
    Lease lease(Owner owner) {
        // What was allowed when an engine was opened may not be any more. Where keys are kept may be slow to answer:
        // nobody else waits for that.
        CredentialsContext context = owner.jobDeleted()
                ? CredentialsContext.ofFolder(owner.folder())
                : CredentialsContext.ofJob(owner.jobFullName());
        AwsAccess reach = AccessResolver.resolve(owner.access(), context);
        Lease shared = share(owner, context, reach);
        if (shared != null) {
            return shared;
        }
        Lease fresh = new Lease(owner, context, reach);
        Lease used = add(fresh, owner);
        if (used != fresh) {
            fresh.engine.close();
        }
        if (used == null) {
            throw new IllegalStateException("Jenkins goes down");
        }
        return used;
    }

    /** Null where there is none for it. */
    private synchronized Lease share(Owner owner, CredentialsContext context, AwsAccess reach) {
        for (Lease lease : open) {
            if (lease.serves(owner, context, reach)) {
                lease.users++;
                return lease;
            }
        }
        return null;
    }

    /**
     * Another thread may have opened one meanwhile, or the folder may have got another name, which its owner knows by now.
     *
     * @return null if all are closed
     */
    private synchronized Lease add(Lease fresh, Owner owner) {
        if (closed) {
            return null;
        }
        fresh.context.movedTo(owner.folder());
        Lease shared = share(owner, fresh.context, fresh.resolved);
        if (shared != null) {
            return shared;
        }
        fresh.users++;
        open.add(fresh);
        return fresh;
    }

    void release(Lease lease) {
        synchronized (this) {
            lease.users--;
            if (lease.users > 0) {
                return;
            }
            open.remove(lease);
        }
        lease.engine.close();
    }

    /** After the owners have been told. */
    synchronized void renamed(String oldFullName, String newFullName) {
        for (Lease lease : open) {
            lease.context.movedTo(FullNames.renamed(lease.context.folder(), oldFullName, newFullName));
        }
    }

    /** AWS goes on by itself; every unfinished record can be taken up again. */
    void close() {
        List<Lease> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(open);
            open.clear();
        }
        all.forEach(lease -> lease.engine.close());
    }

    private static double speed(URI endpoint) {
        return Loopback.is(endpoint) ? Double.parseDouble(SystemProperties.getString(LOCAL_SPEED, "1")) : 1;
    }
}
