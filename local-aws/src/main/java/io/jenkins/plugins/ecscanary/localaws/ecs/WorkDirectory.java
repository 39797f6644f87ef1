package io.jenkins.plugins.ecscanary.localaws.ecs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A container's file system, as far as a plain process has one: a directory with the image's jar and room for its own. */
record WorkDirectory(Path home) {

    Path temporary() {
        return home.resolve("tmp");
    }

    void make(Path jar) throws IOException {
        Files.createDirectories(temporary());
        Files.createSymbolicLink(home.resolve("app.jar"), jar.toAbsolutePath());
    }

    /** Removes it with everything in it, and the task's directory after its last container's. */
    void remove() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(home)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
        Path task = home.getParent();
        try (Stream<Path> others = Files.list(task)) {
            if (others.findAny().isPresent()) {
                return;
            }
        }
        Files.deleteIfExists(task);
    }
}
