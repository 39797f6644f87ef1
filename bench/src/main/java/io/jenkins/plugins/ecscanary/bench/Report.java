package io.jenkins.plugins.ecscanary.bench;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The file that the measurements are written to. */
final class Report {

    private static final String TEXT =
            """
            # Benchmarks

            Written by `bin/bench`. What is compared was measured in one run, so ratios hold where single figures would be another
            machine's. A run of some parts only leaves the others as they were:

            MEASURED

            TABLE

            ## What the rows mean

            1. *Changes.* How long after a change of a deployment's state in AWS (each shift, the start, the end) the engine knows
               of it, eight deployments at once and one alone, in real time with the reference's plan, in the same local-aws as
               `aws deploy wait` for all nine. The waiter only learns of the end. Calls are counted by who signed them.
            2. *Many.* 500 services in one account and region; all deployments are asked of one engine at the same moment, and each
               registers a task definition. The engine has a JVM of its own; threads, heap and calls are its alone. local-aws throttles by
               AWS's token buckets. How many starts AWS would take is what CodeDeploy's assumed rate allows, so they queue; every
               service keeps its original for 150 minutes, so that all are under way together. Time is simulated, 30 times as fast, and
               the buckets fill in the same time: calls a second and delays are in simulated seconds, and one real millisecond of
               processing counts 30.
            3. *Proxy.* A listener of local-aws with two targets beside nginx with two workers and keep-alive, the same targets
               (another nginx) and the same load by `wrk` over 32 connections; seven rounds each in turns after a warm-up, medians.
            4. *sample-app.* Its jar with the image's JVM options beside a bare Jetty handler of the same version, options, number of
               threads and length of answer: where sample-app sends its security headers, the bare handler sends as many bytes as one
               header, encoded before. Rounds as before, over 16 connections: so many sample-app lets in at once. Where others use the
               machine meanwhile, requests for a second of the process's processor time say more.
            5. *Page.* A deployment is recorded, then happens again ten times as fast before the CLI's page server, a JVM of its own,
               while 100 viewers poll `view.json` with `If-None-Match` ten times as often as once a second: per viewer and event it is as
               in life. Processor time includes the JVM's warm-up during that minute and a half.
            6. *Scan.* A report of a scanner, made up but shaped like Trivy's with all packages, is read and judged by the engine in a
               JVM with a small heap, beside `jq .` on the same file, which formats it and writes it nowhere. Both are whole processes, so
               that the JVM's start counts; three rounds each in turns after a warm-up, medians.
            7. *Jenkins.* The plugin's hpi in a Jenkins of its own (heap of 512 MiB): 200 builds of one Pipeline job deploy at once, each to
               its own service. Pages are got by one user, in turns, 40 times each after a warm-up: while all builds deploy, and the same
               pages once all have ended. Threads and heap (after a collection) are beside those before the first build. Time is simulated,
               20 times as fast, so there are 20 times as many changes to write and looks at AWS a second as in life.

            ## Limits

            - Everything is on one machine and loopback: the load generator and whatever stands beside take processor time from each
              other. What two cores can't do at once shows as lower figures on both sides.
            - In 1, 2, 5 and 7 tasks are not processes, but sockets of the measuring JVM (in all but 1 all of them on one thread): the control
              plane is measured, not the tasks. No requests go through the load balancer there, and silence is accepted.
            - CodeDeploy publishes no rates. What is assumed for it, by the engine and, a little more, by local-aws, is said in the Javadoc of
              `CallBudget` and `PublishedRates`.
            - A goal that is missed is in the table like one that is met; no test depends on any of it.
            """;

    private Report() {}

    /** @param parts by their numbers */
    static String of(Map<Integer, Measured> parts) {
        String measured = parts.entrySet().stream()
                .map(part -> "- " + part.getKey() + ": " + part.getValue().when())
                .collect(Collectors.joining("\n"));
        String table =
                parts.values().stream().flatMap(part -> part.rows().stream()).collect(Collectors.joining("\n"));
        return TEXT.replace("MEASURED", measured).replace("TABLE", Row.HEAD + "\n" + table);
    }

    /**
     * When and on what is measured: the present.
     *
     * @param load of the machine before anything was measured
     */
    static String now(double load) {
        Runtime runtime = Runtime.getRuntime();
        long memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize() >> 30
                        : 0;
        return LocalDate.now(ZoneOffset.UTC) + ", " + runtime.availableProcessors() + " cores, " + memory
                + " GiB of memory, Java " + Runtime.version().feature()
                + String.format(Locale.ROOT, ", a load of %.1f at the run's beginning", load);
    }
}
