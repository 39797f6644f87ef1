package io.jenkins.plugins.ecscanary.engine.timeline;

/**
 * One line of a timeline.
 *
 * @param seq 1 for the first event
 */
public record TimelineEntry(int seq, DeploymentEvent event) {}
