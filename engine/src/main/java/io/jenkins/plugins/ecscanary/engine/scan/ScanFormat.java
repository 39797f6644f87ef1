package io.jenkins.plugins.ecscanary.engine.scan;

import io.jenkins.plugins.ecscanary.engine.text.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What else than the result can be made of a scan. */
public enum ScanFormat {
    /** By the scanner: for code scanning. */
    SARIF("sarif"),
    /** By the scanner: the packages that were found, and their vulnerabilities. */
    CYCLONEDX("cdx.json"),
    /** By {@link HtmlReport}. */
    HTML("html");

    private final String extension;

    ScanFormat(String extension) {
        this.extension = extension;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of a file's name, without the dot before it. */
    public String extension() {
        return extension;
    }

    /** @throws IllegalArgumentException for any other word, naming those that there are */
    public static ScanFormat of(String word) {
        List<String> words = Arrays.stream(values()).map(ScanFormat::word).toList();
        String clean = Printable.line(word.strip().toLowerCase(Locale.ROOT), 40);
        for (ScanFormat format : values()) {
            if (format.word().equals(clean)) {
                return format;
            }
        }
        throw new IllegalArgumentException("'" + clean + "' is no format" + NearestName.hint(clean, words)
                + " (there are sarif, cyclonedx and html)");
    }
}
