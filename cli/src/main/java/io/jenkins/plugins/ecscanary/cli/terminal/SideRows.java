package io.jenkins.plugins.ecscanary.cli.terminal;

import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.SideView;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** A target group: a bar as long as its weight, and below it what runs there and how it is. */
final class SideRows {

    private static final int MAX_BAR = 40;
    private static final int PERCENT = 7;

    private SideRows() {}

    static List<AttributedString> of(Side side, SideView view, Look look) {
        List<AttributedString> rows = new ArrayList<>();
        AttributedStyle style = side == Side.ORIGINAL ? Line.ORIGINAL : Line.REPLACEMENT;
        Line bar = Line.row(side == Side.ORIGINAL ? "original" : "replacement");
        if (view == null) {
            rows.add(bar.add(Line.FAINT, "not known yet").fit(look));
            return rows;
        }
        int room = Math.min(MAX_BAR, look.width() - Line.INDENT - PERCENT);
        int weight = view.weight() == null ? 0 : Math.max(0, Math.min(100, view.weight()));
        int full = weight == 0 ? 0 : Math.max(1, weight * room / 100);
        bar.add(style, look.full().repeat(full)).add(Line.FAINT, look.empty().repeat(room - full));
        bar.add(Line.BOLD, String.format("%5s %%", view.weight() == null ? "?" : view.weight()));
        rows.add(bar.fit(look));

        Line facts = Line.row("");
        facts.add(Line.BOLD, view.taskDefinition() == null ? "not named yet" : view.taskDefinition());
        facts.when(view.targetGroup() != null, look.dot() + view.targetGroup());
        if (view.tasks() != null) {
            facts.add(look.dot() + view.tasks().running() + "/" + view.tasks().desired() + " tasks");
            facts.when(view.tasks().pending() > 0, " (" + view.tasks().pending() + " pending)");
        }
        if (view.targets() != null && view.targets().total() > 0) {
            boolean all = view.targets().healthy() == view.targets().total();
            facts.add(look.dot());
            facts.add(
                    all ? Line.GOOD : Line.ATTENTION,
                    view.targets().healthy() + "/" + view.targets().total() + " healthy");
        }
        facts.when(view.image() != null, look.dot() + shortImage(view.image()));
        rows.add(facts.fit(look));

        if (view.targets() != null && !view.targets().reasons().isEmpty()) {
            StringJoiner reasons = new StringJoiner("; ");
            view.targets().reasons().forEach(reasons::add);
            rows.addAll(Wrapped.row("", Line.ATTENTION, reasons.toString(), look));
        }
        return rows;
    }

    /** Without the registry's long host name. */
    private static String shortImage(String image) {
        return image.substring(image.lastIndexOf('/') + 1);
    }
}
