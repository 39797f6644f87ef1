package io.jenkins.plugins.ecscanary.cli.terminal;

import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.SideView;
import java.util.ArrayList;
import java.util.List;
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

        rows.addAll(facts(view, look));
        if (view.targets() != null && !view.targets().reasons().isEmpty()) {
            String reasons = String.join("; ", view.targets().reasons());
            rows.addAll(Flow.sentence("", Line.ATTENTION, reasons, look));
        }
        return rows;
    }

    private static List<AttributedString> facts(SideView view, Look look) {
        Flow facts = new Flow("", look.dot(), look);
        facts.item(Line.BOLD, view.taskDefinition() == null ? "not named yet" : view.taskDefinition());
        facts.when(view.targetGroup() != null, view.targetGroup());
        if (view.tasks() != null) {
            int pending = view.tasks().pending();
            facts.item(view.tasks().running() + "/" + view.tasks().desired() + " tasks"
                    + (pending > 0 ? " (" + pending + " pending)" : ""));
        }
        if (view.targets() != null && view.targets().total() > 0) {
            int healthy = view.targets().healthy();
            int total = view.targets().total();
            facts.item(healthy == total ? Line.GOOD : Line.ATTENTION, healthy + "/" + total + " healthy");
        }
        return facts.when(view.image() != null, view.image()).rows();
    }
}
