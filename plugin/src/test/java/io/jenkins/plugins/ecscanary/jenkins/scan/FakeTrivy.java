package io.jenkins.plugins.ecscanary.jenkins.scan;

import io.jenkins.plugins.ecscanary.jenkins.Until;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A directory with a program {@code trivy} in it that answers as it is told, and with reports of Trivy's shape. */
public final class FakeTrivy {

    private final Path directory;

    private FakeTrivy(Path directory) {
        this.directory = directory;
    }

    /** Installs it anew. */
    public static FakeTrivy in(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path program = directory.resolve("trivy");
        copy("fake-trivy", program);
        if (!program.toFile().setExecutable(true)) {
            throw new IOException(program + " can't be made executable");
        }
        for (String file : List.of("good.json", "vulnerable.json", "hostile.json", "waivers.yaml")) {
            copy(file, directory.resolve(file));
        }
        return new FakeTrivy(directory);
    }

    private static void copy(String resource, Path to) throws IOException {
        try (InputStream in = FakeTrivy.class.getResourceAsStream(resource)) {
            Files.write(to, in.readAllBytes());
        }
    }

    public Path directory() {
        return directory;
    }

    /** {@code withEnv} that puts it on the PATH and tells it how to answer. */
    public String env(String mode, String... further) {
        StringBuilder all = new StringBuilder("withEnv(['PATH+FAKE=" + directory + "', 'FAKE_TRIVY=" + mode + "'");
        for (String one : further) {
            all.append(", '").append(one).append('\'');
        }
        return all.append("])").toString();
    }

    /** A Pipeline that scans on a node. */
    public String pipeline(String mode, String parameters) {
        return "node {\n  " + env(mode) + " {\n    def scan = trivyScan(" + parameters
                + ")\n    echo \"came to ${scan.verdict}, ${scan.counted.CRITICAL} critical, ${scan.imageId}\"\n  }\n}";
    }

    /** What it noted of its calls. */
    public String calls() throws IOException {
        Path calls = directory.resolve("calls");
        return Files.exists(calls) ? Files.readString(calls) : "";
    }

    /** The process that hangs, once there is one. */
    public ProcessHandle hanging() throws IOException {
        return ProcessHandle.of(pid()).orElseThrow();
    }

    /** Its number, when it may be gone again. */
    public long pid() throws IOException {
        Path pid = directory.resolve("pid");
        Until.holds("the scanner hangs", () -> Files.exists(pid));
        return Long.parseLong(Files.readString(pid).trim());
    }
}
