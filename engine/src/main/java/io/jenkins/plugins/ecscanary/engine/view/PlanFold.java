package io.jenkins.plugins.ecscanary.engine.view;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.Next;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.PlanView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.StepState;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.StepView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The traffic plan and how far along it the weights are. */
final class PlanFold {

    private TrafficPlan traffic;
    private String config;
    private List<Integer> milestones = List.of();
    private final List<Instant> reached = new ArrayList<>();
    private boolean stopped;
    private boolean finished;

    void plan(TrafficPlan plan, String configName) {
        config = configName == null ? config : configName;
        if (plan != null && !plan.equals(traffic)) {
            traffic = plan;
            reached.clear();
            plan.steps().forEach(step -> reached.add(null));
        }
    }

    void milestones(List<Integer> weights) {
        milestones = List.copyOf(weights);
    }

    /** A weight of the replacement was seen: every step up to it has been reached. */
    void reached(int weight, Instant at) {
        if (traffic == null) {
            return;
        }
        for (int i = 0; i < reached.size(); i++) {
            if (reached.get(i) == null && traffic.steps().get(i).weight() <= weight) {
                reached.set(i, at);
            }
        }
    }

    void stop() {
        stopped = true;
    }

    void end(Outcome outcome) {
        finished = outcome == Outcome.PROMOTED || outcome == Outcome.INCONCLUSIVE;
        stopped = !finished;
    }

    /** The next shift, one hold after the last; null after the last step. */
    Next next() {
        int current = current();
        if (traffic == null || current < 0 || current + 1 >= reached.size()) {
            return null;
        }
        int weight = traffic.steps().get(current + 1).weight();
        Instant due = reached.get(current).plus(traffic.steps().get(current).hold());
        return new Next("shift to " + weight + " %", weight, due);
    }

    PlanView view() {
        if (traffic == null) {
            return new PlanView(config == null ? "AWS's own" : config, config, List.of(), milestones);
        }
        List<StepView> steps = new ArrayList<>();
        for (int i = 0; i < reached.size(); i++) {
            TrafficPlan.Step step = traffic.steps().get(i);
            steps.add(new StepView(step.weight(), step.hold().toSeconds(), state(i), reached.get(i)));
        }
        return new PlanView(traffic.label(), config, List.copyOf(steps), milestones);
    }

    private StepState state(int index) {
        if (reached.get(index) == null) {
            return stopped ? StepState.SKIPPED : StepState.TODO;
        }
        return index == current() && !stopped && !finished ? StepState.CURRENT : StepState.DONE;
    }

    private int current() {
        int current = -1;
        for (int i = 0; i < reached.size(); i++) {
            current = reached.get(i) == null ? current : i;
        }
        return current;
    }
}
