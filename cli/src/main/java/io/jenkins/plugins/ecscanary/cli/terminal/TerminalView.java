package io.jenkins.plugins.ecscanary.cli.terminal;

import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** A deployment as lines of text, none wider than the terminal. Pure: the same view, time and look give the same lines. */
public final class TerminalView {

    private static final int LOG_LINES = 6;

    private final Look look;
    private final ZoneId zone;

    /** @param zone of the times shown */
    public TerminalView(Look look, ZoneId zone) {
        this.look = look;
        this.zone = zone;
    }

    /** @param now AWS's present, for countdowns */
    public List<AttributedString> lines(DeploymentView view, Instant now) {
        List<AttributedString> lines = new ArrayList<>();
        header(view, now, lines);
        lines.add(AttributedString.EMPTY);
        lines.addAll(SideRows.of(Side.ORIGINAL, view.original(), look));
        lines.addAll(SideRows.of(Side.REPLACEMENT, view.replacement(), look));
        lines.add(AttributedString.EMPTY);
        lines.addAll(StepRows.of(view, now, look));
        lines.addAll(RateRows.of(view, look));
        lines.addAll(NoticeRows.of(view, look));
        if (view.verdict() != null) {
            lines.add(AttributedString.EMPTY);
            verdict(view.verdict(), lines);
        }
        log(view, lines);
        return lines;
    }

    private void header(DeploymentView view, Instant now, List<AttributedString> lines) {
        Line first = new Line();
        if (view.service() == null) {
            first.add(Line.BOLD, "deployment");
        } else {
            first.add(Line.BOLD, view.service().cluster() + "/" + view.service().service());
            first.add(
                    Line.FAINT,
                    " in " + view.service().region() + " (" + view.service().account() + ")");
        }
        first.when(view.deploymentId() != null, "  " + view.deploymentId());
        lines.add(first.fit(look));

        Line second = new Line();
        second.add(
                phaseStyle(view),
                view.phase() == null ? "PLANNING" : view.phase().name().replace('_', ' '));
        if (view.startedAt() != null) {
            Instant until = view.endedAt() == null ? now : view.endedAt();
            second.add("  " + Figures.span(Duration.between(view.startedAt(), until)));
        }
        second.when(view.speed() > 1, "  (time " + look.times() + Figures.factor(view.speed()) + ")");
        second.when(view.kind() != null, look.dot() + view.kind());
        second.when(view.redeployOf() != null, " of " + view.redeployOf());
        second.when(view.startedBy() != null, " by " + view.startedBy());
        lines.add(second.fit(look));
    }

    private static AttributedStyle phaseStyle(DeploymentView view) {
        return view.phase() == DeploymentView.Phase.ROLLING_BACK ? Line.BAD : Line.BOLD;
    }

    private void verdict(Verdict verdict, List<AttributedString> lines) {
        AttributedStyle style =
                switch (verdict.outcome()) {
                    case PROMOTED -> Line.GOOD.bold();
                    case ROLLED_BACK, INCONCLUSIVE, ABORTED -> Line.ATTENTION.bold();
                    case ROLLBACK_FAILED, REFUSED, UNKNOWN -> Line.BAD;
                };
        Line line = Line.row("verdict").add(style, verdict.outcome().name().replace('_', ' '));
        line.when(verdict.provisional(), " (provisional)");
        if (verdict.originalWeight() != null && verdict.replacementWeight() != null) {
            line.add(Line.FAINT, look.dot() + "weights read back ");
            line.add(verdict.originalWeight() + "/" + verdict.replacementWeight());
        }
        lines.add(line.fit(look));
        if (verdict.cause() != null) {
            lines.addAll(Flow.sentence("", AttributedStyle.DEFAULT, verdict.cause(), look));
        }
    }

    private void log(DeploymentView view, List<AttributedString> lines) {
        if (view.log() == null || view.log().isEmpty()) {
            return;
        }
        lines.add(AttributedString.EMPTY);
        int size = view.log().size();
        for (LogLine entry : view.log().subList(Math.max(0, size - LOG_LINES), size)) {
            AttributedStyle style =
                    switch (entry.level()) {
                        case INFO -> AttributedStyle.DEFAULT;
                        case WARN -> Line.ATTENTION;
                        case ERROR -> Line.BAD;
                    };
            lines.add(new Line()
                    .add(Line.FAINT, " " + Figures.clock(entry.at(), zone) + "  ")
                    .add(style, entry.text())
                    .fit(look));
        }
    }
}
