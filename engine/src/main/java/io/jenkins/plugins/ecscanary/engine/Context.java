package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.driver.Driver;
import io.jenkins.plugins.ecscanary.engine.observe.ObservationPool;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import java.util.concurrent.Executor;

/**
 * What one process gives to all its deployments in one account, region and identity.
 *
 * @param commands for what somebody asks for, and for whoever leaves or reads word of that: it waits for nothing else
 * @param starts for deployments that begin, and begin again once others are over
 * @param waiting for those that may have to wait for their turn in AWS's rates, so that nothing else waits with them
 * @param followed what is to be left when the engine is closed
 * @param retention shared, as is AWS's limit
 * @param region where
 * @param host who observes, for the timeline
 */
record Context(
        Aws aws,
        Driver driver,
        ObservationPool pool,
        RecordStore records,
        Retention retention,
        EngineTime time,
        Executor commands,
        Executor starts,
        Executor waiting,
        Followed followed,
        String region,
        String host) {

    /** The same for one deployment, which is begun, stopped and continued by somebody else. */
    Context acting(Aws other, Driver otherDriver) {
        return new Context(
                other, otherDriver, pool, records, retention, time, commands, starts, waiting, followed, region, host);
    }
}
