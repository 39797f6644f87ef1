package io.jenkins.plugins.ecscanary.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A report that is as large as the whole heap of the JVM that reads it; {@code bin/bench} does the same with a larger one. */
@Timeout(300)
class LargeReportTest {

    private static final int BYTES = 48_000_000;
    private static final String HEAP = "-Xmx48m";

    @TempDir
    private Path directory;

    @Test
    void aLargeReportFitsASmallHeap() throws Exception {
        Path report = directory.resolve("report.json");
        int findings = write(report);
        assertThat(Files.size(report)).isGreaterThan(BYTES);
        String result = "FAILED " + findings + " " + (findings - ScanResultJson.MOST_FINDINGS);
        assertThat(run("judge", report)).isEqualTo(result);
        assertThat(run("copy", report)).isEqualTo(result);
    }

    /** What is made to fill memory does not; the process says why and ends well. */
    @Test
    void aReportThatIsMadeToFillMemoryDoesNot() throws Exception {
        Path names = directory.resolve("names.json");
        try (Writer out = writer(names)) {
            out.write(
                    "{\"SchemaVersion\":2,\"ArtifactName\":\"a\",\"Metadata\":{\"ImageConfig\":{\"config\":{\"Labels\":{");
            for (int i = 0; i < 3_000_000; i++) {
                out.write((i == 0 ? "\"" : ",\"") + "label" + i + "\":1");
            }
            out.write("}}}}}");
        }
        assertThat(run("judge", names)).isEqualTo("PASSED 0 0");

        Path number = directory.resolve("number.json");
        try (Writer out = writer(number)) {
            out.write("{\"SchemaVersion\":2,\"ArtifactName\":\"a\",\"Size\":");
            for (int i = 0; i < 30_000_000; i++) {
                out.write('7');
            }
            out.write("}");
        }
        assertThat(run("judge", number)).startsWith("unreadable ").contains("longer than any report needs");

        Path text = directory.resolve("text.json");
        try (Writer out = writer(text)) {
            out.write("{\"SchemaVersion\":2,\"ArtifactName\":\"");
            for (int i = 0; i < 60_000_000; i++) {
                out.write('a');
            }
            out.write("\"}");
        }
        assertThat(run("judge", text)).startsWith("unreadable ").contains("longer than any report needs");
    }

    private static Writer writer(Path file) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.US_ASCII));
    }

    private static int write(Path file) throws IOException {
        String filler = "what a description says that nobody reads ".repeat(40);
        int findings = 0;
        long written = 0;
        try (Writer out = writer(file)) {
            out.write(
                    "{\"SchemaVersion\":2,\"ArtifactName\":\"a\",\"Results\":[{\"Target\":\"a\",\"Vulnerabilities\":[");
            for (; written < BYTES; findings++) {
                String one = (findings == 0 ? "" : ",\n")
                        + Reports.vulnerability("CVE-2026-" + findings, "part" + findings % 1000, Severity.HIGH)
                                .replace(
                                        "}",
                                        ",\"Title\":\"number " + findings + "\",\"Description\":\"" + filler + "\"}");
                out.write(one);
                written += one.length();
            }
            out.write("]}]}");
        }
        return findings;
    }

    private String run(String what, Path report) throws Exception {
        List<String> command = List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Reading.class.getName(),
                what,
                report.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            return said.strip();
        } finally {
            process.destroyForcibly();
        }
    }

    /** In a JVM of its own. */
    static final class Reading {

        private Reading() {}

        public static void main(String[] args) throws IOException {
            try {
                Path report = Path.of(args[1]);
                if (args[0].equals("copy")) {
                    Path copy = report.resolveSibling("copy.json");
                    ReportCopy.withoutSecrets(report, copy);
                    report = copy;
                }
                ScanReport read = ReportReader.read(report);
                ScanPolicy policy = ScanPolicy.of("HIGH", 0, Consequence.FAIL);
                ScanResult result = Gate.judge(read, policy, List.of(), Optional.empty(), Reports.NOW);
                HtmlReport.write(result, new StringBuilder());
                ScanResult again = ScanResultJson.read(ScanResultJson.write(result), "scan.json");
                System.out.println(result.verdict() + " " + result.findings().size() + " " + again.omitted());
            } catch (UnreadableReportException e) {
                System.out.println("unreadable " + e.getMessage());
            }
        }
    }
}
