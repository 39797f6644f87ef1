package io.jenkins.plugins.ecscanary.cli.chaos;

import io.jenkins.plugins.ecscanary.cli.e2e.CliRun;
import io.jenkins.plugins.ecscanary.cli.local.ImagePush;
import io.jenkins.plugins.ecscanary.engine.CanaryEngine;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.aws.AwsKeys;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.time.WallTime;
import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A local AWS with several services side by side, an engine in this process, and the command line in others. */
final class ChaosWorld implements AutoCloseable {

    /** A minute takes a second. */
    static final double SPEED = 60;

    private final LocalAws aws;
    private final Path state;
    private final RecordStore records;
    private final CanaryEngine engine;
    private final List<ChaosService> services = new ArrayList<>();
    private final Waits waits = new Waits();
    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();

    /** @param seed of the faults' draws */
    ChaosWorld(Path directory, int count, long seed) throws Exception {
        state = directory.resolve("state").toAbsolutePath();
        aws = LocalAws.start(LocalAwsOptions.in(directory.resolve("aws"))
                .withSpeed(SPEED)
                .withTaskRuntime(new ChaosTasks())
                .withFaultSeed(seed)
                .withLog(log::add));
        AwsKeys keys =
                new AwsKeys(LocalAwsOptions.DEFAULT_ACCESS_KEY_ID, LocalAwsOptions.DEFAULT_SECRET_ACCESS_KEY, null);
        records = new RecordStore(state);
        engine = CanaryEngine.open(
                new AwsAccess(aws.region(), aws.endpoint(), () -> keys), records, new WallTime(SPEED));
        aws.calls()
                .call(
                        "codedeploy",
                        "CreateDeploymentConfig",
                        Map.of(
                                "deploymentConfigName",
                                ChaosService.QUICK,
                                "computePlatform",
                                "ECS",
                                "trafficRoutingConfig",
                                Map.of(
                                        "type",
                                        "TimeBasedLinear",
                                        "timeBasedLinear",
                                        Map.of("linearPercentage", 25, "linearInterval", 1))));
        furnish(directory, count);
    }

    private void furnish(Path directory, int count) throws Exception {
        Path jar = directory.resolve("never-run.jar");
        try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar))) {
            entries.putNextEntry(new ZipEntry("never-run"));
        }
        AwsBasicCredentials keys = AwsBasicCredentials.create(
                LocalAwsOptions.DEFAULT_ACCESS_KEY_ID, LocalAwsOptions.DEFAULT_SECRET_ACCESS_KEY);
        try (ImagePush images = new ImagePush(aws.endpoint(), aws.region(), StaticCredentialsProvider.create(keys))) {
            for (int number = 0; number < count; number++) {
                services.add(ChaosService.serve(aws, images, jar, number, directory.resolve("service-" + number)));
            }
        }
        for (ChaosService service : services) {
            service.awaitSteady();
        }
    }

    List<ChaosService> services() {
        return services;
    }

    GeneralFaults faults(boolean buckets) {
        return GeneralFaults.on(aws.faults(), buckets);
    }

    CanaryEngine engine() {
        return engine;
    }

    RecordStore records() {
        return records;
    }

    Waits waits() {
        return waits;
    }

    URI endpoint() {
        return aws.endpoint();
    }

    void log(String line) {
        log.add("       chaos " + line);
    }

    /** What happened, as far as a line names one of these. */
    List<String> log(List<String> names) {
        return log.stream()
                .filter(line -> names.stream().anyMatch(line::contains))
                .toList();
    }

    /** @param through a proxy, or null for the AWS itself */
    CliRun cli(ChaosService service, URI through, List<String> command) throws IOException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--state", state.toString(), "--json", "--speed", "60", "--no-page"));
        if (through != null) {
            all.addAll(List.of("--endpoint-url", through.toString()));
        }
        Map<String, String> environment = Map.of(
                "AWS_ENDPOINT_URL",
                aws.endpoint().toString(),
                "AWS_REGION",
                aws.region(),
                "AWS_ACCESS_KEY_ID",
                LocalAwsOptions.DEFAULT_ACCESS_KEY_ID,
                "AWS_SECRET_ACCESS_KEY",
                LocalAwsOptions.DEFAULT_SECRET_ACCESS_KEY);
        return CliRun.start(service.directory(), environment, all.toArray(String[]::new));
    }

    @Override
    public void close() {
        waits.close();
        services.forEach(ChaosService::close);
        engine.close();
        aws.close();
    }
}
