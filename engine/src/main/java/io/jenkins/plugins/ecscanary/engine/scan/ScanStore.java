package io.jenkins.plugins.ecscanary.engine.scan;

import io.jenkins.plugins.ecscanary.engine.timeline.Uninterrupted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results by image id (the digest of the image's configuration, which a push keeps), each in a file of its own that is there as
 * a whole or not at all. Lies beside the records. May be used by several threads and processes at once. Of each image the newest
 * {@value #MOST_OF_AN_IMAGE} are kept, of images those that were scanned last.
 */
public final class ScanStore {

    /** How many results of one image are kept. */
    public static final int MOST_OF_AN_IMAGE = 10;

    private static final Logger LOG = LoggerFactory.getLogger(ScanStore.class);
    private static final int MOST_IMAGES = 2_000;
    private static final Pattern IMAGE_ID = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern FOLDER = Pattern.compile("sha256-[0-9a-f]{64}");
    private static final String RESULT = ".json";
    private static final String FRESH = ".tmp";

    /** Names sort like times. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyyMMdd'T'HHmmss.SSSSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Comparator<ScanResult> NEWEST_FIRST = Comparator.comparing(ScanResult::at)
            .thenComparing(ScanResult::scannedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
            .reversed();

    private final Path directory;
    private final int mostImages;

    /** What is wrong with a file is said once. */
    private final Set<Path> leftOut = ConcurrentHashMap.newKeySet();

    /** @param directory is made with the first result */
    public ScanStore(Path directory) {
        this(directory, MOST_IMAGES);
    }

    ScanStore(Path directory, int mostImages) {
        this.directory = directory;
        this.mostImages = mostImages;
    }

    /**
     * On disk when this returns.
     *
     * @return the file that it is kept in; empty if it has no image id, without which nobody could find it
     */
    public Optional<Path> keep(ScanResult result) throws IOException {
        String imageId = result.subject().imageId();
        if (imageId == null) {
            return Optional.empty();
        }
        byte[] json = ScanResultJson.write(result);
        Path folder = folder(imageId);
        Path kept = Uninterrupted.make(() -> write(folder, TIME.format(result.at()), json));
        removeOldest(folder, MOST_OF_AN_IMAGE);
        forgetImages();
        return Optional.of(kept);
    }

    private static Path write(Path folder, String name, byte[] json) throws IOException {
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, "result", FRESH);
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(json);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            // The rest of the temporary name tells two results of one moment apart.
            String unique = fresh.toFile().getName().replace("result", "").replace(FRESH, "");
            return Files.move(fresh, folder.resolve(name + "-" + unique + RESULT), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Of one image, the newest first. What can't be read is left out, and said once in the log. */
    public List<ScanResult> all(String imageId) {
        Path folder = folder(imageId);
        List<ScanResult> results = new ArrayList<>();
        for (Path file : files(folder)) {
            read(file)
                    .filter(result -> imageId.equals(result.subject().imageId()))
                    .ifPresent(results::add);
        }
        results.sort(NEWEST_FIRST);
        return List.copyOf(results);
    }

    /** Whatever its verdict. */
    public Optional<ScanResult> newest(String imageId) {
        return all(imageId).stream().findFirst();
    }

    private Optional<ScanResult> read(Path file) {
        try {
            if (Files.size(file) > ScanResultJson.MOST_BYTES) {
                throw new UnreadableReportException(file + ": is longer than any kept result; remove it");
            }
            return Optional.of(ScanResultJson.read(Files.readAllBytes(file), file.toString()));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // removed meanwhile, being one of the oldest
        } catch (UnreadableReportException e) {
            leaveOut(file, e.getMessage());
            return Optional.empty();
        } catch (IOException e) {
            leaveOut(file, file + ": can't be read: " + e);
            return Optional.empty();
        }
    }

    private void leaveOut(Path file, String why) {
        if (leftOut.add(file)) {
            LOG.warn("a kept scan is left out: {}", why);
        }
    }

    private Path folder(String imageId) {
        if (!IMAGE_ID.matcher(imageId).matches()) {
            throw new IllegalArgumentException("'" + Printable.line(imageId, 100)
                    + "' is no image id such as sha256:… with 64 hexadecimal digits");
        }
        return directory.resolve(imageId.replace(':', '-'));
    }

    /** The results in a folder, the oldest first. */
    private List<Path> files(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.getFileName().toString().endsWith(RESULT))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            leaveOut(folder, folder + ": can't be listed: " + e);
            return List.of();
        }
    }

    private void removeOldest(Path folder, int most) throws IOException {
        List<Path> files = files(folder);
        for (Path file : files.subList(0, Math.max(0, files.size() - most))) {
            Files.deleteIfExists(file);
        }
    }

    /** Those whose newest result is the oldest. */
    private void forgetImages() throws IOException {
        List<Path> folders;
        try (Stream<Path> entries = Files.list(directory)) {
            folders = entries.filter(folder ->
                            FOLDER.matcher(folder.getFileName().toString()).matches())
                    .toList();
        }
        if (folders.size() <= mostImages) {
            return;
        }
        List<Path> oldestFirst = folders.stream()
                .sorted(Comparator.comparing(this::newestName).thenComparing(Comparator.naturalOrder()))
                .toList();
        for (Path folder : oldestFirst.subList(0, folders.size() - mostImages)) {
            removeOldest(folder, 0);
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                LOG.debug("{} got another result meanwhile", folder);
            }
        }
    }

    private String newestName(Path folder) {
        List<Path> files = files(folder);
        return files.isEmpty() ? "" : files.get(files.size() - 1).getFileName().toString();
    }
}
