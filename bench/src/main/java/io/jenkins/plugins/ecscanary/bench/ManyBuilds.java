package io.jenkins.plugins.ecscanary.bench;

import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hundreds of builds that deploy at once on one Jenkins, a process of its own with the plugin's hpi, beside the same Jenkins when
 * none does. The main class that drives it is among the plugin's tests, which stand outside of the reactor.
 */
final class ManyBuilds {

    private static final String MAIN = "io.jenkins.plugins.ecscanary.jenkins.demo.ManyBuilds";
    private static final double SPEED = 20;

    /** The last is to have started before the first has ended. */
    private static final int TERMINATION_WAIT_MINUTES = 60;

    private final Path directory;
    private final Path plugin;
    private final int many;

    /** @param plugin the directory in which the plugin has been built */
    ManyBuilds(Path directory, Path plugin, int many) {
        this.directory = directory;
        this.plugin = plugin;
        this.many = many;
    }

    /** @param threads all of the JVM; @param ours those of the plugin; @param live bytes of heap after a collection */
    private record Jvm(int threads, int ours, long live) {}

    /** What the driver told. */
    private static final class Told {
        private final Map<String, Jvm> jvm = new LinkedHashMap<>();
        private final Map<String, Double> busy = new LinkedHashMap<>();
        private final Map<String, Double> idle = new LinkedHashMap<>();
        private final Map<String, Integer> results = new TreeMap<>();
        private int underWay;
    }

    List<Row> run() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        LocalAwsOptions options = ManyServices.options(directory.resolve("aws"), SPEED);
        try (LocalAws aws = LocalAws.start(options)) {
            ManyServices.furnish(aws, many, TERMINATION_WAIT_MINUTES);
            List<String> arguments = List.of(
                    directory.resolve("jenkins").toString(),
                    aws.endpoint().toString(),
                    aws.region(),
                    aws.account(),
                    "bench",
                    "bench",
                    Double.toString(SPEED),
                    Integer.toString(many));
            try (ChildJava driver = ChildJava.of(
                    plugin, Path.of("target", "test-classes"), MAIN, arguments, directory.resolve("driver.err"))) {
                return rows(told(driver));
            }
        }
    }

    private Told told(ChildJava driver) throws IOException {
        Told told = new Told();
        for (String line = driver.line(); line != null; line = driver.line()) {
            System.err.println(line);
            String[] words = line.split(" ");
            switch (words[0]) {
                case "jvm" ->
                    told.jvm.put(
                            words[1],
                            new Jvm(Integer.parseInt(words[2]), Integer.parseInt(words[3]), Long.parseLong(words[4])));
                case "page" ->
                    (words[1].equals("running") ? told.busy : told.idle).put(words[2], Double.parseDouble(words[3]));
                case "under-way" -> told.underWay = Integer.parseInt(words[1]);
                case "ended" -> told.results.put(words[1], Integer.parseInt(words[2]));
                default -> throw new IOException("the driver said \"" + line + "\"");
            }
        }
        if (told.results.isEmpty()) {
            throw new IOException("the driver ended early: see " + directory.resolve("driver.err") + " and "
                    + directory.resolve("jenkins").resolve("jenkins.log"));
        }
        return told;
    }

    private List<Row> rows(Told told) {
        String prefix = "7 · " + many + " builds at once: ";
        Jvm running = told.jvm.get("running");
        Jvm idle = told.jvm.get("idle");
        List<Row> rows = new ArrayList<>(List.of(
                Row.exactly(prefix + "SUCCESS", told.results.getOrDefault("SUCCESS", 0), "builds", many),
                Row.exactly(prefix + "under way together", told.underWay, "deployments", many),
                Row.beside(
                        prefix + "threads of Jenkins, beside before",
                        Integer.toString(running.threads()),
                        Integer.toString(idle.threads()),
                        (double) running.threads() / idle.threads()),
                Row.figure(prefix + "of these the plugin's", Integer.toString(running.ours()), "threads"),
                Row.beside(
                        prefix + "live heap, beside before",
                        mebibytes(running.live()),
                        mebibytes(idle.live()),
                        (double) running.live() / idle.live())));
        told.busy.forEach((page, busy) -> rows.add(Row.beside(
                prefix + "median response of `" + page + "`, beside after",
                milliseconds(busy),
                milliseconds(told.idle.get(page)),
                busy / told.idle.get(page))));
        return rows;
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / 1024.0 / 1024);
    }

    private static String milliseconds(double figure) {
        return String.format(Locale.ROOT, "%.1f ms", figure);
    }
}
