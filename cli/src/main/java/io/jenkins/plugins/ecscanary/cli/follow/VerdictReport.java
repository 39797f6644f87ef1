package io.jenkins.plugins.ecscanary.cli.follow;

import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.cli.terminal.CleanText;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.util.List;
import java.util.Locale;

/** The last word: promoted on standard output, anything else as one message on standard error. */
final class VerdictReport {

    private final Surroundings surroundings;
    private final boolean outIsForEvents;

    VerdictReport(Surroundings surroundings, boolean outIsForEvents) {
        this.surroundings = surroundings;
        this.outIsForEvents = outIsForEvents;
    }

    void tell(DeploymentView view, Follower.End end) {
        if (end.failure() != null) {
            complain("following broke off: " + end.failure() + "; AWS goes on by itself");
        } else if (end.verdict() == null) {
            return; // left: said when it was
        } else if (end.verdict().outcome() == Outcome.PROMOTED) {
            if (outIsForEvents) {
                surroundings.console().err(text(view));
            } else {
                surroundings.console().out(text(view));
            }
        } else {
            complain(text(view));
        }
    }

    private void complain(String message) {
        surroundings.console().err("ecs-canary: " + CleanText.of(message));
    }

    private static String text(DeploymentView view) {
        String outcome =
                view.verdict().outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        List<String> refused = view.checks().stream()
                .filter(check -> check.outcome() == CheckOutcome.REFUSED)
                .map(VerdictReport::sentence)
                .toList();
        String cause = view.verdict().outcome() == Outcome.REFUSED && !refused.isEmpty()
                ? String.join("; ", refused)
                : view.verdict().cause();
        String deployment = view.deploymentId() == null ? "" : " (" + view.deploymentId() + ")";
        String provisionally = view.verdict().provisional() ? ", provisionally" : "";
        return CleanText.of(outcome + provisionally + deployment + ": " + cause);
    }

    private static String sentence(Check check) {
        return check.remedy() == null ? check.detail() : check.detail() + " (" + check.remedy() + ")";
    }
}
