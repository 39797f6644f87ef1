package io.jenkins.plugins.ecscanary.bench;

import java.io.IOException;
import java.nio.file.Files;
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
        System.out.println();
        proxy(Path.of(args[0]).resolve("proxy"));
        System.exit(0); // the SDK's and Jetty's threads need not be waited for
    }

    private static void proxy(Path directory) throws IOException, InterruptedException {
        Path nginx = Path.of("/usr/sbin/nginx");
        Path wrk = Path.of("/usr/bin/wrk");
        if (Files.isExecutable(nginx) && Files.isExecutable(wrk)) {
            ProxyThroughput.HEAD.forEach(System.out::println);
            new ProxyThroughput(directory, nginx.toString(), wrk.toString())
                    .run()
                    .forEach(System.out::println);
        } else {
            System.out.println(
                    "The proxy was left out: nginx or wrk is not installed (Debian: apt-get install nginx wrk).");
        }
    }
}
