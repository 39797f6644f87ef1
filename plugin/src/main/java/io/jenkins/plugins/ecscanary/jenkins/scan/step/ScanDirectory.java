package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import hudson.FilePath;
import hudson.slaves.WorkspaceList;

/**
 * Where a scan has its files on the node: beside the workspace, which others may look into. The scanner's report is among them, with
 * the secrets that were found, so that the directory goes whatever becomes of the scan.
 */
final class ScanDirectory {

    private static final String PREFIX = "ecs-canary-scan-";

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
}
