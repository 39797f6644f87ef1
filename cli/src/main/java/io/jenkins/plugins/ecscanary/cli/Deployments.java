package io.jenkins.plugins.ecscanary.cli;

import io.jenkins.plugins.ecscanary.engine.CanaryEngine;
import io.jenkins.plugins.ecscanary.engine.Running;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;

/** What the command line needs of the engine. */
public interface Deployments extends AutoCloseable {

    Running deploy(DeploymentRequest request);

    /** @param recordId of a record in the store */
    Running watch(String recordId);

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
            public Running deploy(DeploymentRequest request) {
                return engine.deploy(request);
            }

            @Override
            public Running watch(String recordId) {
                return engine.watch(recordId);
            }

            @Override
            public void close() {
                engine.close();
            }
        };
    }
}
