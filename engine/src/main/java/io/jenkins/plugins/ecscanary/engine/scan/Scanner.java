package io.jenkins.plugins.ecscanary.engine.scan;

import io.jenkins.plugins.ecscanary.engine.text.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is looked for, in the words of Trivy's {@code --scanners}. */
public enum Scanner {
    VULN,
    SECRET,
    MISCONFIG,
    LICENSE;

    /** As Trivy writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Several of them for people, such as {@code vuln, secret}; what is not known is said to be so. */
    public static String words(List<Scanner> scanners) {
        return scanners == null
                ? "not recorded"
                : scanners.stream().map(Scanner::word).collect(Collectors.joining(", "));
    }

    /** @throws IllegalArgumentException for any other word, naming those that there are */
    public static Scanner of(String word) {
        List<String> words = Arrays.stream(values()).map(Scanner::word).toList();
        String clean = Printable.line(word.strip().toLowerCase(Locale.ROOT), 40);
        for (Scanner scanner : values()) {
            if (scanner.word().equals(clean)) {
                return scanner;
            }
        }
        throw new IllegalArgumentException("'" + clean + "' is no scanner" + NearestName.hint(clean, words)
                + " (there are vuln, secret, misconfig and license)");
    }
}
