package io.jenkins.plugins.ecscanary.cli.terminal;

import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.Next;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.PlanView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.StepView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** The plan with the step it is at, milestones in brackets, and the time to what comes next. */
final class StepRows {

    private StepRows() {}

    static List<AttributedString> of(DeploymentView view, Instant now, Look look) {
        List<AttributedString> rows = new ArrayList<>();
        PlanView plan = view.plan();
        if (plan != null) {
            if (plan.label() != null) {
                rows.addAll(new Flow("plan", look.dot(), look)
                        .item(plan.label())
                        .when(plan.config() != null, plan.config())
                        .rows());
            }
            rows.addAll(steps(plan, look));
        }
        if (view.next() != null && !view.ended()) {
            rows.add(next(view.next(), now, look));
        }
        return rows;
    }

    private static List<AttributedString> steps(PlanView plan, Look look) {
        if (plan.steps() == null || plan.steps().isEmpty()) {
            return List.of();
        }
        Flow flow = new Flow("steps", " ", look);
        plan.steps().forEach(step -> flow.item(style(step), text(step, plan, look)));
        return flow.rows();
    }

    private static String text(StepView step, PlanView plan, Look look) {
        boolean milestone = plan.milestones() != null && plan.milestones().contains(step.weight());
        String mark =
                switch (step.state()) {
                    case DONE -> look.done();
                    case CURRENT -> look.current();
                    case SKIPPED -> "-";
                    case TODO -> "";
                };
        return mark + (milestone ? "[" + step.weight() + "]" : String.valueOf(step.weight()));
    }

    private static AttributedStyle style(StepView step) {
        return switch (step.state()) {
            case DONE -> Line.GOOD;
            case CURRENT -> Line.BOLD;
            case SKIPPED, TODO -> Line.FAINT;
        };
    }

    private static AttributedString next(Next next, Instant now, Look look) {
        Line line = Line.row("next").add(next.what());
        if (next.dueAt() != null) {
            Duration left = Duration.between(now, next.dueAt());
            if (left.isNegative() || left.isZero()) {
                line.add(", due since ").add(Line.BOLD, Figures.span(left.negated()));
            } else {
                line.add(" in ").add(Line.BOLD, Figures.span(left));
            }
        }
        return line.fit(look);
    }
}
