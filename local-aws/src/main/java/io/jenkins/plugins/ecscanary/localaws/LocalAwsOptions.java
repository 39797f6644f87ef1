package io.jenkins.plugins.ecscanary.localaws;

import io.jenkins.plugins.ecscanary.localaws.cloudformation.StackTemplate;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.CloudWatchSettings;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.IngestDelay;
import io.jenkins.plugins.ecscanary.localaws.codedeploy.CodeDeployTimings;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskRuntime;
import io.jenkins.plugins.ecscanary.localaws.ecs.Timings;
import io.jenkins.plugins.ecscanary.localaws.elb.ElbSettings;
import io.jenkins.plugins.ecscanary.localaws.elb.PortMapping;
import io.jenkins.plugins.ecscanary.localaws.faults.FaultRule;
import io.jenkins.plugins.ecscanary.localaws.function.FunctionTarget;
import io.jenkins.plugins.ecscanary.localaws.sts.Roles;
import io.jenkins.plugins.ecscanary.localaws.wire.AccessKeys;
import io.jenkins.plugins.ecscanary.localaws.wire.WireCall;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** How a local AWS is started. Immutable; each {@code with…} returns a changed copy. */
public final class LocalAwsOptions {

    /** What the defaults let in; not a secret, since everything is on loopback and made up. */
    public static final String DEFAULT_ACCESS_KEY_ID = "local";

    public static final String DEFAULT_SECRET_ACCESS_KEY = "local";

    int port;
    double speed = 1;
    String account = "123456789012";
    String region = "eu-central-1";
    AccessKeys accessKeys = AccessKeys.of(Map.of(DEFAULT_ACCESS_KEY_ID, DEFAULT_SECRET_ACCESS_KEY));
    final Path directory;
    PortMapping ports = PortMapping.systemPicked();
    Timings ecsTimings = Timings.fargate();
    CodeDeployTimings codeDeployTimings = CodeDeployTimings.LIKE_AWS;
    ElbSettings elbSettings = ElbSettings.defaults();
    CloudWatchSettings cloudWatchSettings = CloudWatchSettings.defaults();
    Function<Ids, IngestDelay> ingestDelay = IngestDelay::asObserved;
    TaskRuntime runtime;
    Map<String, FunctionTarget> functions = Map.of();
    Map<String, String> secrets = Map.of();
    Roles roles = Roles.ANY;
    Consumer<String> log = line -> {};
    Consumer<WireCall> calls = call -> {};
    List<FaultRule> faults = List.of();
    long faultSeed = 1;
    Path state;
    List<StackTemplate> templates = List.of();

    private LocalAwsOptions(Path directory) {
        this.directory = directory;
    }

    private LocalAwsOptions(LocalAwsOptions from) {
        port = from.port;
        speed = from.speed;
        account = from.account;
        region = from.region;
        accessKeys = from.accessKeys;
        directory = from.directory;
        ports = from.ports;
        ecsTimings = from.ecsTimings;
        codeDeployTimings = from.codeDeployTimings;
        elbSettings = from.elbSettings;
        cloudWatchSettings = from.cloudWatchSettings;
        ingestDelay = from.ingestDelay;
        runtime = from.runtime;
        functions = from.functions;
        secrets = from.secrets;
        roles = from.roles;
        log = from.log;
        calls = from.calls;
        faults = from.faults;
        faultSeed = from.faultSeed;
        state = from.state;
        templates = from.templates;
    }

    /**
     * Real time, a port the system picks, timings as on AWS, tasks as plain processes.
     *
     * @param directory for images and the tasks' working directories; made if it is not there
     */
    public static LocalAwsOptions in(Path directory) {
        return new LocalAwsOptions(directory);
    }

    /** @param port of 127.0.0.1 for all services; 0 lets the system pick */
    public LocalAwsOptions withPort(int port) {
        return changed(options -> options.port = port);
    }

    /** @param speed simulated seconds per second, 1 to 1000 */
    public LocalAwsOptions withSpeed(double speed) {
        return changed(options -> options.speed = speed);
    }

    /** @param account twelve digits */
    public LocalAwsOptions withAccount(String account) {
        if (!account.matches("[0-9]{12}")) {
            throw new IllegalArgumentException("account '" + account + "' is not twelve digits");
        }
        return changed(options -> options.account = account);
    }

    public LocalAwsOptions withRegion(String region) {
        if (!region.matches("[a-z]{2}(-[a-z]+)+-[0-9]")) {
            throw new IllegalArgumentException("region '" + region + "' is not one such as eu-central-1");
        }
        return changed(options -> options.region = region);
    }

    public LocalAwsOptions withAccessKeys(AccessKeys keys) {
        return changed(options -> options.accessKeys = keys);
    }

    /** Which ports of 127.0.0.1 the load balancers' listeners really bind. */
    public LocalAwsOptions withListenerPorts(PortMapping ports) {
        return changed(options -> options.ports = ports);
    }

    public LocalAwsOptions withEcsTimings(Timings timings) {
        return changed(options -> options.ecsTimings = timings);
    }

    public LocalAwsOptions withCodeDeployTimings(CodeDeployTimings timings) {
        return changed(options -> options.codeDeployTimings = timings);
    }

    public LocalAwsOptions withElbSettings(ElbSettings settings) {
        return changed(options -> options.elbSettings = settings);
    }

    public LocalAwsOptions withCloudWatchSettings(CloudWatchSettings settings) {
        return changed(options -> options.cloudWatchSettings = settings);
    }

    /** How late metrics can be seen; by default as late as on AWS. */
    public LocalAwsOptions withIngestDelay(Function<Ids, IngestDelay> delay) {
        return changed(options -> options.ingestDelay = delay);
    }

    /** What runs the tasks; closed with the local AWS. */
    public LocalAwsOptions withTaskRuntime(TaskRuntime runtime) {
        return changed(options -> options.runtime = runtime);
    }

    /**
     * What a Lambda function is that an AppSpec's hook names; may be said again for others.
     *
     * @param name the function's, without version and alias
     */
    public LocalAwsOptions withFunction(String name, FunctionTarget target) {
        if (!name.matches("[a-zA-Z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "function name '" + name + "' has characters other than letters, digits, - and _, or more than 64");
        }
        Map<String, FunctionTarget> more = new LinkedHashMap<>(functions);
        more.put(name, target);
        return changed(options -> options.functions = Map.copyOf(more));
    }

    /**
     * The value of a secret that task definitions name, for there is neither Secrets Manager nor Parameter Store; may be said
     * again for others. A task that names another one does not start.
     *
     * @param valueFrom as the task definition has it: the ARN of a secret, the ARN or the name of a parameter
     */
    public LocalAwsOptions withSecret(String valueFrom, String value) {
        Map<String, String> more = new LinkedHashMap<>(secrets);
        more.put(valueFrom, value);
        return changed(options -> options.secrets = Map.copyOf(more));
    }

    /**
     * Names a role that AssumeRole gives keys of; may be said again for others. Without any, it gives keys of every role.
     *
     * @param externalId who assumes it must give this one; null if none is asked for
     */
    public LocalAwsOptions withRole(String name, String externalId) {
        Roles more = roles.with(name, externalId);
        return changed(options -> options.roles = more);
    }

    /** Gets a line {@code HH:mm:ss.SSS <what>}, in simulated time (UTC), for every change of state. */
    public LocalAwsOptions withLog(Consumer<String> log) {
        return changed(options -> options.log = log);
    }

    /** Told every call that was understood, once it is answered; on the threads that answer. */
    public LocalAwsOptions withCallListener(Consumer<WireCall> calls) {
        return changed(options -> options.calls = calls);
    }

    /** What goes wrong with calls over the wire from the start; {@link LocalAws#faults} changes it later. */
    public LocalAwsOptions withFaults(List<FaultRule> faults) {
        return changed(options -> options.faults = List.copyOf(faults));
    }

    /** @param seed of the draws of faults with a probability; 1 by default, so that runs can be repeated */
    public LocalAwsOptions withFaultSeed(long seed) {
        return changed(options -> options.faultSeed = seed);
    }

    /**
     * Keeps what there is across restarts: it is taken up from this directory and saved there, a second after it changes and
     * at the end. Images are where {@link #in} says and must be the same ones. Without it, everything is gone at the end.
     */
    public LocalAwsOptions withState(Path state) {
        return changed(options -> options.state = state);
    }

    /**
     * A stack to be created at the start, if there is none of its name yet; may be said again for others. What comes of it is
     * {@link LocalAws#stackAtRest}'s to say.
     */
    public LocalAwsOptions withTemplate(StackTemplate template) {
        List<StackTemplate> more = new ArrayList<>(templates);
        more.add(template);
        return changed(options -> options.templates = List.copyOf(more));
    }

    private LocalAwsOptions changed(Consumer<LocalAwsOptions> change) {
        LocalAwsOptions copy = new LocalAwsOptions(this);
        change.accept(copy);
        return copy;
    }
}
