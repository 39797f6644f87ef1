package io.jenkins.plugins.ecscanary.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs the measurements and writes them down as one Markdown table. */
public final class Bench {

    private static final String NGINX = "/usr/sbin/nginx";
    private static final String WRK = "/usr/bin/wrk";
    private static final String AWS_CLI = "/usr/bin/aws";
    private static final String JQ = "/usr/bin/jq";
    private static final int MANY = 500;
    private static final int BUILDS = 200;

    /** What can be measured, in the order of the table; named on the command line by its number or its name. */
    private enum Part {
        CHANGES(AWS_CLI),
        MANY(),
        PROXY(NGINX, WRK),
        SAMPLE_APP(WRK),
        PAGE(),
        SCAN(JQ),
        JENKINS("plugin/target/ecs-canary-deploy.hpi", "plugin/target/jenkins/jenkins.war");

        private final List<String> needed;

        /** @param needed files without which it is left out */
        Part(String... needed) {
            this.needed = List.of(needed);
        }

        static Part of(String word) {
            return Arrays.stream(values())
                    .filter(part -> word.equals(Integer.toString(part.number())) || word.equals(part.title()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("\"" + word + "\" is no part; there are "
                            + Arrays.stream(values())
                                    .map(part -> part.number() + " " + part.title())
                                    .toList()));
        }

        int number() {
            return ordinal() + 1;
        }

        String title() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        List<String> missing() {
            return needed.stream().filter(file -> !Files.exists(Path.of(file))).toList();
        }
    }

    private Bench() {}

    /**
     * @param args a directory to work in, which is left behind for looking at; sample-app's jar; the file to write; then the
     *     parts to run in their order, all if there are none
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Set<Part> parts = new LinkedHashSet<>(); // in the order asked for: what matters most can be known first
        try {
            if (args.length < 3) {
                throw new IllegalArgumentException("usage: bench DIRECTORY SAMPLE-APP-JAR FILE [PART…]");
            }
            Arrays.stream(args).skip(3).map(Part::of).forEach(parts::add);
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
        }
        if (parts.isEmpty()) {
            parts = EnumSet.allOf(Part.class);
        }
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        String when = Report.now(load);
        Map<Integer, Measured> measured = Measured.in(Path.of(args[2]));
        for (Part part : parts) {
            System.err.println("· " + part.title());
            List<Row> rows = part.missing().isEmpty()
                    ? run(part, Path.of(args[0]).toAbsolutePath(), Path.of(args[1]))
                    : List.of(new Row(
                            part.number() + " · left out: " + part.missing() + " is not there",
                            Row.NONE,
                            Row.NONE,
                            Row.NONE,
                            Row.NONE,
                            Row.NONE));
            measured.put(
                    part.number(),
                    new Measured(when, rows.stream().map(Row::markdown).toList()));
            // After each: what has been measured is not lost where a later part breaks off.
            Files.writeString(Path.of(args[2]), Report.of(measured), StandardCharsets.UTF_8);
        }
        System.out.println(Report.of(measured));
        System.exit(0); // the SDK's and Jetty's threads need not be waited for
    }

    private static List<Row> run(Part part, Path directory, Path sampleApp) throws IOException, InterruptedException {
        Path own = directory.resolve(part.title());
        return switch (part) {
            case CHANGES -> new ChangeDetection(own).run();
            case MANY -> new ManyDeployments(own, Integer.getInteger("bench.many", MANY)).run();
            case PROXY -> new ProxyThroughput(own, NGINX, WRK).run();
            case SAMPLE_APP -> new SampleApp(own, sampleApp, WRK).run();
            case PAGE -> new PageDocument(own).run();
            case SCAN -> new ScanReading(own, JQ).run();
            case JENKINS -> new ManyBuilds(own, Path.of("plugin"), Integer.getInteger("bench.builds", BUILDS)).run();
        };
    }
}
