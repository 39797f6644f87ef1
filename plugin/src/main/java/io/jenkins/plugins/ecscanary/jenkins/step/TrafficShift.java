package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import java.io.Serializable;

/** How traffic is to move, as a Pipeline names it: {@code linear(…)}, {@code canary(…)}, {@code allAtOnce()} or {@code weights(…)}. */
public abstract class TrafficShift implements Describable<TrafficShift>, ExtensionPoint, Serializable {
    private static final long serialVersionUID = 1L;

    /** @throws IllegalArgumentException saying what is wrong with it */
    abstract TrafficPlan plan();
}
