package io.jenkins.plugins.ecscanary.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load: {@code wrk} with a fixed number of kept-alive connections, each asking again as soon as it has its answer. */
record Wrk(String program, int connections, Path output) {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s)");

    /**
     * What one run gave.
     *
     * @param rate requests per second
     * @param p99 in milliseconds
     */
    record Run(double rate, double p99) {}

    /** @throws IOException if an answer was not 2xx or 3xx, or a connection failed: then it is not a measurement */
    Run load(String url, int seconds) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        program, "-t1", "-c" + connections, "-d" + seconds + "s", "--latency", "--timeout", "10s", url))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = process.waitFor();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(text);
        Matcher p99 = P99.matcher(text);
        boolean failed = text.contains("Non-2xx") || text.contains("Socket errors");
        if (exit != 0 || failed || !rate.find() || !p99.find()) {
            throw new IOException("wrk against " + url + ":\n" + text);
        }
        double unit =
                switch (p99.group(2)) {
                    case "us" -> 0.001;
                    case "ms" -> 1;
                    default -> 1000;
                };
        return new Run(Double.parseDouble(rate.group(1)), Double.parseDouble(p99.group(1)) * unit);
    }
}
