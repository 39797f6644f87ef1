package io.jenkins.plugins.ecscanary.jenkins.deployments;

import io.jenkins.plugins.ecscanary.engine.scan.KnownScan;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import java.util.Optional;

/** Keeps with a deployment's owner whose scans let it through: later nobody could tell from what serves which images these are. */
final class NotedScans implements KnownScans {

    private final KnownScans scans;
    private final Owner owner;
    private final Runnable save;

    NotedScans(KnownScans scans, Owner owner, Runnable save) {
        this.scans = scans;
        this.owner = owner;
        this.save = save;
    }

    @Override
    public Optional<KnownScan> newest(String imageId) {
        Optional<KnownScan> newest = scans.newest(imageId);
        if (newest.filter(KnownScan::passed).isPresent() && owner.scanned(imageId)) {
            save.run();
        }
        return newest;
    }

    @Override
    public String where() {
        return scans.where();
    }
}
