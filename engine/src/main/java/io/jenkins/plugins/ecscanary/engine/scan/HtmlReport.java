package io.jenkins.plugins.ecscanary.engine.scan;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * A result as one HTML file that needs nothing else: no script, and no style but the one in it, which is all that its
 * Content-Security-Policy allows. To be archived and handed on.
 */
public final class HtmlReport {

    /** Rows of a table; a page with more is of no use to anybody. */
    private static final int MOST_ROWS = 2000;

    private final ScanResult result;
    private final HtmlText out;

    private HtmlReport(ScanResult result, Appendable out) {
        this.result = result;
        this.out = new HtmlText(out);
    }

    public static void write(ScanResult result, Appendable out) throws IOException {
        new HtmlReport(result, out).write();
    }

    private void write() throws IOException {
        head();
        verdict();
        about();
        if (result.verdict() != ScanVerdict.CLOSED) {
            tiles();
            counted();
            waived();
            waiverNotes();
            others();
            if (result.omitted() > 0) {
                out.element("p", result.omitted() + " more findings, the least important ones, were not kept.");
            }
        }
        out.markup("</main></body></html>\n");
    }

    private void head() throws IOException {
        String title = "Scan of " + result.subject().artifactName();
        out.markup("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .markup("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .text(HtmlStyle.POLICY)
                .markup("\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
                .markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .element("title", title)
                .markup("\n<style>" + HtmlStyle.CSS + "</style></head>\n<body><main>\n")
                .element("h1", title);
    }

    private void verdict() throws IOException {
        String word = result.verdict().name().toLowerCase(Locale.ROOT);
        out.markup("<p class=\"verdict " + word + "\">")
                .element("strong", verdictInWords())
                .markup(" ")
                .text(result.cause())
                .markup("</p>\n");
        if (!result.notices().isEmpty()) {
            out.markup("<ul class=\"quiet\">");
            for (String notice : result.notices()) {
                out.element("li", notice);
            }
            out.markup("</ul>\n");
        }
    }

    private String verdictInWords() {
        return switch (result.verdict()) {
            case PASSED -> "Passed.";
            case UNSTABLE -> "Unstable.";
            case FAILED -> "Failed.";
            case CLOSED -> "Could not be judged.";
        };
    }

    private void about() throws IOException {
        ScanSubject subject = result.subject();
        out.markup("<dl>");
        fact("Scanned", subject.artifactName());
        fact("Platform", subject.platform());
        fact("Image id", subject.imageId());
        for (String digest : subject.repoDigests()) {
            fact("In a registry", digest);
        }
        fact("Scanner", result.scanner());
        fact("Looked for", result.lookedFor() == null ? null : Scanner.words(result.lookedFor()));
        fact(
                "Scanned at",
                result.scannedAt() == null ? null : result.scannedAt().toString());
        fact("Judged at", result.at().toString());
        fact("For", result.origin());
        fact("New since", result.since());
        fact("Known from", knownFrom());
        out.markup("</dl>\n");
    }

    private String knownFrom() {
        return result.policy() != null && result.policy().onlyNew() ? result.baseline() : null;
    }

    private void fact(String name, String value) throws IOException {
        if (value != null) {
            out.element("dt", name).element("dd", value);
        }
    }

    private void tiles() throws IOException {
        out.markup("<ul class=\"tiles\">");
        for (int i = Severity.values().length - 1; i >= 0; i--) {
            Severity severity = Severity.values()[i];
            Limit limit = result.policy().limits().get(severity);
            long found = result.findings().stream()
                    .filter(judged -> judged.finding().severity() == severity)
                    .count();
            int counts = result.counted().getOrDefault(severity, 0);
            out.markup("<li class=\"" + css(severity) + "\">")
                    .element("span", severity.name())
                    .element("b", Long.toString(limit == null ? found : counts))
                    .element(
                            "small",
                            limit == null
                                    ? "no limit"
                                    : (limit.atMost() == 0
                                                    ? "none accepted"
                                                    : "at most " + limit.atMost() + " accepted")
                                            + (found > counts ? ", " + (found - counts) + " more don't count" : ""))
                    .markup("</li>");
        }
        out.markup("</ul>\n");
    }

    private void counted() throws IOException {
        List<Judged> counted = with(Standing.COUNTED);
        out.element("h2", "What counts");
        if (counted.isEmpty()) {
            out.element("p", "Nothing.");
        } else {
            table(counted, false);
        }
    }

    private void waived() throws IOException {
        List<Judged> waived = with(Standing.WAIVED);
        if (!waived.isEmpty()) {
            out.element("h2", "Waived");
            table(waived, true);
        }
    }

    private void waiverNotes() throws IOException {
        List<WaiverNote> notes = result.waiverNotes().stream()
                .filter(note -> note.use() != WaiverNote.WaiverUse.APPLIED)
                .toList();
        if (notes.isEmpty()) {
            return;
        }
        out.element("h2", "Waivers to look at")
                .markup("<div class=\"wide\"><table><thead><tr><th>Waiver</th><th>In</th><th>State</th><th>Until</th>"
                        + "<th>Owner</th><th>Reason</th></tr></thead><tbody>");
        for (WaiverNote note : notes.subList(0, Math.min(MOST_ROWS, notes.size()))) {
            Waiver waiver = note.waiver();
            out.markup("<tr>")
                    .element("td", waiver.id())
                    .element("td", waiver.packageName() == null ? "everything" : waiver.packageName())
                    .element("td", state(note))
                    .element("td", waiver.expires().toString())
                    .element("td", waiver.owner())
                    .element("td", waiver.reason())
                    .markup("</tr>\n");
        }
        out.markup("</tbody></table></div>\n");
    }

    private static String state(WaiverNote note) {
        return note.use() == WaiverNote.WaiverUse.UNUSED
                ? "nothing needs it any more"
                : "has expired, " + (note.findings() == 0 ? "nothing needs it" : note.findings() + " findings need it");
    }

    private void others() throws IOException {
        List<Judged> others = result.findings().stream()
                .filter(judged -> judged.standing() != Standing.COUNTED && judged.standing() != Standing.WAIVED)
                .toList();
        if (!others.isEmpty()) {
            out.markup("<details><summary>").text("What does not count (" + others.size() + ")");
            out.markup("</summary>");
            table(others, true);
            out.markup("</details>\n");
        }
    }

    private List<Judged> with(Standing standing) {
        return result.findings().stream()
                .filter(judged -> judged.standing() == standing)
                .toList();
    }

    private void table(List<Judged> rows, boolean why) throws IOException {
        out.markup("<div class=\"wide\"><table>");
        if (rows.size() > MOST_ROWS) {
            out.element("caption", "The first " + MOST_ROWS + " of " + rows.size() + ".");
        }
        out.markup(
                "<thead><tr><th>Severity</th><th>Finding</th><th>In</th><th>Installed</th><th>Fixed in</th><th>Where</th>"
                        + (why ? "<th>Why it does not count</th>" : "") + "</tr></thead><tbody>\n");
        for (Judged judged : rows.subList(0, Math.min(MOST_ROWS, rows.size()))) {
            row(judged, why);
        }
        out.markup("</tbody></table></div>\n");
    }

    private void row(Judged judged, boolean why) throws IOException {
        Finding finding = judged.finding();
        Vulnerability vulnerability = finding instanceof Vulnerability found ? found : null;
        out.markup("<tr><td class=\"severity " + css(finding.severity()) + "\">")
                .text(finding.severity().name())
                .markup("</td><td>")
                .link(finding.url(), finding.id());
        if (judged.isNew()) {
            out.markup(" <span class=\"new\">new</span>");
        }
        out.markup("<br><span class=\"quiet\">")
                .text(vulnerability == null ? finding.kind() + ": " + finding.title() : finding.title())
                .markup("</span></td>")
                .element("td", finding.subject())
                .element("td", vulnerability == null ? "" : vulnerability.installedVersion())
                .element("td", vulnerability == null ? "" : fix(vulnerability))
                .element("td", finding.target() + lines(finding));
        if (why) {
            out.element("td", why(judged));
        }
        out.markup("</tr>\n");
    }

    private static String fix(Vulnerability vulnerability) {
        if (vulnerability.fixedVersion() != null) {
            return vulnerability.fixedVersion();
        }
        return vulnerability.status() == null ? "none" : "none (" + vulnerability.status() + ")";
    }

    private static String lines(Finding finding) {
        if (finding instanceof ExposedSecret secret && secret.startLine() > 0) {
            return ", line " + secret.startLine();
        }
        return finding instanceof Misconfiguration found && found.line() > 0 ? ", line " + found.line() : "";
    }

    private static String why(Judged judged) {
        return switch (judged.standing()) {
            case COUNTED -> "";
            case KNOWN -> "it was there before";
            case UNFIXED -> "no version fixes it";
            case BELOW -> "its severity has no limit";
            case WAIVED ->
                judged.waiver() == null
                        ? "waived"
                        : judged.waiver().reason() + " (" + judged.waiver().owner() + ", until "
                                + judged.waiver().expires() + ")";
        };
    }

    private static String css(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
