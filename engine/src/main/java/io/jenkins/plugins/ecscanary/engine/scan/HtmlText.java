package io.jenkins.plugins.ecscanary.engine.scan;

import java.io.IOException;

/** HTML, written so that no text can become anything else than text. */
final class HtmlText {

    private static final int LONGEST = 2000;

    private final Appendable out;

    HtmlText(Appendable out) {
        this.out = out;
    }

    /** Markup of our own. */
    HtmlText markup(String html) throws IOException {
        out.append(html);
        return this;
    }

    /** Anything; what a terminal would act on is written as escapes here as well. */
    HtmlText text(String text) throws IOException {
        String line = Printable.line(text, LONGEST);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return this;
    }

    /** A link if the address is one that may be one, else the text alone. */
    HtmlText link(String address, String text) throws IOException {
        String href = WebAddress.link(address);
        if (href == null) {
            return text(text);
        }
        return markup("<a rel=\"noopener noreferrer\" href=\"")
                .text(href)
                .markup("\">")
                .text(text)
                .markup("</a>");
    }

    HtmlText element(String tag, String text) throws IOException {
        return markup("<" + tag + ">").text(text).markup("</" + tag + ">");
    }
}
