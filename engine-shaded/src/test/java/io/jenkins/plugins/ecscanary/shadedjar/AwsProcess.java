package io.jenkins.plugins.ecscanary.shadedjar;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** {@link AwsMain} as a process, with users of the service it furnishes. */
final class AwsProcess implements AutoCloseable {

    /** A minute takes a second. */
    static final double SPEED = 60;

    private static final int USERS_PER_SECOND = 20;

    private final Process process;
    private final Map<String, String> said = new HashMap<>();
    private final ScheduledExecutorService users = Executors.newSingleThreadScheduledExecutor();

    private AwsProcess(Process process) {
        this.process = process;
    }

    static AwsProcess start(Path directory) throws IOException {
        Path log = directory.resolve("aws.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("local-aws.class-path"),
                        AwsMain.class.getName(),
                        directory.toString(),
                        String.valueOf(SPEED))
                .redirectError(log.toFile())
                .start();
        AwsProcess aws = new AwsProcess(process);
        try {
            aws.listen(log);
            aws.serveUsers();
            return aws;
        } catch (IOException | RuntimeException e) {
            aws.close();
            throw e;
        }
    }

    private void listen(Path log) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.isEmpty()) {
            int equals = line.indexOf('=');
            said.put(line.substring(0, equals), line.substring(equals + 1));
            line = lines.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the local AWS ended: " + Files.readString(log));
        }
    }

    private void serveUsers() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(get("listener")).resolve("/")).build();
        users.scheduleAtFixedRate(
                () -> client.sendAsync(request, BodyHandlers.discarding()),
                0,
                1000 / USERS_PER_SECOND,
                TimeUnit.MILLISECONDS);
    }

    String get(String name) {
        return said.get(name);
    }

    @Override
    public void close() throws IOException {
        users.shutdownNow();
        process.getOutputStream().close(); // it runs until its standard input ends
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
