package io.jenkins.plugins.ecscanary.jenkins;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;

/** An AWS of this machine in a process of its own, with the reference service running: what a Jenkins under test deploys to. */
public final class LocalAwsProcess implements AutoCloseable {

    /** How many times as fast its clock runs: a deployment with ten shifts takes some ten seconds. */
    public static final int SPEED = 120;

    public static final String REGION = "eu-central-1";
    public static final String CLUSTER = "reference";
    public static final String SERVICE = "web";
    public static final String REPOSITORY = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/reference/web";
    public static final String ACCESS_KEY_ID = "local";
    public static final String SECRET_ACCESS_KEY = "local";

    private static final Path CLI = Path.of("..", "cli", "target", "ecs-canary.jar");
    private static final Path APP = Path.of("..", "sample-app", "target", "sample-app.jar");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path directory;
    private final URI endpoint;
    private final URI service;
    private final int speed;

    private LocalAwsProcess(Process process, Path directory, URI endpoint, URI service, int speed) {
        this.speed = speed;
        this.process = process;
        this.directory = directory;
        this.endpoint = endpoint;
        this.service = service;
    }

    /** Returns when the service serves. */
    public static LocalAwsProcess start() {
        return start(SPEED);
    }

    /** The same with another clock, for who needs time to look. */
    public static LocalAwsProcess start(int speed) {
        for (Path jar : List.of(CLI, APP)) {
            if (!Files.exists(jar)) {
                throw new IllegalStateException(jar.toAbsolutePath().normalize()
                        + " is missing: run 'mvn -DskipTests package' beside plugin/ first");
            }
        }
        try {
            Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "local-aws")), "aws");
            Process process = java(List.of(
                            "local",
                            "--reference",
                            APP.toAbsolutePath().normalize().toString(),
                            "--speed",
                            Integer.toString(speed),
                            "--data",
                            directory.resolve("data").toAbsolutePath().toString()))
                    .redirectError(directory.resolve("err.txt").toFile())
                    .start();
            URI endpoint = null;
            URI service = null;
            boolean ready = false;
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = out.readLine(); line != null && !ready; line = ready ? null : out.readLine()) {
                if (line.startsWith("export AWS_ENDPOINT_URL=")) {
                    endpoint = URI.create(line.substring(line.indexOf('=') + 1));
                }
                if (line.startsWith("service: ")) {
                    service = URI.create(line.split(" ")[1]);
                }
                ready = line.startsWith("to try:");
            }
            if (!ready || endpoint == null || service == null) {
                process.destroy();
                throw new IllegalStateException("the local AWS did not start; see " + directory.toAbsolutePath());
            }
            Thread drain = new Thread(() -> out.lines().forEach(line -> {}), "local-aws-output");
            drain.setDaemon(true);
            drain.start();
            return new LocalAwsProcess(process, directory, endpoint, service, speed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder java(List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-jar"));
        command.add(CLI.toAbsolutePath().normalize().toString());
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** The sample service's jar. */
    public static Path app() {
        return APP;
    }

    public int speed() {
        return speed;
    }

    public URI endpoint() {
        return endpoint;
    }

    /** Where the service's users are: the load balancer. */
    public URI service() {
        return service;
    }

    /** Pushes the sample service as an image; what is in the environment makes it a good one or a bad one. */
    public String push(String tag, Map<String, String> environment) {
        ProcessBuilder push = java(pushing(APP, tag, environment)).redirectErrorStream(true);
        push.environment().putAll(variables());
        try {
            Process pushing = push.start();
            String said = new String(pushing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (pushing.waitFor() != 0) {
                throw new IllegalStateException("push failed: " + said);
            }
            return REPOSITORY + ":" + tag;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @param jar what is pushed */
    private static List<String> pushing(Path jar, String tag, Map<String, String> environment) {
        List<String> arguments = new ArrayList<>(List.of("local", "push"));
        environment.forEach((name, value) -> arguments.addAll(List.of("--env", name + "=" + value)));
        arguments.addAll(List.of(jar.toAbsolutePath().normalize().toString(), "reference/web:" + tag));
        return arguments;
    }

    private Map<String, String> variables() {
        return Map.of(
                "AWS_ENDPOINT_URL", endpoint.toString(),
                "AWS_REGION", REGION,
                "AWS_ACCESS_KEY_ID", ACCESS_KEY_ID,
                "AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY);
    }

    /**
     * Writes a program that pushes, for a Pipeline to run.
     *
     * @param script is written
     * @param jar what it pushes
     */
    public void writePush(Path script, Path jar, String tag, Map<String, String> environment) throws IOException {
        StringBuilder text = new StringBuilder("#!/bin/sh\n");
        variables().forEach((name, value) -> text.append("export " + name + "='" + value + "'\n"));
        text.append("exec");
        java(pushing(jar, tag, environment)).command().forEach(word -> text.append(" '" + word + "'"));
        Files.writeString(script, text.append('\n'));
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " can't be made executable");
        }
    }

    /** Everything there is, as JSON. */
    public String state() {
        return get("/_local/state");
    }

    /** The ids of the deployments that were asked for, the newest first; without those that AWS makes to roll back. */
    public List<String> deploymentsAskedFor() {
        List<String> ids = new ArrayList<>();
        for (Object one : JSONObject.fromObject(state()).getJSONArray("deployments")) {
            JSONObject deployment = (JSONObject) one;
            if (deployment.getString("creator").equals("user")) {
                ids.add(deployment.getString("id"));
            }
        }
        return ids;
    }

    /**
     * Makes calls go wrong from now on.
     *
     * @param rule as docs/cli.md has it
     * @return its id
     */
    public String fault(String rule) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(endpoint.resolve("/_local/faults"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(rule)));
        if (answer.statusCode() != 201) {
            throw new IllegalArgumentException(rule + ": " + answer.body());
        }
        return JSONObject.fromObject(answer.body()).getString("id");
    }

    /** Waits until a call has gone wrong because of it. */
    public void awaitFault(String id) {
        Until.holds("fault " + id + " has struck", () -> {
            for (Object one : JSONObject.fromObject(get("/_local/faults")).getJSONArray("faults")) {
                JSONObject fault = (JSONObject) one;
                if (fault.getString("id").equals(id)) {
                    return fault.getInt("fired") > 0;
                }
            }
            throw new IllegalArgumentException("there is no fault " + id);
        });
    }

    /** Nothing goes wrong any more. */
    public void noFaults() {
        send(HttpRequest.newBuilder(endpoint.resolve("/_local/faults")).DELETE());
    }

    private String get(String path) {
        return send(HttpRequest.newBuilder(endpoint.resolve(path))).body();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A task definition for the reference service, with the placeholder where the image goes. */
    public static String taskDefinition() {
        return """
                {"family": "web", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512",
                 "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
                 "containerDefinitions": [{"name": "app", "image": "${IMAGE}", "essential": true,
                   "portMappings": [{"containerPort": 3000, "protocol": "tcp"}],
                   "environment": [{"name": "PORT", "value": "3000"}]}]}""";
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
