package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import hudson.FilePath;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.ecscanary.jenkins.scan.ScanId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Where a scan has its files on the node: beside the workspace, which others may look into. The scanner's report is among them, with
 * the secrets that were found, so that the directory goes whatever becomes of the scan.
 */
final class ScanDirectory {

    private static final String PREFIX = "ecs-canary-scan-";

    /** No scan takes so long: its scanner has a day at most. */
    private static final Duration LONGEST = Duration.ofDays(2);

    private ScanDirectory() {}

    /**
     * Not made yet.
     *
     * @param directory that the step runs in
     * @param id of the scan
     * @return null if nothing is beside the workspace
     */
    static FilePath of(FilePath directory, String id) {
        FilePath temporary = WorkspaceList.tempDir(directory);
        return temporary == null ? null : temporary.child(PREFIX + id);
    }

    /** Deletes what scans of long ago have left beside the same workspace, as their agent was lost before it could be deleted. */
    static void deleteForgotten(FilePath own, Instant now) throws IOException, InterruptedException {
        FilePath temporary = own.getParent();
        if (temporary == null || !temporary.exists()) {
            return;
        }
        for (FilePath directory : temporary.listDirectories()) {
            String name = directory.getName();
            if (name.startsWith(PREFIX)
                    && ScanId.madeAt(name.substring(PREFIX.length()))
                            .filter(begun -> begun.plus(LONGEST).isBefore(now))
                            .isPresent()) {
                directory.deleteRecursive();
            }
        }
    }
}
