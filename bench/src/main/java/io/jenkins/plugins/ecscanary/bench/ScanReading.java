package io.jenkins.plugins.ecscanary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How long a large report of a scanner takes to be read and judged in a small JVM, beside {@code jq .} on the same file. Both are
 * whole processes, from their start to their end; {@code jq} writes to nowhere. In turns, after one round that does not count.
 */
final class ScanReading {

    private static final long REPORT_BYTES = 200_000_000;
    private static final int HEAP_MEBIBYTES = 128;
    private static final int ROUNDS = 3;

    private final Path directory;
    private final String jq;

    /** @param jq path to the program */
    ScanReading(Path directory, String jq) {
        this.directory = directory;
        this.jq = jq;
    }

    List<Row> run() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path report = directory.resolve("report.json");
        int findings = ReportFile.write(report, REPORT_BYTES);
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        long heap = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            long begin = System.nanoTime();
            heap = Math.max(heap, read(report, findings));
            double read = (System.nanoTime() - begin) / 1e9;
            begin = System.nanoTime();
            jq(report);
            double printed = (System.nanoTime() - begin) / 1e9;
            System.err.printf(Locale.ROOT, "%.2f s, jq %.2f s%n", read, printed);
            if (round > 0) {
                ours.add(read);
                theirs.add(printed);
            }
        }
        Files.delete(report);
        return rows(findings, Figures.of(sorted(ours)), Figures.of(sorted(theirs)), heap);
    }

    private static List<Row> rows(int findings, Figures ours, Figures theirs, long heap) {
        return List.of(
                Row.atLeast(
                        "6 · a report of " + REPORT_BYTES / 1_000_000 + " MB with " + findings
                                + " findings read and judged with -Xmx" + HEAP_MEBIBYTES
                                + "m, beside `jq .`; jq's median to ours",
                        String.format(Locale.ROOT, "%.2f s", ours.median()),
                        String.format(Locale.ROOT, "%.2f s", theirs.median()),
                        theirs.median() / ours.median(),
                        1),
                Row.figure(
                        "6 · its heap at the fullest",
                        Long.toString(heap >> 20),
                        "MiB of the " + HEAP_MEBIBYTES + " that it has"));
    }

    private static List<Double> sorted(List<Double> values) {
        Collections.sort(values);
        return values;
    }

    /** @return bytes of heap at its fullest */
    private long read(Path report, int findings) throws IOException, InterruptedException {
        try (ChildJava reader = ChildJava.of(
                ReadingReport.class,
                List.of("-Xmx" + HEAP_MEBIBYTES + "m"),
                List.of(report.toString()),
                directory.resolve("read.err"))) {
            String[] words = reader.await("read ").split(" ");
            if (Integer.parseInt(words[1]) != findings) {
                throw new IOException("of " + findings + " findings " + words[1] + " were read");
            }
            while (reader.line() != null) {
                // Until its end, which counts as well.
            }
            return Long.parseLong(words[2]);
        }
    }

    private void jq(Path report) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(jq, ".", report.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(directory.resolve("jq.err").toFile())
                .start();
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(jq + " ended with " + code + "; see " + directory.resolve("jq.err"));
        }
    }
}
