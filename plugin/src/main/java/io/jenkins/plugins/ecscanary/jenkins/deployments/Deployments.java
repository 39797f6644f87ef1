package io.jenkins.plugins.ecscanary.jenkins.deployments;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.Job;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.timeline.OperatorRequests;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * All deployments of this controller. A deployment is begun for a step, and from then on it is this that sees it to its verdict:
 * the step only listens. After a restart the steps come back with the ids they had, and {@link Supervisor} brings the rest.
 */
@Extension
public final class Deployments {

    private static final Logger LOGGER = Logger.getLogger(Deployments.class.getName());

    private static final Duration LATER = Duration.ofSeconds(5);

    /** Some dozens of pages of a history. */
    private static final int MODES = 2000;

    private final Path root = Jenkins.get().getRootDir().toPath().resolve("ecs-canary");
    private final RecordStore records = new RecordStore(root.resolve("records"));
    private final OwnerFiles owners = new OwnerFiles(root.resolve("owners"));
    private final Origins origins =
            new Origins(root.resolve("owners"), () -> origins(owners.finished()), () -> origins(owners.unfinished()));
    private final Map<String, Followed> followed = new ConcurrentHashMap<>();
    private final KnownViews views = new KnownViews(records);
    private final ReadableServices services = new ReadableServices(records);
    private final Map<String, RedeployMode> modes = Collections.synchronizedMap(new Newest<>(MODES));
    private final Workers workers = new Workers();
    private final Following following = new Following(records, owners, origins, followed, workers);

    /** The only one there is. */
    public static Deployments get() {
        return ExtensionList.lookupSingleton(Deployments.class);
    }

    /** What was deployed from here, finished or not. */
    public RecordStore records() {
        return records;
    }

    /** How they are begun, and let go of. */
    Following following() {
        return following;
    }

    /** A service's history, newest first; none where it can't be read, which administrators are told then. */
    public List<RecordSummary> readable(ServiceKey service) {
        return services.history(service);
    }

    /** Those that have no verdict yet and those that have just got it. */
    public Collection<Followed> all() {
        return List.copyOf(followed.values());
    }

    /** One that is followed. */
    public Optional<Followed> find(String id) {
        return Optional.ofNullable(followed.get(id));
    }

    /** Who owns one, now or once. Reads a file. */
    public Optional<Owner> owner(String id) {
        return find(id).map(Followed::owner).or(() -> owners.find(id));
    }

    /** What a build does that ships one again; does not change. Reads a file, once. */
    public RedeployMode redeployMode(String id) {
        RedeployMode known = modes.get(id);
        if (known == null) {
            known = owner(id).map(Owner::redeploy).orElse(RedeployMode.DEPLOY_ONLY);
            modes.put(id, known);
        }
        return known;
    }

    /** The build that made a deployment; empty if its job is gone. Held in memory. */
    public Optional<Origin> origin(String id) {
        return origins.of(id);
    }

    /** Whether a job has made any deployment. Held in memory. */
    public boolean anyOf(Job<?, ?> job) {
        return origins.any(job.getFullName());
    }

    /** Whether any job has. */
    public boolean any() {
        return origins.any();
    }

    /**
     * Begins a deployment, or goes on with it where it was begun before: the owner's id tells. Answers at once; nothing is read
     * or asked on the caller's thread.
     *
     * @param request made on a thread that may read files
     * @param waitForOthers whether to wait for the end of another deployment of the service instead of failing
     * @param scans those that count where one is required
     */
    public Followed begin(Owner owner, Supplier<DeploymentRequest> request, boolean waitForOthers, KnownScans scans) {
        Followed.Wanted wanted = new Followed.Wanted(request, waitForOthers, scans);
        boolean[] fresh = new boolean[1];
        Followed result = followed.compute(owner.id(), (id, present) -> {
            fresh[0] = present == null;
            Followed one = present == null ? new Followed(owner, new SerialExecutor(workers.telling())) : present;
            one.want(wanted);
            return one;
        });
        if (fresh[0]) {
            following.start(result);
        }
        return result;
    }

    private static Map<String, Origin> origins(List<Owner> owners) {
        return owners.stream().collect(Collectors.toMap(Owner::id, Owner::origin, (one, other) -> other));
    }

    /** Goes on with a record whose step is not there, or not yet. */
    void takeUp(Owner owner) {
        boolean[] fresh = new boolean[1];
        Followed one = followed.computeIfAbsent(owner.id(), id -> {
            fresh[0] = true;
            Followed followed = new Followed(owner, new SerialExecutor(workers.telling()));
            followed.noteOnce(noted -> {}); // it was read from where it is noted
            return followed;
        });
        if (fresh[0]) {
            following.start(one);
        }
    }

    /** Whether AWS has been asked for it and has answered. Reads a file. */
    boolean created(Owner owner) {
        return records.find(owner.id())
                .filter(record -> record.deploymentId() != null)
                .isPresent();
    }

    /**
     * Leaves word beside a record for whoever follows it next, in this life of the controller or in a later one.
     *
     * @return whether there is a record
     */
    boolean leaveWord(String id, OperatorRequests.Request request) {
        Optional<RecordSummary> record = records.find(id).filter(found -> found.verdict() == null);
        record.ifPresent(found -> records.requests(found.service(), id).add(request));
        return record.isPresent();
    }

    /** Whether a deployment that could not be begun had been begun before: AWS may have it all the same. */
    boolean unfinishedRecord(String id) {
        return records.find(id).filter(record -> record.verdict() == null).isPresent();
    }

    /** The present on the clock of a deployment's AWS: the wall's, but for a local AWS that runs faster. */
    public Instant now(DeploymentView view) {
        return find(view.id()).map(Followed::now).orElseGet(Instant::now);
    }

    /** Runs something that may read files, in a while. */
    public void later(Runnable task) {
        Workers.in(LATER, workers.telling(), task);
    }

    /** What is known of a deployment, finished or not; null if there is nothing, or {@link #unreadable}. Reads files. */
    public DeploymentView view(String id) {
        Optional<Followed> one = find(id);
        if (one.isPresent() && one.get().view() != null) {
            return one.get().view();
        }
        return views.of(id);
    }

    /** Why the record of a deployment can't be read: known once it has been tried. */
    public Optional<String> unreadable(String id) {
        return views.unreadable(id);
    }

    List<Owner> unfinished() {
        List<Owner> unfinished = new ArrayList<>();
        for (Owner owner : owners.unfinished()) {
            if (!followed.containsKey(owner.id())) {
                unfinished.add(owner);
            }
        }
        return unfinished;
    }

    /** What keeps deployments from being followed, one sentence each. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>(owners.unreadable());
        troubles.addAll(views.unreadable());
        troubles.addAll(services.troubles());
        for (Followed one : all()) {
            String trouble = one.trouble();
            if (trouble != null) {
                troubles.add(one.owner().jobFullName() + " #" + one.owner().buildNumber() + ": " + trouble);
            }
        }
        return troubles;
    }

    /** Its build has ended well, and it is only followed from now on. */
    void release(Owner owner) {
        owner.release();
        workers.telling().execute(() -> owners.save(owner));
    }

    void renamed(String oldFullName, String newFullName) {
        origins.renamed(oldFullName, newFullName);
        for (Followed one : all()) {
            if (one.owner().renamed(oldFullName, newFullName)) {
                workers.telling().execute(() -> owners.save(one.owner()));
            }
        }
        following.renamed(oldFullName, newFullName);
        workers.telling().execute(() -> unfinished().stream()
                .filter(owner -> owner.renamed(oldFullName, newFullName))
                .forEach(owners::save));
    }

    void deleted(String fullName) {
        origins.deleted(fullName);
        for (Followed one : all()) {
            if (one.owner().deleted(fullName)) {
                workers.telling().execute(() -> owners.save(one.owner()));
            }
        }
        workers.telling().execute(() -> unfinished().stream()
                .filter(owner -> owner.deleted(fullName))
                .forEach(owners::save));
    }

    /** Gives up every record, so that whoever starts next can take it up. */
    @Terminator
    public static void close() {
        Deployments all = get();
        all.following.close();
        all.workers.close();
    }
}
