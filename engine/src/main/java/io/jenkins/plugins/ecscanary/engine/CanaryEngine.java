package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.SdkAws;
import io.jenkins.plugins.ecscanary.engine.driver.CodeDeployDriver;
import io.jenkins.plugins.ecscanary.engine.driver.Driver;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.observe.CallBudget;
import io.jenkins.plugins.ecscanary.engine.observe.ObservationPool;
import io.jenkins.plugins.ecscanary.engine.observe.PacedAws;
import io.jenkins.plugins.ecscanary.engine.preflight.RevisionNeeds;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.status.ServiceStatus;
import io.jenkins.plugins.ecscanary.engine.status.StatusReader;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import io.jenkins.plugins.ecscanary.engine.timeline.OperatorRequests;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deployments in one account, region and identity: plan, start, observe, decide, record. A few threads serve all of them,
 * however many run; those started at once are started one after the other, as AWS's rates allow. Where that identity is an
 * assumed role, each deployment can have a session of its own, for all that it changes; what is read is read for all in one.
 * After {@link #close} AWS goes on by itself and every unfinished record can be taken up again, by this process or another.
 */
public final class CanaryEngine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CanaryEngine.class);

    private static final int LOOK_THREADS = 6;

    /** What somebody asks for does not queue behind looks that hang: above all, stopping. */
    private static final int COMMAND_THREADS = 2;

    /** Starts wait for their turn; they have threads of their own so that nothing waits with them. */
    private static final int START_THREADS = 4;

    /** What is under way already and has to wait for its turn as well does not queue behind those that begin. */
    private static final int WAITING_THREADS = 4;

    private final Context context;

    /** By the name of a session. */
    private final Function<String, Context> acting;

    private final ExecutorService looks;
    private final ExecutorService commands;
    private final ExecutorService starts;
    private final ExecutorService waiting;
    private final Followed followed = new Followed();

    /**
     * Reaches AWS as {@code access} says. Nothing is called yet.
     *
     * @param time this engine's alone: closed with it
     * @throws AwsFailure if the region or the endpoint is none
     */
    public static CanaryEngine open(AwsAccess access, RecordStore records, EngineTime time) {
        SdkAws direct = SdkAws.open(access, time::now, time::atLeast);
        CallBudget budget = new CallBudget(RandomGenerator.getDefault(), time.now());
        Aws paced = new PacedAws(direct, budget, time);
        ExecutorService looks = threads("ecs-canary-io-", LOOK_THREADS);
        Function<Aws, Driver> driver =
                aws -> new CodeDeployDriver(aws, access.region(), access.endpoint() == null, time::now);
        return new CanaryEngine(
                paced,
                driver.apply(paced),
                name -> new PacedAws(direct, direct.inSession(name), budget, time),
                driver,
                new ObservationPool(direct, time, looks, budget),
                access.region(),
                records,
                time,
                looks,
                threads("ecs-canary-command-", COMMAND_THREADS),
                threads("ecs-canary-start-", START_THREADS),
                threads("ecs-canary-wait-", WAITING_THREADS));
    }

    /** @param driver shifts the traffic; makes its calls through {@code aws}, at any rate */
    public CanaryEngine(Aws aws, Driver driver, String region, RecordStore records, EngineTime time) {
        this(aws, driver, region, records, time, threads("ecs-canary-io-", LOOK_THREADS));
    }

    /** @param io where calls to AWS are made */
    CanaryEngine(Aws aws, Driver driver, String region, RecordStore records, EngineTime time, ExecutorService io) {
        this(aws, driver, region, records, time, io, io, io, io);
    }

    /** With threads of their own for what is looked at, asked for, begins, and is under way and has to wait. */
    CanaryEngine(
            Aws aws,
            Driver driver,
            String region,
            RecordStore records,
            EngineTime time,
            ExecutorService looks,
            ExecutorService commands,
            ExecutorService starts,
            ExecutorService waiting) {
        this(
                aws,
                driver,
                name -> aws,
                same -> driver,
                new ObservationPool(aws, time, looks, new CallBudget(RandomGenerator.getDefault(), time.now())),
                region,
                records,
                time,
                looks,
                commands,
                starts,
                waiting);
    }

    private CanaryEngine(
            Aws aws,
            Driver driver,
            Function<String, Aws> sessions,
            Function<Aws, Driver> drivers,
            ObservationPool pool,
            String region,
            RecordStore records,
            EngineTime time,
            ExecutorService looks,
            ExecutorService commands,
            ExecutorService starts,
            ExecutorService waiting) {
        this.looks = looks;
        this.commands = commands;
        this.starts = starts;
        this.waiting = waiting;
        String host = System.getProperty("user.name") + " in process "
                + ProcessHandle.current().pid();
        context = new Context(
                aws,
                driver,
                pool,
                records,
                new Retention(aws, records, time),
                time,
                commands,
                starts,
                waiting,
                followed,
                region,
                host);
        acting = session -> {
            Aws other = sessions.apply(session);
            return context.acting(other, drivers.apply(other));
        };
    }

    private Context acting(String session) {
        return session == null ? context : acting.apply(session);
    }

    private static ExecutorService threads(String name, int count) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(count, count, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * Deploys. Answers at once; preflight, start and observation happen on the engine's threads. A request that can't be
     * done ends with the verdict REFUSED and its checks in the view. A request equal to an unfinished one whose process is
     * gone goes on with that one.
     */
    public Running deploy(DeploymentRequest request) {
        return deploy(request, StartOptions.DEFAULT);
    }

    /**
     * The same under a record's id that the host has chosen, and perhaps after others. If there is a record with that id in the
     * service's history it is gone on with, from wherever it is, even if nothing had been created yet; a finished one is told to
     * its end at once.
     */
    public Running deploy(DeploymentRequest request, StartOptions options) {
        Context own = acting(options.session());
        DeploymentRun run = followed.add(new DeploymentRun(own));
        background(run, () -> new Start(own, request, options, run).begin());
        return run;
    }

    /**
     * Follows a recorded deployment: a finished one is told to its end at once; an unfinished one is taken over if the
     * process that owned it is gone, else looked on at.
     *
     * @throws IllegalArgumentException if there is no such record
     */
    public Running watch(String recordId) {
        return watch(recordId, null);
    }

    /**
     * The same, acting in a session of its own.
     *
     * @param session as {@link StartOptions} has it
     * @throws IllegalArgumentException if there is no such record
     */
    public Running watch(String recordId, String session) {
        Context own = acting(session);
        RecordSummary record = context.records()
                .find(recordId)
                .orElseThrow(() -> new IllegalArgumentException("there is no record " + recordId));
        if (record.verdict() == null) {
            Optional<TimelineFile> owned = context.records().own(record);
            if (owned.isPresent()) {
                DeploymentRun run = new DeploymentRun(own);
                run.hold(owned.get());
                followed.add(run);
                background(run, () -> Resume.takeUp(own, run, owned.get(), "its process was gone"));
                return run;
            }
        }
        return followed.add(new Onlooker(own, record)).follow();
    }

    /**
     * What AWS says of a recorded deployment now. Blocks, changes nothing and needs no ownership.
     *
     * @return empty if AWS does not know it (any more), or it was never created
     * @throws IllegalArgumentException if there is no such record
     * @throws io.jenkins.plugins.ecscanary.engine.aws.AwsFailure if AWS can't be asked, or not with these keys
     */
    public Optional<Present> present(String recordId) {
        return Present.of(context, ViewFold.fold(context.records().timeline(recordId)));
    }

    /**
     * Asks AWS to end a wait of a deployment whose record has its verdict, a provisional one. The record stays as it is; who
     * asked is noted beside its timeline. Blocks.
     *
     * @throws io.jenkins.plugins.ecscanary.engine.aws.AwsFailure if AWS does not do it
     */
    public void promoteAfterwards(String recordId, Wait wait, String who, String why) {
        DeploymentView known = noted(recordId, "PROMOTE", wait, who, why);
        context.driver().proceed(known.deploymentId(), wait);
    }

    /** The same for stopping it and rolling it back. */
    public void rollBackAfterwards(String recordId, String who, String why) {
        DeploymentView known = noted(recordId, "ROLL_BACK", null, who, why);
        context.driver().rollBack(known.deploymentId());
    }

    private DeploymentView noted(String recordId, String action, Wait wait, String who, String why) {
        DeploymentView known = ViewFold.fold(context.records().timeline(recordId));
        context.records()
                .requests(known.service(), known.id())
                .add(new OperatorRequests.Request(context.time().now(), who, action, wait, why));
        return known;
    }

    /**
     * Everything that {@link #deploy} would check, and what the task definition needs for its tasks to start. Blocks;
     * changes nothing.
     *
     * @param scans the ones that count where the request demands that the image was scanned
     */
    public List<Check> verify(DeploymentRequest request, KnownScans scans) {
        Aws.Identity identity;
        try {
            identity = context.aws().identity();
        } catch (AwsFailure e) {
            return List.of(Check.refused("identity", e.getMessage(), null));
        }
        context.time().sync(identity.serverTime());
        List<Check> checks = new ArrayList<>(
                context.driver().preflight(request, identity, scans).checks());
        if (checks.stream()
                .noneMatch(check -> check.name().equals("identity") && check.outcome() == CheckOutcome.REFUSED)) {
            checks.addAll(new RevisionNeeds(context.aws(), context.region()).check(request, identity));
        }
        return List.copyOf(checks);
    }

    /**
     * What a request would deploy beside a revision there is. Blocks; changes nothing.
     *
     * @param with {@link Comparison#SERVING}, {@link Comparison#LATEST}, or a task definition
     * @throws IllegalArgumentException if the request's task definition is none
     * @throws AwsFailure if one of them can't be read
     */
    public Comparison compare(DeploymentRequest request, String with) {
        return Comparison.of(context.aws(), request, with);
    }

    /**
     * What is going on with a service. Blocks; changes nothing.
     *
     * @throws AwsFailure if the service is not there or can't be read
     */
    public ServiceStatus status(String cluster, String service, CodeDeployGroup group) {
        boolean console = context.driver().consoleUrl("d") != null;
        return new StatusReader(context.aws(), context.region(), context.records(), console)
                .read(cluster, service, group);
    }

    private void background(DeploymentRun run, Runnable work) {
        try {
            starts.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.debug("a deployment could not be begun", e);
                    run.fail(e);
                }
            });
        } catch (RejectedExecutionException e) {
            run.fail(new IllegalStateException("the engine is closed", e));
        }
    }

    /**
     * Leaves every deployment it follows, gives their records up and ends its threads. Calls that are under way are
     * interrupted, not waited for. Closes the {@link EngineTime} it was opened with, too: it is this engine's alone.
     */
    @Override
    public void close() {
        followed.leaveAll();
        context.time().close();
        starts.shutdownNow();
        waiting.shutdownNow();
        commands.shutdownNow();
        looks.shutdownNow();
        context.aws().close();
    }
}
