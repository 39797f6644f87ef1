package io.jenkins.plugins.ecscanary.jenkins.deployments;

import hudson.model.Run;
import io.jenkins.plugins.ecscanary.engine.LeftException;
import io.jenkins.plugins.ecscanary.engine.Running;
import io.jenkins.plugins.ecscanary.engine.StartOptions;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.jenkins.access.AwsCredential;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How a deployment gets to be followed, and stops being so: it is begun or taken up with an engine for its owner, tried again where
 * that can't be had, and let go of when it has its verdict or could not be begun.
 */
final class Following {

    private static final Logger LOGGER = Logger.getLogger(Following.class.getName());

    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final RecordStore records;
    private final OwnerFiles owners;
    private final Origins origins;
    private final Map<String, Followed> followed;
    private final Workers workers;
    private final Engines engines;
    private volatile boolean closed;

    /** @param followed by record id: those that are to be followed; who is let go of is taken out */
    Following(
            RecordStore records, OwnerFiles owners, Origins origins, Map<String, Followed> followed, Workers workers) {
        this.records = records;
        this.owners = owners;
        this.origins = origins;
        this.followed = followed;
        this.workers = workers;
        this.engines = new Engines(records);
    }

    /** Answers at once. */
    void start(Followed one) {
        workers.beginning().execute(() -> followOrRetry(one));
    }

    void renamed(String oldFullName, String newFullName) {
        engines.renamed(oldFullName, newFullName);
    }

    /** Gives up every record, so that whoever starts next can take it up. */
    void close() {
        closed = true;
        engines.close();
    }

    /** Returns once it is on disk who owns it. */
    void note(Owner owner) {
        owners.find(owner.id()).ifPresent(owner::takeOver);
        owners.save(owner);
        origins.made(owner.id(), owner.origin());
    }

    private void forget(Owner owner) {
        owners.forget(owner.id());
        origins.forgotten(owner.id());
    }

    private void followOrRetry(Followed one) {
        if (closed) {
            return;
        }
        String id = one.owner().id();
        Found found = null;
        Engines.Lease lease = null;
        try {
            found = find(one.owner());
            if (found.record().isEmpty() && one.wanted() == null) {
                neverBegun(one);
                return;
            }
            one.noteOnce(this::note); // not again when it is tried again: its job may have been deleted meanwhile
            lease = engines.lease(one.owner());
            track(one.owner());
            int known = found.record()
                    .map(record -> records.timeline(record).size())
                    .orElse(0);
            one.follow(
                    lease,
                    found.created() || one.wanted() == null
                            ? lease.engine().watch(id, one.owner().sessionName())
                            : deploy(one, lease),
                    known);
        } catch (RuntimeException | LinkageError | ServiceConfigurationError e) { // keys come from anybody's plugin
            if (closed) {
                return; // whoever starts next finds it as it is
            }
            if (found == null || found.record().isPresent()) {
                brokeOff(one, lease, e); // whatever is wrong now, AWS may have the deployment
            } else {
                refused(one, lease, e);
            }
        }
    }

    /** What there is of a deployment. */
    private record Found(Optional<RecordSummary> record) {
        boolean created() {
            return record.filter(found -> found.deploymentId() != null).isPresent();
        }
    }

    /** One that nobody is noted to own was never begun: for that no record has to be readable. */
    private Found find(Owner owner) {
        try {
            return new Found(records.find(owner.id()));
        } catch (UncheckedIOException e) {
            if (owners.isKnown(owner.id())) {
                throw e;
            }
            return new Found(Optional.empty());
        }
    }

    private static void track(Owner owner) {
        Run<?, ?> build = owner.build();
        if (build != null && owner.access().credentialsId() != null) {
            AwsCredential.track(build, owner.access().credentialsId());
        }
    }

    private Running deploy(Followed one, Engines.Lease lease) {
        KnownScans scans = new NotedScans(one.wanted().scans(), one.owner(), () -> owners.save(one.owner()));
        StartOptions options = new StartOptions(one.owner().id(), one.wanted().waitForOthers(), one::notice)
                .withScans(scans)
                .inSession(one.owner().sessionName());
        return lease.engine().deploy(one.wanted().request().get(), options);
    }

    /** A step that asks for it in this very moment has it begun. */
    private void neverBegun(Followed one) {
        String id = one.owner().id();
        Followed still = followed.computeIfPresent(id, (key, present) -> present.wanted() == null ? null : present);
        if (still != null) {
            followOrRetry(still);
            return;
        }
        Run<?, ?> build = one.owner().build();
        if (build == null || !build.isBuilding()) {
            LOGGER.log(Level.INFO, "the deployment {0} of {1} was never begun", new Object[] {
                id, one.owner().jobFullName()
            });
            forget(one.owner());
        }
    }

    private void refused(Followed one, Engines.Lease lease, Throwable failure) {
        if (lease != null) {
            engines.release(lease);
        }
        one.refused(
                failure instanceof RuntimeException why ? why : new IllegalStateException(failure.toString(), failure));
        followed.remove(one.owner().id());
        forget(one.owner());
    }

    void finished(Followed one, Engines.Lease lease) {
        if (lease != null) {
            engines.release(lease);
        }
        noteAsFinished(one);
    }

    /** Until that is on disk it is not forgotten, or it would be taken up again. */
    private void noteAsFinished(Followed one) {
        try {
            owners.finish(one.owner().id());
            followed.remove(one.owner().id());
        } catch (UncheckedIOException e) {
            LOGGER.log(Level.WARNING, e, () -> e.getMessage() + "; it is tried again");
            one.trouble(e.getMessage());
            Workers.in(AGAIN, workers.telling(), () -> noteAsFinished(one));
        }
    }

    /** The deployment goes on in AWS: it is taken up again, from wherever it is by then. */
    void brokeOff(Followed one, Engines.Lease lease, Throwable failure) {
        if (lease != null) {
            engines.release(lease);
        }
        if (closed || failure instanceof LeftException) {
            return;
        }
        String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (!why.equals(one.trouble())) { // it may be so for days
            LOGGER.log(
                    Level.WARNING,
                    failure,
                    () -> "the deployment " + one.owner().id() + " of "
                            + one.owner().jobFullName() + " can't be followed; it is tried again and again");
            one.notice(Messages.Following_TriedAgain(AGAIN.toSeconds(), why));
        }
        one.trouble(why);
        one.outOfReach(why);
        Workers.in(AGAIN, workers.beginning(), () -> followOrRetry(one));
    }
}
