package io.jenkins.plugins.ecscanary.jenkins.scan;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScan;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.ScanStore;
import io.jenkins.plugins.ecscanary.engine.scan.StoredScans;
import java.time.InstantSource;
import java.util.Optional;
import jenkins.model.ModifiableTopLevelItemGroup;

/**
 * The scans that were made by the jobs of a job's folder, and of those in it. Whoever may configure a job elsewhere may judge a
 * report of their own making, as leniently as they like: that is to open nobody else's gate, and to close none.
 */
final class ScansOfFolder implements KnownScans {

    private final StoredScans scans;

    /** Of a folder where these have none; null where they say no more. */
    private final StoredScans otherwise;

    private ScansOfFolder(StoredScans scans, StoredScans otherwise) {
        this.scans = scans;
        this.otherwise = otherwise;
    }

    static KnownScans of(Job<?, ?> job, ScanStore store) {
        return new ScansOfFolder(scans(job, store), null);
    }

    /** The same, and where there are none all of this Jenkins: what has been deployed before is not to wait for a scanner. */
    static KnownScans orOfAny(Job<?, ?> job, ScanStore store) {
        return new ScansOfFolder(
                scans(job, store),
                new StoredScans(store, InstantSource.system(), Messages.RequiredScan_InThisJenkins()));
    }

    private static StoredScans scans(Job<?, ?> job, ScanStore store) {
        String folder = folder(job);
        return folder.isEmpty()
                ? new StoredScans(store, InstantSource.system(), Messages.RequiredScan_InThisJenkins())
                : new StoredScans(
                        store,
                        InstantSource.system(),
                        Messages.RequiredScan_OfJobsIn(folder),
                        result -> isOfJobIn(folder, result));
    }

    /** The branches of one project, and the projects of one organization, are in the folder that those are in. */
    private static String folder(Job<?, ?> job) {
        ItemGroup<?> group = job.getParent();
        while (group instanceof Item item && !(group instanceof ModifiableTopLevelItemGroup)) {
            group = item.getParent();
        }
        return group.getFullName();
    }

    /** Their origin is a build's id, {@code folder/job#12}. */
    private static boolean isOfJobIn(String folder, ScanResult result) {
        return result.origin() != null && result.origin().startsWith(folder + "/");
    }

    @Override
    public Optional<KnownScan> newest(String imageId) {
        Optional<KnownScan> newest = scans.newest(imageId);
        return newest.isPresent() || otherwise == null ? newest : otherwise.newest(imageId);
    }

    @Override
    public String where() {
        return otherwise == null ? scans.where() : otherwise.where();
    }
}
