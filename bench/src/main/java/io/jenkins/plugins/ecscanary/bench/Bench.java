package io.jenkins.plugins.ecscanary.bench;

import java.io.IOException;
import java.nio.file.Path;

/** Runs the measurements and prints them as a Markdown table. */
public final class Bench {

    private Bench() {}

    /** @param args a directory to work in, which is left behind for looking at */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 1) {
            System.err.println("usage: bench DIRECTORY");
            System.exit(2);
        }
        System.out.println("| what is known how soon | n | median | p95 | max | API calls per deployment-minute |");
        System.out.println("|---|---|---|---|---|---|");
        new ChangeDetection(Path.of(args[0])).run().forEach(System.out::println);
        System.exit(0); // the SDK's and Jetty's threads need not be waited for
    }
}
