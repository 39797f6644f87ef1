package io.jenkins.plugins.ecscanary.engine.taskdef;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts a template's text into pieces, knowing which of it is inside a JSON string. */
final class TemplateParser {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final String text;
    private final List<Piece> pieces = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int literalFrom;
    private boolean inString;

    TemplateParser(String text) {
        this.text = text;
    }

    /** A piece and where it starts in the template. */
    sealed interface Piece {
        int offset();
    }

    record Literal(int offset, String text) implements Piece {}

    /** @param inString whether it stands within quotes */
    record Placeholder(int offset, String name, boolean inString) implements Piece {}

    record Problem(int offset, String what) {}

    /** The pieces, without what is among the {@link #problems}. */
    List<Piece> pieces() {
        int at = 0;
        while (at < text.length()) {
            at = step(at);
        }
        endLiteral(at);
        return List.copyOf(pieces);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    private int step(int at) {
        if (text.startsWith("$${", at)) {
            endLiteral(at);
            literal.append("${");
            endLiteral(at + 3);
            return at + 3;
        }
        if (text.startsWith("${", at)) {
            return placeholder(at);
        }
        char c = text.charAt(at);
        literal.append(c);
        if (inString && c == '\\' && at + 1 < text.length()) {
            literal.append(text.charAt(at + 1));
            return at + 2;
        }
        if (c == '"') {
            inString = !inString;
        }
        return at + 1;
    }

    private int placeholder(int at) {
        endLiteral(at);
        int end = at + 2;
        while (end < text.length() && "}\"\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        boolean closed = end < text.length() && text.charAt(end) == '}';
        String name = text.substring(at + 2, end);
        if (!closed) {
            problems.add(
                    new Problem(at, "\"${" + name + "\" is not closed; write ${NAME}, or $${ for the characters ${"));
            literalFrom = end;
            return end;
        }
        if (NAME.matcher(name).matches()) {
            pieces.add(new Placeholder(at, name, inString));
        } else {
            problems.add(new Problem(
                    at,
                    "\"${" + name + "}\" is no placeholder; a name has letters, digits and _, and $${ stands for the"
                            + " characters ${"));
        }
        literalFrom = end + 1;
        return end + 1;
    }

    private void endLiteral(int next) {
        if (!literal.isEmpty()) {
            pieces.add(new Literal(literalFrom, literal.toString()));
            literal.setLength(0);
        }
        literalFrom = next;
    }
}
