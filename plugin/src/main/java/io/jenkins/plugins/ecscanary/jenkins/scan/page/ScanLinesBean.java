package io.jenkins.plugins.ecscanary.jenkins.scan.page;

import io.jenkins.plugins.ecscanary.jenkins.scan.ScanLine;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A job's scans, in {@code api/json}. */
@ExportedBean(defaultVisibility = 2)
public final class ScanLinesBean {

    /** Newest first. */
    @Exported(inline = true)
    public final List<Line> scans;

    ScanLinesBean(List<ScanLine> lines) {
        scans = lines.stream().map(Line::new).toList();
    }

    /** A scan in few words. */
    @ExportedBean(defaultVisibility = 2)
    public static final class Line {

        @Exported
        public final int build;

        @Exported
        public final String id;

        /** What was scanned, without a version. */
        @Exported
        public final String name;

        @Exported
        public final String verdict;

        /** ISO 8601. */
        @Exported
        public final String at;

        /** How many findings were not waived, by severity. */
        @Exported
        public final Map<String, Integer> open;

        @Exported
        public final int waived;

        @Exported
        public final int fresh;

        private Line(ScanLine line) {
            build = line.build();
            id = line.id();
            name = line.name();
            verdict = line.verdict().name();
            at = line.at().toString();
            open = new TreeMap<>();
            line.open().forEach((severity, count) -> open.put(severity.name(), count));
            waived = line.waived();
            fresh = line.fresh();
        }
    }
}
