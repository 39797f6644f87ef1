package io.jenkins.plugins.ecscanary.localaws.ecs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts a process's output into lines of bounded length, as Docker's log drivers do: a longer one comes in pieces. */
final class OutputLines {

    /** Docker's limit. */
    static final int LONGEST = 16 * 1024;

    private OutputLines() {}

    /** Reads until the end. */
    static void read(InputStream output, Consumer<String> lines) throws IOException {
        StringBuilder line = new StringBuilder();
        try (Reader reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c == '\n') {
                    lines.accept(line.toString());
                    line.setLength(0);
                } else if (c != '\r') {
                    if (line.length() == LONGEST) {
                        lines.accept(line.toString());
                        line.setLength(0);
                    }
                    line.append((char) c);
                }
            }
        } finally {
            if (line.length() > 0) {
                lines.accept(line.toString());
            }
        }
    }
}
