package io.jenkins.plugins.ecscanary.localaws.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;

/** A copy of a state directory that is in use, as a kill would have left it: one moment's files, without the last save. */
final class KilledState {

    private static final String MANIFEST = "state.json";

    private KilledState() {}

    /** Copies it to {@code to}, a new directory, as soon as that part has been saved with {@code text} in it. */
    static void copy(Path state, Path to, String part, String text) throws IOException, InterruptedException {
        Files.createDirectory(to);
        try (WatchService changes = FileSystems.getDefault().newWatchService()) {
            state.register(changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            while (!copied(state, to, part, text)) {
                WatchKey key = changes.poll(1, TimeUnit.MINUTES);
                if (key == null) {
                    throw new AssertionError("no save of " + part + " with " + text + " within a minute");
                }
                key.pollEvents();
                key.reset();
            }
        }
    }

    private static boolean copied(Path state, Path to, String part, String text) throws IOException {
        try {
            byte[] manifest = Files.readAllBytes(state.resolve(MANIFEST));
            JsonNode parts = new ObjectMapper().readTree(manifest).path("parts");
            String file = parts.path(part).path("file").asText();
            if (file.isEmpty() || !Files.readString(state.resolve(file)).contains(text)) {
                return false;
            }
            for (JsonNode each : parts) {
                String name = each.path("file").asText();
                Files.copy(state.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.write(to.resolve(MANIFEST), manifest);
            return true;
        } catch (NoSuchFileException e) {
            return false; // replaced meanwhile: another save comes
        }
    }
}
