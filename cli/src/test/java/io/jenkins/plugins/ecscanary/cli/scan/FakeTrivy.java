package io.jenkins.plugins.ecscanary.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A program called trivy that does what a test wants; a script, since it is a process that is to be run. */
public final class FakeTrivy {

    private static final String SCRIPT =
            """
            #!/bin/sh
            here='%s'
            for argument in "$@"; do printf '%%s\\n' "$argument" >> "$here/arguments"; done
            echo -- >> "$here/arguments"
            env > "$here/environment"
            pwd > "$here/directory"
            output=
            previous=
            last=
            for argument in "$@"; do
              if [ "$previous" = --output ]; then output=$argument; fi
              previous=$argument
              last=$argument
            done
            case "$1" in
              --version) . "$here/version" ;;
              convert) printf 'converted: ' > "$output"; cat "$last" >> "$output" ;;
              *) . "$here/scan" ;;
            esac
            """;

    private final Path directory;

    /** @param directory gets it, and what it was asked */
    public FakeTrivy(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        Path program = directory.resolve("trivy");
        Files.writeString(program, SCRIPT.formatted(directory));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        release("0.68.2");
        onScan("exit 0");
    }

    public Path directory() {
        return directory;
    }

    public Path program() {
        return directory.resolve("trivy");
    }

    /** As Trivy tells it. */
    public FakeTrivy release(String version) throws IOException {
        return onVersion("printf 'Version: " + version + "\\nVulnerability DB:\\n  Version: 2\\n"
                + "  UpdatedAt: 2026-11-23 06:31:22.1 +0000 UTC\\n'");
    }

    /** @param shell what it does when asked for its version */
    public FakeTrivy onVersion(String shell) throws IOException {
        Files.writeString(directory.resolve("version"), shell + "\n");
        return this;
    }

    /** @param shell what it does when it is to scan; {@code $output} is the report's file, {@code $here} this directory */
    public FakeTrivy onScan(String shell) throws IOException {
        Files.writeString(directory.resolve("scan"), shell + "\n");
        return this;
    }

    /** It scans well and finds this. */
    public FakeTrivy finds(String report) throws IOException {
        Files.writeString(directory.resolve("found.json"), report);
        return onScan("cp \"$here/found.json\" \"$output\"");
    }

    /** The argument lists it was run with, in turn. */
    public List<List<String>> runs() throws IOException {
        Path arguments = directory.resolve("arguments");
        if (!Files.exists(arguments)) {
            return List.of();
        }
        return List.of(Files.readString(arguments).split("(?m)^--$\\n")).stream()
                .map(run -> List.of(run.split("\n")))
                .toList();
    }

    /** Of the last run. */
    public List<String> environment() throws IOException {
        return Files.readAllLines(directory.resolve("environment"));
    }

    public Path ranIn() throws IOException {
        return Path.of(Files.readString(directory.resolve("directory")).strip());
    }

    /** A pipe with a name, the end of which is seen when nobody can write to it any more. */
    public Path pipe() throws IOException, InterruptedException {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }
}
