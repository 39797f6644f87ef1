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
        rows.addAll(rate("success", "original", view.original(), criterion, look));
        rows.addAll(rate("", "replacement", view.replacement(), criterion, look));
        return rows;
    }

    private static List<AttributedString> rate(
            String label, String name, SideView side, CriterionView criterion, Look look) {
        Flow flow = new Flow(label, look.dot(), look);
        Judged judged = side == null ? null : side.judged();
        if (judged == null || judged.successRate() == null) {
            return flow.item(name).item(Line.FAINT, "no requests yet").rows();
        }
        return flow.item(style(judged), name + " " + Figures.percent(judged.successRate()))
                .item(words(judged, criterion))
                .item(Line.FAINT, Figures.count(judged.requests()) + " requests")
                .rows();
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
            case HEALTHY -> "wanted " + threshold;
            case UNHEALTHY -> "below " + threshold;
            case TOO_FEW_REQUESTS -> "too few to judge by";
            case NO_DATA -> "no data";
        };
    }
}
