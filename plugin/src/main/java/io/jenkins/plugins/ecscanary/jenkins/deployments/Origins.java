package io.jenkins.plugins.ecscanary.jenkins.deployments;

import io.jenkins.plugins.ecscanary.engine.timeline.WholeLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Which build of which job made each deployment, finished or not. Asked for by every page that shows a history, so it is held in
 * memory; on disk it is one file that only grows, a line for each thing that happened, read once:
 *
 * <pre>
 * made       ID      BUILD NUMBER    JOB
 * forgotten  ID
 * renamed    OLD     NEW
 * deleted    JOB
 * </pre>
 *
 * with tabs between and names encoded as in a URL. A job that gets the name of a deleted one doesn't get its deployments. Where
 * the file is missing it is made of the owners' files, which have the names that finished deployments' jobs had at the time.
 */
final class Origins {

    private static final Logger LOGGER = Logger.getLogger(Origins.class.getName());

    private static final String MADE = "made";
    private static final String FORGOTTEN = "forgotten";
    private static final String RENAMED = "renamed";
    private static final String DELETED = "deleted";

    private final Path folder;
    private final Path file;
    private final Supplier<Map<String, Origin>> finished;
    private final Supplier<Map<String, Origin>> unfinished;

    private Map<String, Origin> byId;
    private final Map<String, Integer> countByJob = new HashMap<>();

    /**
     * @param finished by record id; asked for only where the file is missing
     * @param unfinished by record id; asked for once: the controller may have died before they were noted here
     */
    Origins(Path folder, Supplier<Map<String, Origin>> finished, Supplier<Map<String, Origin>> unfinished) {
        this.folder = folder;
        this.file = folder.resolve("origins.tsv");
        this.finished = finished;
        this.unfinished = unfinished;
    }

    synchronized Optional<Origin> of(String id) {
        load();
        return Optional.ofNullable(byId.get(id));
    }

    /** Whether a job has made any deployment. */
    synchronized boolean any(String jobFullName) {
        load();
        return countByJob.containsKey(jobFullName);
    }

    /** Whether there is any at all. */
    synchronized boolean any() {
        load();
        return !byId.isEmpty();
    }

    /** Returns once it is on disk. */
    synchronized void made(String id, Origin origin) {
        load();
        if (!origin.equals(byId.get(id))) {
            append(line(MADE, id, Integer.toString(origin.buildNumber()), origin.jobFullName()));
            put(id, origin);
        }
    }

    /** Nothing ever came of it. */
    synchronized void forgotten(String id) {
        load();
        if (byId.containsKey(id)) {
            append(line(FORGOTTEN, id));
            put(id, null);
        }
    }

    /** @param newFullName of a job, or of a folder with all that is in it */
    synchronized void renamed(String oldFullName, String newFullName) {
        load();
        if (rename(oldFullName, newFullName)) {
            append(line(RENAMED, oldFullName, newFullName));
        }
    }

    /** @param fullName of a job, or of a folder with all that is in it */
    synchronized void deleted(String fullName) {
        load();
        if (delete(fullName)) {
            append(line(DELETED, fullName));
        }
    }

    private void load() {
        if (byId != null) {
            return;
        }
        byId = new HashMap<>();
        Set<String> noted = new HashSet<>();
        try {
            String text = Files.readString(file);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            whole.lines().filter(line -> !line.isBlank()).forEach(line -> apply(line, noted));
            if (!whole.equals(
                    text)) { // what died in the middle of a line says nothing, and is not to spoil the next one
                cutTo(whole.getBytes(StandardCharsets.UTF_8).length);
            }
        } catch (NoSuchFileException e) {
            makeAnew();
        } catch (IOException e) {
            forgetAll();
            throw new UncheckedIOException(Messages.Origins_Unreadable(e.getMessage()), e);
        }
        // One that was noted and is not there any more had its job deleted.
        unfinished.get().forEach((id, origin) -> {
            if (!noted.contains(id)) {
                made(id, origin);
            }
        });
    }

    private void forgetAll() {
        byId = null;
        countByJob.clear();
    }

    private void cutTo(long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
            channel.force(true);
        }
    }

    private void makeAnew() {
        StringBuilder lines = new StringBuilder();
        finished.get().forEach((id, origin) -> {
            lines.append(line(MADE, id, Integer.toString(origin.buildNumber()), origin.jobFullName()));
            put(id, origin);
        });
        if (lines.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path fresh = Files.writeString(folder.resolve("origins.tsv.tmp"), lines);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            forgetAll(); // or the next line would be all there is of the file
            throw unwritable(e);
        }
    }

    private void apply(String line, Set<String> noted) {
        String[] words = line.split("\t", -1);
        try {
            switch (words[0]) {
                case MADE -> {
                    put(words[1], new Origin(name(words[3]), Integer.parseInt(words[2])));
                    noted.add(words[1]);
                }
                case FORGOTTEN -> put(words[1], null);
                case RENAMED -> rename(name(words[1]), name(words[2]));
                case DELETED -> delete(name(words[1]));
                default -> throw new IllegalArgumentException("'" + words[0] + "' is not known");
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            LOGGER.log(Level.WARNING, "a line of {0} is left out: {1}", new Object[] {file, e.getMessage()});
        }
    }

    private void put(String id, Origin origin) {
        Origin before = origin == null ? byId.remove(id) : byId.put(id, origin);
        if (before != null) {
            countByJob.computeIfPresent(before.jobFullName(), (job, count) -> count == 1 ? null : count - 1);
        }
        if (origin != null) {
            countByJob.merge(origin.jobFullName(), 1, Integer::sum);
        }
    }

    private boolean rename(String oldFullName, String newFullName) {
        List<String> ids = idsOf(oldFullName);
        for (String id : ids) {
            Origin origin = byId.get(id);
            String name = FullNames.renamed(origin.jobFullName(), oldFullName, newFullName);
            put(id, new Origin(name, origin.buildNumber()));
        }
        return !ids.isEmpty();
    }

    private boolean delete(String fullName) {
        List<String> ids = idsOf(fullName);
        ids.forEach(id -> put(id, null));
        return !ids.isEmpty();
    }

    /** Most items that are renamed or deleted have made no deployment: those are told from the jobs alone. */
    private List<String> idsOf(String itemFullName) {
        if (countByJob.keySet().stream().noneMatch(job -> FullNames.isOrIsIn(job, itemFullName))) {
            return List.of();
        }
        return byId.entrySet().stream()
                .filter(entry -> FullNames.isOrIsIn(entry.getValue().jobFullName(), itemFullName))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String line(String what, String... words) {
        StringBuilder line = new StringBuilder(what);
        for (String word : words) {
            line.append('\t').append(URLEncoder.encode(word, StandardCharsets.UTF_8));
        }
        return line.append('\n').toString();
    }

    private static String name(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    private void append(String text) {
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                WholeLine.append(channel, text.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private UncheckedIOException unwritable(IOException e) {
        return new UncheckedIOException(Messages.Origins_NotNoted(e.getMessage()), e);
    }
}
