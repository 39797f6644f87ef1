package io.jenkins.plugins.ecscanary.localaws.function;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/**
 * Invokes a function that is a program: the payload on standard input, in its environment what an SDK needs to call this
 * AWS. Exit code 0 counts as its report that all is well, any other that it is not; then the end of what it wrote is the
 * reason.
 */
final class CommandFunction {

    private static final int TAIL = 500;

    private final BiFunction<String, URI, Map<String, String>> environment;
    private final Executor threads;

    CommandFunction(BiFunction<String, URI, Map<String, String>> environment, Executor threads) {
        this.environment = environment;
        this.threads = threads;
    }

    /** Runs it in this thread; cancelling {@code outcome} kills it and what it started. */
    void run(
            String name,
            List<String> arguments,
            URI endpoint,
            String payload,
            CompletableFuture<FunctionOutcome> outcome) {
        Process process;
        try {
            process = builder(name, arguments, endpoint).start();
        } catch (IOException e) {
            outcome.complete(new FunctionOutcome.Failed("it could not be started: " + e.getMessage()));
            return;
        }
        // Elsewhere: who cancels holds the world's lock, and looking for descendants is slow.
        outcome.whenCompleteAsync((done, failure) -> kill(process), threads);
        try {
            write(process, payload);
            String output = tail(process.getInputStream());
            int code = process.waitFor();
            outcome.complete(
                    code == 0
                            ? new FunctionOutcome.Succeeded()
                            : new FunctionOutcome.Failed(
                                    "exit code " + code + (output.isEmpty() ? "" : ", output: " + output)));
        } catch (IOException e) {
            outcome.complete(new FunctionOutcome.Failed("it broke: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome.cancel(true);
        }
    }

    private ProcessBuilder builder(String name, List<String> arguments, URI endpoint) {
        ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
        // What the parent has for the real AWS must not reach a function of this one.
        builder.environment().keySet().removeIf(variable -> variable.startsWith("AWS_"));
        builder.environment().putAll(environment.apply(name, endpoint));
        return builder;
    }

    private static void write(Process process, String payload) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(payload.getBytes(StandardCharsets.UTF_8));
        } catch (IOException notRead) {
            // A program need not read it: what counts is its exit code.
            return;
        }
    }

    /** Reads to the end, keeping the last characters on one line. */
    private static String tail(InputStream in) throws IOException {
        StringBuilder kept = new StringBuilder();
        Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
        char[] buffer = new char[8192];
        for (int read = text.read(buffer); read >= 0; read = text.read(buffer)) {
            kept.append(buffer, 0, read);
            if (kept.length() > TAIL) {
                kept.delete(0, kept.length() - TAIL);
            }
        }
        return kept.toString().strip().replaceAll("\\p{Cntrl}+", " ");
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
