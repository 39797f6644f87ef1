package io.jenkins.plugins.ecscanary.cli;

import io.jenkins.plugins.ecscanary.engine.CanaryEngine;
import io.jenkins.plugins.ecscanary.engine.Comparison;
import io.jenkins.plugins.ecscanary.engine.Present;
import io.jenkins.plugins.ecscanary.engine.Running;
import io.jenkins.plugins.ecscanary.engine.StartOptions;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.status.ServiceStatus;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import java.util.List;
import java.util.Optional;

/** What the command line needs of the engine. */
public interface Deployments extends AutoCloseable {

    /** @param scans that count where the request demands that the image was scanned */
    Running deploy(DeploymentRequest request, KnownScans scans);

    /** @param recordId of a record in the store */
    Running watch(String recordId);

    /** What AWS says of a recorded deployment now; empty if it does not know it. */
    Optional<Present> present(String recordId);

    /** Ends a wait of a deployment whose verdict is provisional. */
    void promoteAfterwards(String recordId, Wait wait, String who, String why);

    /** Rolls back a deployment whose verdict is provisional. */
    void rollBackAfterwards(String recordId, String who, String why);

    /** Everything that deploying would check, and what the task definition needs. */
    List<Check> verify(DeploymentRequest request, KnownScans scans);

    /** @param with as for {@link CanaryEngine#compare} */
    Comparison compare(DeploymentRequest request, String with);

    ServiceStatus status(String cluster, String service, CodeDeployGroup group);

    @Override
    void close();

    /** Opens the engine. */
    @FunctionalInterface
    interface Opener {
        Deployments open(AwsAccess access, RecordStore records, EngineTime time);
    }

    /** The engine itself. */
    static Deployments ofEngine(AwsAccess access, RecordStore records, EngineTime time) {
        CanaryEngine engine = CanaryEngine.open(access, records, time);
        return new Deployments() {
            @Override
            public Running deploy(DeploymentRequest request, KnownScans scans) {
                return engine.deploy(request, StartOptions.DEFAULT.withScans(scans));
            }

            @Override
            public Running watch(String recordId) {
                return engine.watch(recordId);
            }

            @Override
            public Optional<Present> present(String recordId) {
                return engine.present(recordId);
            }

            @Override
            public void promoteAfterwards(String recordId, Wait wait, String who, String why) {
                engine.promoteAfterwards(recordId, wait, who, why);
            }

            @Override
            public void rollBackAfterwards(String recordId, String who, String why) {
                engine.rollBackAfterwards(recordId, who, why);
            }

            @Override
            public List<Check> verify(DeploymentRequest request, KnownScans scans) {
                return engine.verify(request, scans);
            }

            @Override
            public Comparison compare(DeploymentRequest request, String with) {
                return engine.compare(request, with);
            }

            @Override
            public ServiceStatus status(String cluster, String service, CodeDeployGroup group) {
                return engine.status(cluster, service, group);
            }

            @Override
            public void close() {
                engine.close();
            }
        };
    }
}
