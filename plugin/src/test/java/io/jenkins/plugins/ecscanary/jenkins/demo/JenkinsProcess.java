package io.jenkins.plugins.ecscanary.jenkins.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A Jenkins as users have it: the war, in a process of its own, with the plugin's real hpi and those it needs, each in a class
 * loader of its own. The directory above {@code target} is where it is started.
 */
public final class JenkinsProcess implements AutoCloseable {

    /** The plugin under test as it is released. */
    public static final Path HPI = Path.of("target", "ecs-canary-deploy.hpi");

    private static final Path WAR = Path.of("target", "jenkins", "jenkins.war");
    private static final Path NEEDED = Path.of("target", "test-classes", "test-dependencies");
    private static final Path HOME = Path.of("target", "test-classes", "jenkins-home");
    private static final String UP = "Jenkins is fully up and running";

    private final Process process;
    private final Path log;
    private final URI url;

    private JenkinsProcess(Process process, Path log, URI url) {
        this.process = process;
        this.log = log;
        this.url = url;
    }

    /**
     * Returns when it is up.
     *
     * @param directory for its home and its log; both are made anew
     * @param more plugins than it needs: their hpi files
     * @param environment what its configuration asks for
     * @param properties Java's system properties
     */
    public static JenkinsProcess start(
            Path directory, List<Path> more, Map<String, String> environment, Map<String, String> properties)
            throws IOException {
        for (Path needed : List.of(HPI, WAR, NEEDED)) {
            if (!Files.exists(needed)) {
                throw new IllegalStateException(needed.toAbsolutePath().normalize()
                        + " is missing: run 'bin/plugin pre-integration-test -DskipTests' first");
            }
        }
        Path home = directory.resolve("home");
        furnish(home, more);
        Path port = directory.resolve("port");
        Files.deleteIfExists(port);
        Path log = directory.resolve("jenkins.log");

        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.awt.headless=true",
                "-Djenkins.install.runSetupWizard=false",
                "-Dhudson.model.UpdateCenter.never=true",
                "-Dwinstone.portFileName=" + port.toAbsolutePath()));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of(
                "-jar",
                WAR.toAbsolutePath().toString(),
                "--httpPort=0",
                "--httpListenAddress=127.0.0.1",
                "--webroot=" + directory.resolve("war").toAbsolutePath()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("JENKINS_"));
        builder.environment().putAll(environment);
        builder.environment().put("JENKINS_HOME", home.toAbsolutePath().toString());
        builder.environment()
                .put(
                        "CASC_JENKINS_CONFIG",
                        home.resolve("jenkins.yaml").toAbsolutePath().toString());

        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter copy = new PrintWriter(Files.newBufferedWriter(log), true);
        String line = out.readLine();
        while (line != null && !line.contains(UP)) {
            copy.println(line);
            line = out.readLine();
        }
        if (line == null) {
            process.destroy();
            throw new IllegalStateException("Jenkins did not start; see " + log.toAbsolutePath());
        }
        copy.println(line);
        Thread drain = new Thread(() -> copyAll(out, copy), "jenkins-output");
        drain.setDaemon(true);
        drain.start();
        return new JenkinsProcess(
                process,
                log,
                URI.create("http://127.0.0.1:" + Files.readString(port).trim() + "/"));
    }

    private static void copyAll(BufferedReader out, PrintWriter copy) {
        try (out;
                copy) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                copy.println(line);
            }
        } catch (IOException e) {
            copy.println("nothing more: " + e.getMessage()); // a process that is ended closes its output
        }
    }

    private static void furnish(Path home, List<Path> more) throws IOException {
        delete(home);
        try (Stream<Path> files = Files.walk(HOME)) {
            for (Path from : files.toList()) {
                Path to = home.resolve(HOME.relativize(from).toString());
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Path plugins = Files.createDirectories(home.resolve("plugins"));
        Files.copy(HPI, plugins.resolve("ecs-canary-deploy.jpi"));
        try (DirectoryStream<Path> needed = Files.newDirectoryStream(NEEDED, "*.hpi")) {
            for (Path hpi : needed) {
                install(hpi, plugins);
            }
        }
        for (Path hpi : more) {
            install(hpi, plugins);
        }
    }

    private static void install(Path hpi, Path plugins) throws IOException {
        String name = Objects.toString(hpi.getFileName());
        Files.copy(hpi, plugins.resolve(name.replaceAll("hpi$", "jpi")), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path path : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** Its root, with a slash at the end. */
    public URI url() {
        return url;
    }

    /** What it said so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when it has ended, for whatever reason. */
    public void join() throws InterruptedException {
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
