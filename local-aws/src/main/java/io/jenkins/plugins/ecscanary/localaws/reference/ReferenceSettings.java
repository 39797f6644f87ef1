package io.jenkins.plugins.ecscanary.localaws.reference;

/**
 * The reference service's names and figures.
 *
 * @param minRequests per minute and target group, below which the success rate is not judged
 * @param terminationWaitMinutes for which the original is kept after all traffic has been shifted, 0–2880
 */
public record ReferenceSettings(
        String cluster,
        String service,
        String container,
        int containerPort,
        int desiredCount,
        String repository,
        String deploymentConfig,
        int minRequests,
        int terminationWaitMinutes) {

    /** As the reference architecture has it. */
    public static ReferenceSettings defaults() {
        return new ReferenceSettings(
                "reference",
                "web",
                "app",
                3000,
                2,
                "reference/web",
                "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
                20,
                5);
    }

    public ReferenceSettings withMinRequests(int minimum) {
        return new ReferenceSettings(
                cluster,
                service,
                container,
                containerPort,
                desiredCount,
                repository,
                deploymentConfig,
                minimum,
                terminationWaitMinutes);
    }

    public ReferenceSettings withTerminationWaitMinutes(int minutes) {
        return new ReferenceSettings(
                cluster,
                service,
                container,
                containerPort,
                desiredCount,
                repository,
                deploymentConfig,
                minRequests,
                minutes);
    }
}
