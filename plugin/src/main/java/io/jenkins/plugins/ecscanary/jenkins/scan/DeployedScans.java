package io.jenkins.plugins.ecscanary.jenkins.scan;

import hudson.model.Job;
import io.jenkins.plugins.ecscanary.engine.figures.Serving;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.ScanStore;
import io.jenkins.plugins.ecscanary.engine.scan.ScanVerdict;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Owner;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The scan of what a job's service serves now. A service runs images by the digests that its registry gave them, and scans know
 * images by the digests of their configurations: which is which was found out when the deployment required a scan, and is kept with
 * the deployment's owner.
 */
public final class DeployedScans {

    private final Deployments deployments;
    private final ScanStore store;

    private DeployedScans(Deployments deployments, ScanStore store) {
        this.deployments = deployments;
        this.store = store;
    }

    public static DeployedScans get() {
        return new DeployedScans(Deployments.get(), Scans.get().store());
    }

    /** @param service for people */
    public record Served(String service, ScanResult result) {}

    /**
     * Empty if the job has deployed nothing yet that serves.
     *
     * @throws IllegalStateException if it can't be told: the job has several services, or no scan was required of what serves
     */
    public Optional<Served> of(Job<?, ?> job) {
        RecordStore records = deployments.records();
        List<ServiceKey> services = records.services().stream()
                .filter(key -> records.history(key).stream().anyMatch(record -> isOf(record, job)))
                .toList();
        if (services.size() > 1) {
            throw new IllegalStateException(Messages.DeployedScans_SeveralServices(
                    services.stream().map(DeployedScans::name).sorted().collect(Collectors.joining(", "))));
        }
        if (services.isEmpty()) {
            return Optional.empty();
        }
        Serving serving = Serving.of(records.history(services.get(0))).orElse(null);
        if (serving == null) {
            return Optional.empty();
        }
        String name = name(services.get(0));
        RecordSummary by = serving.by();
        String images = by == null
                ? null
                : deployments.owner(by.id()).map(Owner::scannedImages).orElse(null);
        if (images == null) {
            throw new IllegalStateException(Messages.DeployedScans_NoneRequired(name));
        }
        return Optional.of(Arrays.stream(images.split(","))
                .flatMap(image -> store.all(image).stream())
                .filter(result -> result.verdict() != ScanVerdict.CLOSED)
                .findFirst()
                .map(result -> new Served(name, result))
                .orElseThrow(() -> new IllegalStateException(Messages.DeployedScans_NotKept(name, images))));
    }

    private boolean isOf(RecordSummary record, Job<?, ?> job) {
        return deployments
                .origin(record.id())
                .filter(origin -> origin.isOf(job))
                .isPresent();
    }

    private static String name(ServiceKey key) {
        return key.cluster() + "/" + key.service();
    }
}
