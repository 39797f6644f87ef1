package io.jenkins.plugins.ecscanary.progressview;

/** Puts foreign text into HTML so that it stays text. */
final class Markup {
    /** A picture for the browser's tab, so that none is asked for from the server. */
    static final String ICON = "<link rel=\"icon\" href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' "
            + "viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%230b62c4'/%3E%3Cpath d='M3 11h3V8h3V5h4' "
            + "fill='none' stroke='white' stroke-width='2'/%3E%3C/svg%3E\">";

    private Markup() {}

    /** Escapes text for the content of an element and for a quoted attribute. */
    static String text(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /**
     * Escapes JSON for the inside of a script element, where {@code </script} would end it and {@code <!--} change how
     * the rest is read. In JSON these characters stand in strings only, where an escape means the same; so do U+2028
     * and U+2029, and halves of surrogate pairs, which have no encoding in UTF-8.
     *
     * @see <a href="https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements">
     *     HTML, restrictions for contents of script elements</a>
     */
    static String json(String json) {
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < json.length() && Character.isLowSurrogate(json.charAt(i + 1))) {
                escaped.append(c).append(json.charAt(++i));
            } else if (c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
