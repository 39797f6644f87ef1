package io.jenkins.plugins.ecscanary.localaws.faults;

/**
 * A rule that is switched on and what it has done.
 *
 * @param id by which it is switched off
 * @param matched calls it was asked about
 * @param fired calls that went wrong by it
 */
public record FaultStatus(String id, FaultRule rule, long matched, long fired) {}
