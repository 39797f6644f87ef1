package io.jenkins.plugins.ecscanary.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.WCWidth;

/** Items one after the other in the value column of a row, continued on further lines where they don't fit. */
final class Flow {

    private final Look look;
    private final String separator;
    private final List<AttributedString> rows = new ArrayList<>();
    private Line line;
    private boolean empty = true;

    /** @param separator between items on one line */
    Flow(String label, String separator, Look look) {
        this.look = look;
        this.separator = separator;
        this.line = Line.row(label);
    }

    /** An item that is not broken. */
    Flow item(AttributedStyle style, String text) {
        String clean = CleanText.of(text);
        if (!empty && line.width() + columns(separator) + columns(clean) > look.width()) {
            rows.add(line.fit(look));
            line = Line.row("");
            empty = true;
        }
        if (!empty) {
            line.add(Line.FAINT, separator);
        }
        line.add(style, clean);
        empty = false;
        return this;
    }

    Flow item(String text) {
        return item(AttributedStyle.DEFAULT, text);
    }

    Flow when(boolean condition, String text) {
        return condition ? item(text) : this;
    }

    List<AttributedString> rows() {
        List<AttributedString> all = new ArrayList<>(rows);
        all.add(line.fit(look));
        return all;
    }

    /** A sentence, broken at its spaces. */
    static List<AttributedString> sentence(String label, AttributedStyle style, String sentence, Look look) {
        Flow flow = new Flow(label, " ", look);
        for (String word : CleanText.of(sentence).trim().split(" +")) {
            flow.item(style, word);
        }
        return flow.rows();
    }

    private static int columns(String text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }
}
