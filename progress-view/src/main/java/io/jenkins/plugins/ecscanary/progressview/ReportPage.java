package io.jenkins.plugins.ecscanary.progressview;

import java.util.List;
import java.util.Objects;

/**
 * A report on deployments in one HTML file, which opens from disk: script, stylesheet and documents are inside it. Its
 * policy allows exactly that script and that stylesheet, by their hashes.
 *
 * @param title plain text
 * @param introduction plain text, its line breaks kept; may be empty
 * @param sections what it shows, in this order; at least one
 */
public record ReportPage(String title, String introduction, List<Section> sections) {

    /**
     * One deployment.
     *
     * @param heading plain text
     * @param viewDocument its view document, JSON (docs/view-document.md)
     * @param replayDocument the document of its frames, JSON, or null where it can't be watched again
     */
    public record Section(String heading, String viewDocument, String replayDocument) {
        /** A deployment that can't be watched again. */
        public Section(String heading, String viewDocument) {
            this(heading, viewDocument, null);
        }

        public Section {
            requireText("the heading of a section of the report", heading);
            requireText("the view document of the section “" + heading + "” of the report", viewDocument);
        }
    }

    /** @throws IllegalArgumentException where the title is blank or there is nothing to show */
    public ReportPage {
        requireText("the title of the report", title);
        Objects.requireNonNull(introduction, "introduction");
        sections = List.copyOf(sections);
        if (sections.isEmpty()) {
            throw new IllegalArgumentException("a report needs at least one section");
        }
    }

    /** The whole file, to be written as UTF-8. */
    public String html() {
        StringBuilder page = new StringBuilder(ProgressView.SCRIPT.text().length() * 2);
        // No format string here: the script and the stylesheet have their own per cent signs.
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(policy())
                .append("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(Markup.text(title))
                .append("</title>\n")
                .append(Markup.ICON)
                .append("\n<style>")
                .append(ProgressView.STYLESHEET.text())
                .append("</style>\n</head>\n<body class=\"cp-page\">\n<main>\n<h1 class=\"cp-page-title\">")
                .append(Markup.text(title))
                .append("</h1>\n");
        if (!introduction.isBlank()) {
            page.append("<p class=\"cp-page-introduction\">")
                    .append(Markup.text(introduction))
                    .append("</p>\n");
        }
        if (sections.size() > 1) {
            contents(page);
        }
        for (int i = 0; i < sections.size(); i++) {
            section(page, i + 1, sections.get(i));
        }
        return page.append("</main>\n<noscript>This page needs JavaScript.</noscript>\n<script>")
                .append(ProgressView.SCRIPT.text())
                .append("</script>\n</body>\n</html>\n")
                .toString();
    }

    private static String policy() {
        return "default-src 'none'; script-src " + ProgressView.SCRIPT.cspSource() + "; style-src "
                + ProgressView.STYLESHEET.cspSource() + "; img-src data:; base-uri 'none'; form-action 'none'";
    }

    private void contents(StringBuilder page) {
        page.append("<ol class=\"cp-page-contents\">\n");
        for (int i = 0; i < sections.size(); i++) {
            page.append("<li><a href=\"#section-")
                    .append(i + 1)
                    .append("\">")
                    .append(Markup.text(sections.get(i).heading()))
                    .append("</a></li>\n");
        }
        page.append("</ol>\n");
    }

    private static void section(StringBuilder page, int number, Section section) {
        page.append("<section class=\"cp-page-section\" id=\"section-")
                .append(number)
                .append("\">\n<h2 class=\"cp-page-heading\">")
                .append(Markup.text(section.heading()))
                .append("</h2>\n");
        embed(page, "view-" + number, section.viewDocument());
        String replay = "";
        if (section.replayDocument() != null) {
            embed(page, "replay-" + number, section.replayDocument());
            replay = " replay-data=\"replay-" + number + "\"";
        }
        page.append("<canary-progress data=\"view-")
                .append(number)
                .append('"')
                .append(replay)
                .append("></canary-progress>\n</section>\n");
    }

    private static void embed(StringBuilder page, String id, String json) {
        page.append("<script type=\"application/json\" id=\"")
                .append(id)
                .append("\">")
                .append(Markup.json(json))
                .append("</script>\n");
    }

    private static void requireText(String what, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(what + " is missing");
        }
    }
}
