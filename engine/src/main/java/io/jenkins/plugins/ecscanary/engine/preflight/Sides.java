package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.TargetGroupSeen;

/**
 * Which of the pair serves and which is to serve.
 *
 * @param loadBalancer as a metric's dimension has it: {@code app/<name>/<id>}
 */
record Sides(String loadBalancer, TargetGroupSeen original, TargetGroupSeen replacement) {

    /** The original as a metric's dimension has it: {@code targetgroup/<name>/<id>}. */
    String originalDimension() {
        return dimension(original);
    }

    /** The replacement as a metric's dimension has it. */
    String replacementDimension() {
        return dimension(replacement);
    }

    private static String dimension(TargetGroupSeen targetGroup) {
        return targetGroup.arn().substring(targetGroup.arn().lastIndexOf(':') + 1);
    }
}
