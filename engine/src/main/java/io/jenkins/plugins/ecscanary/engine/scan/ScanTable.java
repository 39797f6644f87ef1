package io.jenkins.plugins.ecscanary.engine.scan;

import io.jenkins.plugins.ecscanary.engine.scan.WaiverNote.WaiverUse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A result as lines of text, for a terminal or a log: the verdict, what was found by severity, the findings that count, what was
 * waived, what became of waivers. Whatever names there are in it, a line stays a line and has no control characters.
 */
public final class ScanTable {

    private static final int LEAST_WIDTH = 40;
    private static final int LONGEST_ID = 24;
    private static final int LONGEST_VERSION = 18;
    private static final int LONGEST_SUBJECT = 32;
    private static final int LONGEST_OWNER = 20;

    private final ScanResult result;
    private final int width;
    private final int most;
    private final List<String> lines = new ArrayList<>();

    private ScanTable(ScanResult result, int width, int most) {
        this.result = result;
        this.width = Math.max(LEAST_WIDTH, width);
        this.most = most;
    }

    /**
     * @param width of a line in characters; below {@value #LEAST_WIDTH} it is that
     * @param most findings that are listed, and as many waived ones
     */
    public static List<String> lines(ScanResult result, int width, int most) {
        ScanTable table = new ScanTable(result, width, most);
        table.head();
        if (result.verdict() != ScanVerdict.CLOSED) {
            table.counts();
            table.findings();
            table.waivers();
        }
        result.notices().forEach(notice -> table.wrapped("note: " + notice));
        return List.copyOf(table.lines);
    }

    private void head() {
        wrapped(result.verdict() + ": " + result.cause());
        ScanSubject subject = result.subject();
        add("scanned  " + subject.artifactName() + (subject.platform() == null ? "" : " (" + subject.platform() + ")"));
        if (subject.imageId() != null) {
            add("image    " + subject.imageId());
        }
        add("by       " + result.scanner() + ", "
                + (result.scannedAt() == null ? "judged " + result.at() : result.scannedAt()));
        if (result.lookedFor() != null) {
            add("for      " + Scanner.words(result.lookedFor()));
        }
    }

    private void counts() {
        lines.add("");
        row("severity", "count", "accepted", "waived", "other");
        Map<Severity, Integer> waived = result.count(Standing.WAIVED);
        Map<Severity, Integer> other = new EnumMap<>(Severity.class);
        for (Standing standing : List.of(Standing.BELOW, Standing.UNFIXED, Standing.KNOWN)) {
            result.count(standing).forEach((severity, count) -> other.merge(severity, count, Integer::sum));
        }
        for (int i = Severity.values().length - 1; i >= 0; i--) {
            Severity severity = Severity.values()[i];
            Limit limit = result.policy().limits().get(severity);
            row(
                    severity.name(),
                    limit == null ? "-" : Integer.toString(result.counted().getOrDefault(severity, 0)),
                    limit == null ? "any" : Integer.toString(limit.atMost()),
                    Integer.toString(waived.getOrDefault(severity, 0)),
                    Integer.toString(other.getOrDefault(severity, 0)));
        }
    }

    private void row(String severity, String... cells) {
        StringBuilder row = new StringBuilder(pad(severity, 8));
        for (String cell : cells) {
            row.append("  ").append(" ".repeat(Math.max(0, 8 - cell.length()))).append(cell);
        }
        add(row.toString());
    }

    private void findings() {
        List<Judged> counted = with(Standing.COUNTED);
        if (counted.isEmpty()) {
            return;
        }
        lines.add("");
        list(counted);
        more(counted.size() + omittedCounted(counted.size()));
    }

    /** In columns that are as wide as what is listed needs. */
    private void list(List<Judged> rows) {
        List<Judged> listed = rows.subList(0, Math.min(most, rows.size()));
        int ids = widest(listed, Finding::id, LONGEST_ID);
        int subjects = widest(listed, Finding::subject, LONGEST_SUBJECT);
        for (Judged judged : listed) {
            Finding finding = judged.finding();
            add((judged.isNew() ? "+ " : "  ")
                    + pad(finding.severity().name(), 8)
                    + "  " + pad(Printable.line(finding.id(), LONGEST_ID), ids)
                    + "  " + pad(Printable.line(finding.subject(), LONGEST_SUBJECT), subjects)
                    + "  " + waiver(judged) + detail(finding));
        }
    }

    private static int widest(List<Judged> rows, Function<Finding, String> text, int most) {
        return rows.stream()
                .mapToInt(row -> Printable.line(text.apply(row.finding()), most).length())
                .max()
                .orElse(0);
    }

    private static String waiver(Judged judged) {
        return judged.waiver() == null
                ? ""
                : "until " + judged.waiver().expires() + " by "
                        + Printable.line(judged.waiver().owner(), LONGEST_OWNER) + "  ";
    }

    /** Those that count come first, so that what a stored result has no more of may count as well. */
    private int omittedCounted(int listed) {
        int all = result.counted().values().stream().mapToInt(Integer::intValue).sum();
        return Math.max(0, all - listed);
    }

    private void more(int all) {
        if (all > most) {
            add("… and " + (all - most) + " more");
        }
    }

    private static String detail(Finding finding) {
        if (finding instanceof Vulnerability found) {
            String installed = Printable.line(found.installedVersion(), LONGEST_VERSION);
            return installed
                    + (found.fixedVersion() == null
                            ? " no fix"
                            : " -> " + Printable.line(found.fixedVersion(), LONGEST_VERSION))
                    + "  " + found.title();
        }
        if (finding instanceof Misconfiguration found) {
            return found.target() + (found.line() > 0 ? ":" + found.line() : "") + "  " + found.title();
        }
        if (finding instanceof ExposedSecret found) {
            return found.title() + (found.startLine() > 0 ? ", line " + found.startLine() : "");
        }
        return finding.title() + " license";
    }

    private void waivers() {
        List<Judged> waived = with(Standing.WAIVED);
        if (!waived.isEmpty()) {
            lines.add("");
            add("waived:");
            list(waived);
            more(waived.size());
        }
        notes(WaiverUse.EXPIRED, "waivers that have expired");
        notes(WaiverUse.UNUSED, "waivers that nothing needs any more");
    }

    private void notes(WaiverUse use, String title) {
        List<String> notes = result.waiverNotes().stream()
                .filter(note -> note.use() == use)
                .map(note -> note.waiver().id()
                        + (note.waiver().packageName() == null
                                ? ""
                                : " in " + note.waiver().packageName()) + " (line "
                        + note.waiver().line() + ", until " + note.waiver().expires() + ")")
                .toList();
        if (!notes.isEmpty()) {
            wrapped(title + ": " + notes.stream().limit(most).collect(Collectors.joining(", "))
                    + (notes.size() > most ? " and " + (notes.size() - most) + " more" : ""));
        }
    }

    private List<Judged> with(Standing standing) {
        return result.findings().stream()
                .filter(judged -> judged.standing() == standing)
                .toList();
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    private void add(String line) {
        lines.add(Printable.line(line.stripTrailing(), width));
    }

    /** What should be read whole, on as many lines as it takes. */
    private void wrapped(String text) {
        String rest = Printable.line(text, 4000);
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int cut = Character.isHighSurrogate(rest.charAt(width - 1)) ? width - 1 : width;
            int end = blank > width / 2 ? blank : cut;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = "  " + rest.substring(end).strip();
        }
        lines.add(rest);
    }
}
