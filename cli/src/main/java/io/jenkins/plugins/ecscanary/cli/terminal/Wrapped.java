package io.jenkins.plugins.ecscanary.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.WCWidth;

/** A sentence over several lines, broken at spaces, in the value column of a row. */
final class Wrapped {

    private Wrapped() {}

    static List<AttributedString> row(String label, AttributedStyle style, String sentence, Look look) {
        List<AttributedString> lines = new ArrayList<>();
        for (String part : parts(CleanText.of(sentence), look.width() - Line.INDENT)) {
            lines.add(Line.row(lines.isEmpty() ? label : "").add(style, part).fit(look));
        }
        return lines;
    }

    private static List<String> parts(String sentence, int width) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (String word : sentence.split(" +")) {
            if (!part.isEmpty() && columns(part) + 1 + columns(word) > width) {
                parts.add(part.toString());
                part.setLength(0);
            }
            part.append(part.isEmpty() ? "" : " ").append(word);
        }
        parts.add(part.toString());
        return parts;
    }

    private static int columns(CharSequence text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }
}
