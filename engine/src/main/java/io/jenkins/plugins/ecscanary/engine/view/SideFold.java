package io.jenkins.plugins.ecscanary.engine.view;

import io.jenkins.plugins.ecscanary.engine.model.Arn;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.Judged;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.SideView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.TargetCounts;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.TaskCounts;
import java.util.List;

/** What is known of one of the two task sets so far. */
final class SideFold {

    private String targetGroup;
    private String taskDefinition;
    private String image;
    private String digest;
    private Integer weight;
    private TaskCounts tasks = new TaskCounts(0, 0, 0);
    private TargetCounts targets = new TargetCounts(0, 0, List.of());

    void revision(Revision revision) {
        taskDefinition = revision.shortTaskDefinition();
        image(revision.image(), revision.digest());
    }

    void image(String reference, String imageDigest) {
        if (reference != null && (image == null || !reference.contains("@"))) {
            image = shortImage(reference);
        }
        digest = imageDigest == null ? digest : imageDigest;
    }

    void targetGroup(String arn) {
        targetGroup = Arn.named(arn);
    }

    void weight(int percent) {
        weight = percent;
    }

    void tasks(TaskCounts counts) {
        tasks = counts;
    }

    void targets(TargetCounts counts) {
        targets = counts;
    }

    /** What people call it: the task definition if there is one, else the side. */
    String name(Side side) {
        return taskDefinition == null ? "the " + side.name().toLowerCase(java.util.Locale.ROOT) : taskDefinition;
    }

    SideView view(Judged judged) {
        return new SideView(targetGroup, taskDefinition, image, digest, weight, tasks, targets, judged);
    }

    /** Without the registry, and with the digest cut to what a person can compare. */
    static String shortImage(String reference) {
        String name = reference.substring(reference.lastIndexOf('/') + 1);
        int digestAt = name.indexOf("@sha256:");
        int end = digestAt + "@sha256:".length() + 12;
        return digestAt >= 0 && name.length() > end ? name.substring(0, end) : name;
    }
}
