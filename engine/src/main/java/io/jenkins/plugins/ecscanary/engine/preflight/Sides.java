package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.TargetGroupSeen;

/**
 * Which of the pair serves and which is to serve.
 *
 * @param loadBalancer as a metric's dimension has it: {@code app/<name>/<id>}
 */
record Sides(String loadBalancer, TargetGroupSeen original, TargetGroupSeen replacement) {}
