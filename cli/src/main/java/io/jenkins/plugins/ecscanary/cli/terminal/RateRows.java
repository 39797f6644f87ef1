package io.jenkins.plugins.ecscanary.cli.terminal;

import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.CriterionView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.Judged;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.SideView;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** Both success rates beside the threshold. */
final class RateRows {

    private RateRows() {}

    static List<AttributedString> of(DeploymentView view, Look look) {
        List<AttributedString> rows = new ArrayList<>();
        CriterionView criterion = view.criterion();
        if (criterion == null) {
            return rows;
        }
        rows.add(rate("success", "original   ", view.original(), criterion, look));
        rows.add(rate("", "replacement", view.replacement(), criterion, look));
        return rows;
    }

    private static AttributedString rate(
            String label, String name, SideView side, CriterionView criterion, Look look) {
        Line line = Line.row(label).add(name + "  ");
        Judged judged = side == null ? null : side.judged();
        if (judged == null || judged.successRate() == null) {
            return line.add(Line.FAINT, "no requests yet").fit(look);
        }
        return line.add(style(judged), Figures.percent(judged.successRate()))
                .add(Line.FAINT, " " + words(judged, criterion))
                .add(Line.FAINT, look.dot() + Figures.count(judged.requests()) + " requests")
                .fit(look);
    }

    private static AttributedStyle style(Judged judged) {
        return switch (judged.state()) {
            case HEALTHY -> Line.GOOD;
            case UNHEALTHY -> Line.BAD;
            case TOO_FEW_REQUESTS, NO_DATA -> Line.ATTENTION;
        };
    }

    private static String words(Judged judged, CriterionView criterion) {
        String threshold = Figures.threshold(criterion.threshold());
        return switch (judged.state()) {
            case HEALTHY -> "of " + threshold + " wanted";
            case UNHEALTHY -> "below " + threshold;
            case TOO_FEW_REQUESTS -> "too few to judge by";
            case NO_DATA -> "no data";
        };
    }
}
