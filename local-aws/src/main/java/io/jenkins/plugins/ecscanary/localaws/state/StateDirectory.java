package io.jenkins.plugins.ecscanary.localaws.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of one local AWS's state, held by one process at a time: {@code state.json} ({@link Manifest}) and a file for
 * each part. What is damaged, newer than this program or another AWS's is refused before anything is written.
 */
public final class StateDirectory implements AutoCloseable {

    private static final String MANIFEST = "state.json";
    private static final Pattern PART = Pattern.compile("[a-z]+-[0-9]{1,18}\\.json");

    private final Path directory;
    private final DirectoryLock lock;
    private volatile Manifest manifest;
    private long lastNumber;

    private StateDirectory(Path directory, DirectoryLock lock, Manifest manifest) {
        this.directory = directory;
        this.lock = lock;
        this.manifest = manifest;
        this.lastNumber = manifest.parts().values().stream()
                .mapToLong(part -> Long.parseLong(part.file().replaceAll("\\D", "")))
                .max()
                .orElse(0);
    }

    /**
     * Takes a directory up; made if it is not there.
     *
     * @throws StateException if it is in use, damaged, newer, or another account's or region's
     */
    public static StateDirectory open(Path directory, String account, String region) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new StateException(directory, "is not a directory");
        }
        Files.createDirectories(directory);
        DirectoryLock lock = DirectoryLock.of(directory);
        try {
            Path file = directory.resolve(MANIFEST);
            if (Files.exists(file)) {
                Manifest manifest = manifest(file);
                if (!manifest.account().equals(account) || !manifest.region().equals(region)) {
                    throw new StateException(
                            file,
                            "is the state of account " + manifest.account() + " in " + manifest.region() + ", not of "
                                    + account + " in " + region);
                }
                return new StateDirectory(directory, lock, manifest);
            }
            List<Path> parts = parts(directory);
            if (!parts.isEmpty()) {
                throw new StateException(
                        file, "is missing, but there is " + parts.get(0).getFileName());
            }
            // Written first, so that parts without it are always a sign of damage.
            Manifest empty = Manifest.empty(account, region, Instant.EPOCH);
            replace(file, StateJson.MAPPER.writeValueAsBytes(empty));
            return new StateDirectory(directory, lock, empty);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Manifest manifest(Path file) throws IOException {
        JsonNode tree = tree(file, Files.readAllBytes(file));
        JsonNode version = tree.path("version");
        if (!version.isInt() || version.intValue() < 1) {
            throw new StateException(file, "is damaged: it has no version");
        }
        if (version.intValue() > Manifest.VERSION) {
            throw new StateException(
                    file,
                    "was written by a newer local-aws: version " + version + ", this one reads " + Manifest.VERSION);
        }
        try {
            Manifest manifest = StateJson.MAPPER.treeToValue(tree, Manifest.class);
            boolean whole = manifest.account() != null
                    && manifest.region() != null
                    && manifest.notBefore() != null
                    && manifest.parts().values().stream()
                            .allMatch(part -> part.file() != null
                                    && part.sha256() != null
                                    && PART.matcher(part.file()).matches());
            if (!whole) {
                throw new StateException(file, "is damaged: something is missing in it");
            }
            return manifest;
        } catch (JsonProcessingException e) {
            throw new StateException(file, "is damaged: " + e.getMessage(), e);
        }
    }

    private static JsonNode tree(Path file, byte[] bytes) throws StateException {
        try {
            return StateJson.MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new StateException(file, "is damaged: it is not JSON", e);
        }
    }

    /** Where simulated time has to begin. */
    public Instant notBefore() {
        return manifest.notBefore();
    }

    /** The names of the parts there are. */
    public Set<String> parts() {
        return manifest.parts().keySet();
    }

    /**
     * What was kept of a part, or empty if there is none of it.
     *
     * @throws StateException if its file is missing, damaged or not what the part expects
     */
    public <S> Optional<S> read(Kept<S> kept) throws IOException {
        Manifest.Part part = manifest.parts().get(kept.name());
        if (part == null) {
            return Optional.empty();
        }
        Path file = file(kept.name());
        if (!Files.isRegularFile(file)) {
            throw new StateException(file, "is missing");
        }
        byte[] bytes = Files.readAllBytes(file);
        if (!sha256(bytes).equals(part.sha256())) {
            throw new StateException(file, "is damaged: it is not what was written");
        }
        try {
            return Optional.of(StateJson.MAPPER.readValue(bytes, kept.type()));
        } catch (JsonProcessingException e) {
            throw new StateException(file, "can't be read: " + e.getOriginalMessage(), e);
        }
    }

    /** Where a part is now. */
    Path file(String part) {
        return directory.resolve(manifest.parts().get(part).file());
    }

    /** Whether a part as it would be written now is what is there. */
    boolean has(String name, byte[] bytes) {
        Manifest.Part part = manifest.parts().get(name);
        return part != null && part.sha256().equals(sha256(bytes));
    }

    /**
     * Replaces the parts that have changed, all of them or none.
     *
     * @param changed JSON by the part's name
     */
    void write(Map<String, byte[]> changed, Instant notBefore) throws IOException {
        Map<String, Manifest.Part> parts = new HashMap<>();
        for (Map.Entry<String, byte[]> part : changed.entrySet()) {
            String file = part.getKey() + "-" + ++lastNumber + ".json";
            replace(directory.resolve(file), part.getValue());
            parts.put(part.getKey(), new Manifest.Part(file, sha256(part.getValue())));
        }
        Manifest next = manifest.with(parts, notBefore);
        replace(directory.resolve(MANIFEST), StateJson.MAPPER.writeValueAsBytes(next));
        manifest = next;
        if (!changed.isEmpty()) {
            removeReplaced();
        }
    }

    private void removeReplaced() throws IOException {
        List<String> needed =
                manifest.parts().values().stream().map(Manifest.Part::file).toList();
        for (Path file : parts(directory)) {
            if (!needed.contains(String.valueOf(file.getFileName()))) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static List<Path> parts(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return new ArrayList<>(files.filter(file ->
                            PART.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .toList());
        }
    }

    /** Under its name there is always a whole file, the old one or the new one. */
    private static void replace(Path file, byte[] bytes) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                written, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Lets another process have it. */
    @Override
    public void close() throws IOException {
        lock.close();
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
