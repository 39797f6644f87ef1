package io.jenkins.plugins.ecscanary.jenkins.deployments;

import hudson.XmlFile;
import io.jenkins.plugins.ecscanary.engine.record.RecordId;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Owners on disk, one file each: those of unfinished deployments apart from the others, so that a start of the controller reads
 * no more than it has to take up.
 */
final class OwnerFiles {

    private static final Logger LOGGER = Logger.getLogger(OwnerFiles.class.getName());

    private final Map<Path, String> unreadable = new ConcurrentHashMap<>();
    private final Path unfinished;
    private final Path finished;

    OwnerFiles(Path root) {
        unfinished = root.resolve("unfinished");
        finished = root.resolve("finished");
    }

    private static XmlFile xml(Path folder, String id) {
        File file = folder.resolve(RecordId.require(id) + ".xml").toFile();
        return new XmlFile(Jenkins.XSTREAM2, file);
    }

    /** Returns once it is on disk. */
    synchronized void save(Owner owner) {
        XmlFile file = xml(unfinished, owner.id());
        if (!file.exists() && xml(finished, owner.id()).exists()) {
            file = xml(finished, owner.id());
        }
        try {
            Files.createDirectories(unfinished);
            file.write(owner);
        } catch (IOException e) {
            throw new UncheckedIOException(Messages.OwnerFiles_NotNoted(e.getMessage()), e);
        }
    }

    /** Finished or not. */
    Optional<Owner> find(String id) {
        for (Path folder : List.of(unfinished, finished)) {
            XmlFile file = xml(folder, id);
            if (file.exists()) {
                return read(file);
            }
        }
        return Optional.empty();
    }

    /** Whether there is a file of it, whatever is in it. */
    boolean isKnown(String id) {
        return xml(unfinished, id).exists() || xml(finished, id).exists();
    }

    private Optional<Owner> read(XmlFile file) {
        try {
            if (!(file.read() instanceof Owner owner) || !owner.isWhole()) {
                throw new IOException(Messages.OwnerFiles_NotWhole());
            }
            unreadable.remove(file.getFile().toPath());
            return Optional.of(owner);
        } catch (IOException e) {
            String trouble = Messages.OwnerFiles_Unreadable(file.getFile(), e.getMessage());
            if (!trouble.equals(unreadable.put(file.getFile().toPath(), trouble))) { // it is read again and again
                LOGGER.log(Level.WARNING, e, () -> "who owns a deployment can't be read from " + file.getFile());
            }
            return Optional.empty();
        }
    }

    /** All that no verdict has been noted for. */
    List<Owner> unfinished() {
        return all(unfinished);
    }

    /** All others. Reads a file for each. */
    List<Owner> finished() {
        return all(finished);
    }

    private List<Owner> all(Path folder) {
        List<Owner> owners = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return owners;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.xml")) {
            for (Path file : files) {
                read(new XmlFile(Jenkins.XSTREAM2, file.toFile())).ifPresent(owners::add);
            }
            return owners;
        } catch (IOException e) {
            throw new UncheckedIOException("the owners in " + folder + " can't be listed: " + e.getMessage(), e);
        }
    }

    /** Files that made no sense when they were read, and still don't, one sentence each. */
    List<String> unreadable() {
        for (Path file : List.copyOf(unreadable.keySet())) {
            if (!Files.exists(file)) {
                unreadable.remove(file);
            } else {
                read(new XmlFile(Jenkins.XSTREAM2, file.toFile()));
            }
        }
        return List.copyOf(unreadable.values());
    }

    /** It has its verdict. */
    synchronized void finish(String id) {
        Path from = xml(unfinished, id).getFile().toPath();
        if (!Files.exists(from)) {
            return;
        }
        try {
            Files.createDirectories(finished);
            Files.move(from, finished.resolve(from.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(Messages.OwnerFiles_NotFinished(id, e.getMessage()), e);
        }
    }

    /** Nothing ever came of it. */
    synchronized void forget(String id) {
        try {
            xml(unfinished, id).delete();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "a deployment that was never begun, " + id + ", can't be forgotten");
        }
    }
}
