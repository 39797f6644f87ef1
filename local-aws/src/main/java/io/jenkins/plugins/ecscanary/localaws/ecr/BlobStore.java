package io.jenkins.plugins.ecscanary.localaws.ecr;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Blobs as files named by their digest. Guarded by the world's lock. */
final class BlobStore {

    private final Path blobs;
    private final Path uploads;

    /** @param directory made if it is not there */
    BlobStore(Path directory) {
        blobs = directory.resolve("blobs").resolve("sha256");
        uploads = directory.resolve("uploads");
        try {
            Files.createDirectories(blobs);
            Files.createDirectories(uploads);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the image directory " + directory, e);
        }
    }

    Path file(String digest) {
        return blobs.resolve(digest.substring("sha256:".length()));
    }

    /** Empty if it is not there. */
    OptionalLong size(String digest) {
        try {
            Path file = file(digest);
            return Files.exists(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes all that is not among these: what nothing refers to any more, and uploads that were never completed. */
    void retain(Set<String> digests) {
        remove(blobs, file -> !digests.contains("sha256:" + file.getFileName()));
        remove(uploads, file -> true);
    }

    private static void remove(Path directory, Predicate<Path> which) {
        try (Stream<Path> listed = Files.list(directory)) {
            for (Path file : listed.filter(which).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] read(String digest) {
        try {
            return Files.readAllBytes(file(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Upload begin(String id) {
        return new Upload(uploads.resolve(id));
    }

    /** A blob on its way in, hashed as it comes, so that completing it takes no time. */
    final class Upload {
        private final Path file;
        private final MessageDigest sha256 = Digest.sha256();
        private long size;

        private Upload(Path file) {
            this.file = file;
        }

        long size() {
            return size;
        }

        void append(byte[] part) {
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                out.write(part);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            sha256.update(part);
            size += part.length;
        }

        /** Ends the upload. @return the digest of what came in; the blob is not kept yet */
        String finish() {
            return Digest.of(sha256);
        }

        void keep(String digest) {
            try {
                Files.move(file, file(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void discard() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
