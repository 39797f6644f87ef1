package io.jenkins.plugins.ecscanary.localaws;

import io.jenkins.plugins.ecscanary.localaws.admin.LocalPages;
import io.jenkins.plugins.ecscanary.localaws.admin.RecentCalls;
import io.jenkins.plugins.ecscanary.localaws.admin.StateDocument;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.CloudFormation;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlbMetrics;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.CloudWatch;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.EmbeddedMetrics;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricStore;
import io.jenkins.plugins.ecscanary.localaws.codedeploy.CodeDeploy;
import io.jenkins.plugins.ecscanary.localaws.ecr.Ecr;
import io.jenkins.plugins.ecscanary.localaws.ecr.ScanFinding;
import io.jenkins.plugins.ecscanary.localaws.ecs.Ecs;
import io.jenkins.plugins.ecscanary.localaws.ecs.ProcessTaskRuntime;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl;
import io.jenkins.plugins.ecscanary.localaws.elb.Elb;
import io.jenkins.plugins.ecscanary.localaws.faults.Faults;
import io.jenkins.plugins.ecscanary.localaws.function.MappedFunctions;
import io.jenkins.plugins.ecscanary.localaws.logs.Logs;
import io.jenkins.plugins.ecscanary.localaws.state.Keeper;
import io.jenkins.plugins.ecscanary.localaws.state.StateDirectory;
import io.jenkins.plugins.ecscanary.localaws.sts.Sts;
import io.jenkins.plugins.ecscanary.localaws.wire.InProcessCalls;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.wire.ServiceApi;
import io.jenkins.plugins.ecscanary.localaws.wire.TemporaryKeys;
import io.jenkins.plugins.ecscanary.localaws.wire.WireHooks;
import io.jenkins.plugins.ecscanary.localaws.wire.WireServer;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import io.jenkins.plugins.ecscanary.localaws.world.ScaledTime;
import io.jenkins.plugins.ecscanary.localaws.world.SimTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * An AWS on loopback: ECS, CodeDeploy, ELBv2, CloudWatch, ECR, Logs, CloudFormation and STS over AWS's own wire protocols, with tasks that
 * are real processes and load balancers that are real proxies.
 */
public final class LocalAws implements AutoCloseable {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private final World world;
    private final Elb elb;
    private final Ecs ecs;
    private final Ecr ecr;
    private final CloudFormation cloudFormation;
    private final InProcessCalls calls;
    private final Faults faults;
    private final WireServer server;
    private final Deque<AutoCloseable> toClose;

    private LocalAws(
            World world,
            Elb elb,
            Ecs ecs,
            Ecr ecr,
            CloudFormation cloudFormation,
            InProcessCalls calls,
            Faults faults,
            WireServer server,
            Deque<AutoCloseable> toClose) {
        this.world = world;
        this.elb = elb;
        this.ecs = ecs;
        this.ecr = ecr;
        this.cloudFormation = cloudFormation;
        this.calls = calls;
        this.faults = faults;
        this.server = server;
        this.toClose = toClose;
    }

    /**
     * Starts one. If that fails, nothing is left running.
     *
     * @throws IOException if the port can't be had or the state can't be taken up
     * @throws io.jenkins.plugins.ecscanary.localaws.faults.InvalidFaultException if a fault is for no operation there is
     * @throws io.jenkins.plugins.ecscanary.localaws.wire.AwsError ValidationError, if a template is refused
     */
    public static LocalAws start(LocalAwsOptions options) throws IOException {
        // Closed from the front: simulated time first, then the wire, then what runs.
        Deque<AutoCloseable> toClose = new ArrayDeque<>();
        try {
            Optional<StateDirectory> state = state(options);
            state.ifPresent(toClose::push);
            ScaledTime time = new ScaledTime(
                    options.speed, state.map(StateDirectory::notBefore).orElse(Instant.MIN));
            World world = new World(
                    options.account, options.region, time, new Ids(new SecureRandom()), stamped(options.log, time));
            toClose.push(world);
            MetricStore store = new MetricStore(time, options.ingestDelay.apply(world.ids()));
            Elb elb = new Elb(world, options.ports, new AlbMetrics(store, time), options.elbSettings);
            closing(toClose, elb);
            Ecr ecr = new Ecr(world, options.directory.resolve("images"));
            Logs logs = new Logs(world, new EmbeddedMetrics(store, time, options.cloudWatchSettings));
            Ecs ecs = new Ecs(
                    world,
                    elb,
                    ecr,
                    logs,
                    options.runtime != null ? options.runtime : processes(options.directory),
                    options.ecsTimings);
            ecs.secretsFrom(valueFrom -> Optional.ofNullable(options.secrets.get(valueFrom)));
            closing(toClose, ecs);
            TemporaryKeys temporaryKeys = new TemporaryKeys(world);
            CompletableFuture<URI> endpoint = new CompletableFuture<>();
            MappedFunctions functions =
                    new MappedFunctions(options.functions, endpoint, new FunctionEnvironment(world, temporaryKeys)::of);
            closing(toClose, functions);
            CloudWatch cloudWatch = new CloudWatch(world, store, options.cloudWatchSettings);
            CodeDeploy codeDeploy = new CodeDeploy(world, ecs, elb, cloudWatch, functions, options.codeDeployTimings);
            List<ServiceApi> made =
                    List.of(ecs.api(), codeDeploy.api(), elb.api(), cloudWatch.api(), ecr.api(), logs.api());
            CloudFormation cloudFormation = new CloudFormation(world, new InProcessCalls(world, made));
            elb.setReachability((groups, target) ->
                    cloudFormation.lets(groups, () -> ecs.securityGroups(target.ip()), target.port()));
            // Those first that others are made of.
            List<Kept<?>> kept = List.of(
                    elb.kept(),
                    ecr.kept(),
                    logs.kept(),
                    ecs.kept(),
                    cloudWatch.kept(),
                    codeDeploy.kept(),
                    cloudFormation.kept());
            if (state.isPresent()) {
                // Saves for the last time when nobody calls any more and time has stopped, but all still runs.
                closing(toClose, Keeper.restored(world, state.get(), kept).start());
            }
            List<ServiceApi> services = new ArrayList<>(made);
            services.add(cloudFormation.api());
            services.add(new Sts(world, temporaryKeys, options.roles).api());
            options.templates.forEach(template -> world.run(() -> cloudFormation.furnish(template)));
            Faults faults = faults(options, services, world);
            InProcessCalls calls = new InProcessCalls(world, services);
            RecentCalls recent = new RecentCalls();
            StateDocument document = new StateDocument(calls, options.speed, arn -> listener(elb, arn), recent, faults);
            WireServer server = WireServer.start(
                    world,
                    options.port,
                    options.accessKeys.with(temporaryKeys),
                    services,
                    new WireHooks(
                            recent.andThen(options.calls), faults, () -> LocalPages.of(world, document, faults, ecr)));
            closing(toClose, server);
            endpoint.complete(server.endpoint());
            world.log(
                    "local-aws serves account %s, region %s at %s", world.account(), world.region(), server.endpoint());
            return new LocalAws(world, elb, ecs, ecr, cloudFormation, calls, faults, server, toClose);
        } catch (IOException | RuntimeException e) {
            closeAll(toClose, e);
            throw e;
        }
    }

    private static Faults faults(LocalAwsOptions options, List<ServiceApi> services, World world) {
        Map<String, List<String>> operations = services.stream()
                .collect(Collectors.toMap(
                        ServiceApi::signingName,
                        api -> api.operations().stream().map(Operation::name).toList()));
        Faults faults = new Faults(options.faultSeed, operations, world::now);
        options.faults.forEach(faults::switchOn);
        return faults;
    }

    private static Optional<StateDirectory> state(LocalAwsOptions options) throws IOException {
        return options.state == null
                ? Optional.empty()
                : Optional.of(StateDirectory.open(options.state, options.account, options.region));
    }

    /**
     * To be closed after the world and before the others: the world stays in front, so that what ends because of the closing,
     * such as a function whose call is not answered any more, is not saved as an outcome.
     */
    private static void closing(Deque<AutoCloseable> toClose, AutoCloseable part) {
        AutoCloseable world = toClose.pop();
        toClose.push(part);
        toClose.push(world);
    }

    private static ProcessTaskRuntime processes(Path directory) {
        return new ProcessTaskRuntime(directory.resolve("tasks"));
    }

    private static Consumer<String> stamped(Consumer<String> log, SimTime time) {
        return line -> log.accept(CLOCK.format(time.now()) + " " + line);
    }

    /** What goes into AWS_ENDPOINT_URL. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** A page for people: what there is, the last calls, the faults that are on. */
    public URI page() {
        return server.endpoint().resolve(LocalPages.PATH);
    }

    public String account() {
        return world.account();
    }

    public String region() {
        return world.region();
    }

    /** The services' operations without a socket. */
    public InProcessCalls calls() {
        return calls;
    }

    /** What goes wrong with calls over the wire, to be switched on and off at any time. */
    public Faults faults() {
        return faults;
    }

    /** Where a listener really is: {@code http://127.0.0.1:<port>}. */
    public URI listener(String listenerArn) {
        return listener(elb, listenerArn);
    }

    private static URI listener(Elb elb, String listenerArn) {
        return URI.create("http://127.0.0.1:" + elb.realPort(listenerArn));
    }

    /**
     * Stores what a scan finds in an image, for there is no scanner; see {@link Ecr#storeScanFindings}.
     *
     * @param image its digest, {@code sha256:…}, or one of its tags
     */
    public void storeScanFindings(String repository, String image, List<ScanFinding> findings) {
        ecr.storeScanFindings(repository, image, findings);
    }

    /** Completes once the service's primary task set is steady: its tasks run and are healthy. */
    public CompletionStage<Void> steady(String cluster, String service) {
        CompletableFuture<Void> steady = new CompletableFuture<>();
        Runnable look = () -> {
            boolean now = ecs.service(cluster, service)
                    .flatMap(ServiceControl.ServiceInfo::primary)
                    .map(ServiceControl.TaskSetInfo::steady)
                    .orElse(false);
            if (now) {
                steady.complete(null);
            }
        };
        world.run(() -> {
            ecs.onChange(look);
            look.run();
        });
        return steady;
    }

    /**
     * Completes once nothing goes on in a stack, with its status, such as {@code CREATE_COMPLETE}.
     *
     * @throws IllegalArgumentException if there is no such stack
     */
    public CompletionStage<String> stackAtRest(String stackName) {
        CompletableFuture<String> rest = new CompletableFuture<>();
        Runnable look = () -> cloudFormation
                .status(stackName)
                .filter(status -> !status.endsWith("_IN_PROGRESS"))
                .ifPresent(rest::complete);
        world.run(() -> {
            if (cloudFormation.status(stackName).isEmpty()) {
                throw new IllegalArgumentException("there is no stack " + stackName);
            }
            cloudFormation.onChange(look);
            look.run();
        });
        return rest;
    }

    /**
     * Completes once a stack has a resource of this type that is there, with its physical id; with nothing if nothing goes on
     * in the stack any more and it has none.
     *
     * @param type such as {@code AWS::ECR::Repository}
     */
    public CompletionStage<Optional<String>> stackResource(String stackName, String type) {
        CompletableFuture<Optional<String>> there = new CompletableFuture<>();
        Runnable look = () -> {
            Optional<String> found = cloudFormation.resource(stackName, type);
            boolean rests = cloudFormation
                    .status(stackName)
                    .map(status -> !status.endsWith("_IN_PROGRESS"))
                    .orElse(true);
            if (found.isPresent() || rests) {
                there.complete(found);
            }
        };
        world.run(() -> {
            cloudFormation.onChange(look);
            look.run();
        });
        return there;
    }

    /** Stops listening, kills the tasks, gives up all ports. */
    @Override
    public void close() {
        RuntimeException failure = new IllegalStateException("local-aws did not stop cleanly");
        closeAll(toClose, failure);
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    private static void closeAll(Deque<AutoCloseable> toClose, Exception failure) {
        while (!toClose.isEmpty()) {
            try {
                toClose.pop().close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
    }
}
