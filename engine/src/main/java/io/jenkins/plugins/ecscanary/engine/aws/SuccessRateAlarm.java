package io.jenkins.plugins.ecscanary.engine.aws;

import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * An alarm that goes red when a target group's success rate is below the criterion's for too many of its periods. A period with
 * too few requests, or without any metrics, is no evidence either way and does not count against it.
 *
 * @param name of the alarm
 * @param loadBalancer as a metric's dimension has it: {@code app/<name>/<id>}
 * @param targetGroup as a metric's dimension has it: {@code targetgroup/<name>/<id>}
 */
public record SuccessRateAlarm(String name, String loadBalancer, String targetGroup, Criterion criterion) {

    public SuccessRateAlarm {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(loadBalancer, "loadBalancer");
        Objects.requireNonNull(targetGroup, "targetGroup");
        Objects.requireNonNull(criterion, "criterion");
    }

    /**
     * The alarm for a target group of a service.
     *
     * @param targetGroupName as AWS lists it, without its ARN
     */
    public static SuccessRateAlarm of(
            String service, String targetGroupName, String targetGroupArn, String loadBalancer, Criterion criterion) {
        return new SuccessRateAlarm(
                service + "-" + targetGroupName + "-success-rate",
                loadBalancer,
                targetGroupArn.substring(targetGroupArn.lastIndexOf(':') + 1),
                criterion);
    }

    /**
     * 100 % less the share of 5xx answers and failed connections. RequestCount ({@code req}) is not filled: a minute whose
     * metrics are not there yet must be missing, not healthy. One request is the least to divide by.
     */
    public String expression() {
        return "IF(req >= " + Math.max(1, criterion.minRequests())
                + ", 100*(1-(FILL(t5xx,0)+FILL(connErr,0))/req), 100)";
    }

    /** How many periods are looked at: one more than may be bad, since the newest may not be complete yet. */
    public int evaluationPeriods() {
        return criterion.datapoints() + 1;
    }

    /** For people. */
    public String description() {
        return "red if the success rate of " + targetGroup + " is below "
                + BigDecimal.valueOf(criterion.threshold()).stripTrailingZeros().toPlainString() + " % in "
                + criterion.datapoints() + " of " + evaluationPeriods() + " periods of "
                + criterion.period().toSeconds() + " s with at least " + Math.max(1, criterion.minRequests())
                + " requests";
    }
}
