package io.jenkins.plugins.ecscanary.jenkins.deployments;

import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.ecscanary.engine.aws.RoleToAssume;
import io.jenkins.plugins.ecscanary.jenkins.access.Access;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;

/**
 * Who owns a deployment, and all that is needed to take it up without its build: words only, no key. Written before anything is
 * asked of AWS, as XML.
 */
public final class Owner {

    private final String id;
    private volatile String jobFullName;
    private final int buildNumber;
    private final Access access;
    private final OnAbort onAbort;
    private final String approvers;
    private final String startedBy;
    private final RedeployMode redeploy;
    private volatile String requireScan;
    private volatile String scannedImages;
    private volatile boolean detached;
    private volatile boolean released;
    private volatile boolean jobDeleted;

    /** Found under some name of its job: it runs on where it can't be found just now, because its job is being moved. */
    private transient volatile Run<?, ?> found;

    private transient volatile boolean buildDeleted;

    /**
     * @param id the record's
     * @param approvers who may promote, comma-separated; null for everyone with the permission
     * @param startedBy for people
     * @param redeploy what a build does that ships this one's revision again
     */
    public Owner(
            String id,
            Run<?, ?> build,
            Access access,
            OnAbort onAbort,
            String approvers,
            String startedBy,
            RedeployMode redeploy) {
        this.id = Objects.requireNonNull(id, "id");
        this.jobFullName = build.getParent().getFullName();
        this.buildNumber = build.getNumber();
        this.found = build;
        this.access = access;
        this.onAbort = onAbort;
        this.approvers = approvers;
        this.startedBy = startedBy;
        this.redeploy = Objects.requireNonNull(redeploy, "redeploy");
    }

    public String id() {
        return id;
    }

    /** As it is called now. */
    public String jobFullName() {
        return jobFullName;
    }

    public int buildNumber() {
        return buildNumber;
    }

    Origin origin() {
        return new Origin(jobFullName, buildNumber);
    }

    public Access access() {
        return access;
    }

    public OnAbort onAbort() {
        return onAbort;
    }

    public String approvers() {
        return approvers;
    }

    public String startedBy() {
        return startedBy;
    }

    /** What a build does that ships this one's revision again. */
    public RedeployMode redeploy() {
        return redeploy == null ? RedeployMode.DEPLOY_ONLY : redeploy; // null in files from before it could be chosen
    }

    /** What its step said under {@code requireScan}; null where it asked for no scan. */
    public String requireScan() {
        return requireScan;
    }

    /** Before it is begun. */
    public Owner withRequireScan(String value) {
        requireScan = value;
        return this;
    }

    /** The ids of the images whose scans let it through, comma-separated; null where none were asked for. */
    public String scannedImages() {
        return scannedImages;
    }

    /** @return whether that is new */
    synchronized boolean scanned(String imageId) {
        if (scannedImages != null && List.of(scannedImages.split(",")).contains(imageId)) {
            return false;
        }
        scannedImages = scannedImages == null ? imageId : scannedImages + "," + imageId;
        return true;
    }

    /** What was noted of the same deployment before its step came back, and the step does not know. */
    synchronized void takeOver(Owner noted) {
        if (scannedImages == null) {
            scannedImages = noted.scannedImages;
        }
    }

    /** Whether the Pipeline went on without waiting, so that its good end means nothing for the deployment. */
    public boolean detached() {
        return detached;
    }

    /** Before it is begun. */
    public void detach() {
        detached = true;
    }

    /** Whether its build had ended well without waiting: what becomes of that build later, deleted or not, means nothing. */
    boolean released() {
        return released;
    }

    void release() {
        released = true;
    }

    /** @return whether that concerned it */
    boolean renamed(String oldFullName, String newFullName) {
        String before = jobFullName;
        if (jobDeleted) {
            return false; // what is renamed has come after it
        }
        jobFullName = FullNames.renamed(before, oldFullName, newFullName);
        return !jobFullName.equals(before);
    }

    /** The folder that the job is in; empty for the root. Credentials are those of folders. */
    String folder() {
        return jobFullName.substring(0, Math.max(0, jobFullName.lastIndexOf('/')));
    }

    /**
     * Its job is gone; another one may get its name.
     *
     * @param item a job or folder
     * @return whether that concerned it
     */
    boolean deleted(String itemFullName) {
        boolean concerned = !jobDeleted && FullNames.isOrIsIn(jobFullName, itemFullName);
        jobDeleted |= concerned;
        return concerned;
    }

    boolean jobDeleted() {
        return jobDeleted;
    }

    /** Whether all is there that one that was read from a file must have. */
    boolean isWhole() {
        return id != null && jobFullName != null && access != null && onAbort != null;
    }

    /** Its build is gone, whatever becomes of its job. */
    void deleteBuild() {
        buildDeleted = true;
    }

    /** Whether that is known, and not only that the build can't be found just now. */
    boolean isBuildDeleted() {
        return jobDeleted || buildDeleted;
    }

    /**
     * Its build, or null if that is gone, or can't be found while its job or a folder is being renamed or moved and it does not
     * run. Not subject to anyone's permissions, whosever thread it is.
     */
    Run<?, ?> build() {
        if (isBuildDeleted()) {
            return null;
        }
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            Job<?, ?> job = Jenkins.get().getItemByFullName(jobFullName, Job.class);
            Run<?, ?> now = job == null ? null : job.getBuildByNumber(buildNumber);
            Run<?, ?> before = found;
            if (now == null) {
                return before != null && before.isBuilding() ? before : null;
            }
            found = now.isBuilding() ? now : null;
            return now;
        }
    }

    /** For a role, as AWS's CloudTrail shows it: a long job's name is cut, the build's number is not. */
    String sessionName() {
        return RoleToAssume.sessionName("jenkins-" + jobFullName.replace('/', '.'), "-" + buildNumber);
    }
}
