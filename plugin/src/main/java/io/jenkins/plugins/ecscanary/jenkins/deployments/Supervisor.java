package io.jenkins.plugins.ecscanary.jenkins.deployments;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Sees deployments through whose step is gone: the build was not resumable, was killed, timed out or deleted. Looks around every
 * few seconds instead of relying on being told, since a killed controller tells nobody.
 */
@Extension
public final class Supervisor extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(Supervisor.class.getName());

    /** So long after a start a build that can go on has told its step so. */
    private static final long STEPS_ARE_BACK = TimeUnit.SECONDS.toNanos(60);

    private static final long EVERY = TimeUnit.SECONDS.toMillis(10);

    private final Absences absences = new Absences();

    /** By record, what was last told in the log. */
    private final Map<String, String> troubles = new ConcurrentHashMap<>();

    /** When this controller was first seen to have started whole; 0 before. */
    private long startedAt;

    public Supervisor() {
        super("ECS canary deployments without a step");
    }

    @Override
    public long getRecurrencePeriod() {
        return EVERY;
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) {
        if (Jenkins.get().getInitLevel() != InitMilestone.COMPLETED) {
            return; // jobs are still being loaded, and no build has been told to go on
        }
        long now = System.nanoTime();
        if (startedAt == 0) {
            startedAt = now;
        }
        lookAround(now - startedAt > STEPS_ARE_BACK);
    }

    /**
     * Where a build is running, its step may only come back later: quieting down, or an agent that is slow, hold it up. What AWS
     * has is followed meanwhile, which takes nothing from the step; what it does not have yet only the step can create.
     *
     * @param stepsAreBack whether a deployment of a running build that nobody follows has perhaps lost its step
     */
    static void lookAround(boolean stepsAreBack) {
        get().look(stepsAreBack);
    }

    private static Supervisor get() {
        return ExtensionList.lookupSingleton(Supervisor.class);
    }

    private void look(boolean stepsAreBack) {
        Deployments deployments = Deployments.get();
        Set<String> seen = new HashSet<>();
        for (Owner owner : deployments.unfinished()) {
            seen.add(owner.id());
            lookAfter(owner, () -> {
                if (isToBeTakenUp(owner, deployments, stepsAreBack)) {
                    deployments.takeUp(owner);
                }
            });
        }
        for (Followed one : deployments.all()) {
            seen.add(one.owner().id());
            lookAfter(one.owner(), () -> afterItsBuild(one));
        }
        absences.retain(seen);
        troubles.keySet().retainAll(seen);
    }

    /** What is wrong with one of them keeps nobody from looking after the others. */
    private void lookAfter(Owner owner, Runnable look) {
        try {
            look.run();
            troubles.remove(owner.id());
        } catch (RuntimeException e) {
            if (!String.valueOf(e.getMessage()).equals(troubles.put(owner.id(), String.valueOf(e.getMessage())))) {
                LOGGER.log(
                        Level.WARNING,
                        e,
                        () -> "the deployment " + owner.id() + " of " + owner.jobFullName()
                                + " can't be looked after; it is tried again and again");
            }
        }
    }

    private boolean isToBeTakenUp(Owner owner, Deployments deployments, boolean stepsAreBack) {
        Run<?, ?> build = owner.build();
        if (build == null) {
            return absences.isGone(owner);
        }
        absences.found(owner);
        return !build.isBuilding() || ((stepsAreBack || owner.detached()) && deployments.created(owner));
    }

    private void afterItsBuild(Followed one) {
        Owner owner = one.owner();
        Run<?, ?> build = owner.build();
        if (one.over()
                || owner.onAbort() == OnAbort.LEAVE
                || owner.released()
                || (build != null && build.isBuilding())) {
            absences.found(owner);
            return;
        }
        if (build == null) {
            if (absences.isGone(owner)) {
                one.rollBack("Jenkins", Messages.Supervisor_BuildGone(owner.buildNumber(), owner.jobFullName()));
            }
            return;
        }
        absences.found(owner);
        if (endedWell(owner, build)) {
            Deployments.get().release(owner);
        } else {
            one.rollBack("Jenkins", Messages.Supervisor_BuildEnded(build.getFullDisplayName()));
        }
    }

    /** A Pipeline that was not to wait and ended well leaves its deployment to be followed. */
    private static boolean endedWell(Owner owner, Run<?, ?> build) {
        Result result = build.getResult();
        return owner.detached() && result != null && result.isBetterOrEqualTo(Result.UNSTABLE);
    }

    /** Sooner than at the next look. */
    @Extension
    public static final class Builds extends RunListener<Run<?, ?>> {
        @Override
        public void onFinalized(Run<?, ?> run) {
            of(run).forEach(get()::afterItsBuild);
        }

        @Override
        public void onDeleted(Run<?, ?> run) {
            of(run).forEach(one -> {
                one.owner().deleteBuild();
                get().afterItsBuild(one);
            });
        }

        private static List<Followed> of(Run<?, ?> run) {
            return Deployments.get().all().stream()
                    .filter(one -> one.owner().buildNumber() == run.getNumber()
                            && one.owner().jobFullName().equals(run.getParent().getFullName()))
                    .toList();
        }
    }

    /** Jobs and folders that get another name keep their deployments; a later job of the name of a deleted one has none of its. */
    @Extension
    public static final class Names extends ItemListener {
        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            Deployments.get().renamed(oldFullName, newFullName);
        }

        @Override
        public void onDeleted(Item item) {
            Deployments.get().deleted(item.getFullName());
        }
    }
}
