package io.jenkins.plugins.ecscanary.localaws.ecs;

/** The availability zone a task is told to be in: a subnet is in one of three, always the same. */
final class Zone {

    private static final int ZONES = 3;

    private Zone() {}

    /** Such as {@code eu-central-1b}. */
    static String of(Task task) {
        String region = task.arn.split(":", 5)[3];
        return region + (char) ('a' + Math.floorMod(task.network.subnetId().hashCode(), ZONES));
    }
}
