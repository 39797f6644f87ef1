package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.List;

/**
 * What the scanner is asked to look at. Each refuses with an IllegalArgumentException what it can't be: a name or path that
 * starts with {@code -}, which the scanner would take for an option, has control characters or blanks around it.
 */
public sealed interface ScanTarget {

    /** What is asked for, for messages. */
    String name();

    /** The scanner's subcommand and where to look, without options. */
    List<String> arguments();

    /** @param reference an image's name with tag or digest */
    record Image(String reference) implements ScanTarget {
        public Image {
            Arguments.checkOperand("image", reference);
        }

        @Override
        public String name() {
            return reference;
        }

        @Override
        public List<String> arguments() {
            return List.of("image", reference);
        }
    }

    /** @param file an image as {@code docker save} or {@code buildah push docker-archive:} writes it */
    record Archive(String file) implements ScanTarget {
        public Archive {
            Arguments.checkOperand("archive", file);
        }

        @Override
        public String name() {
            return file;
        }

        @Override
        public List<String> arguments() {
            return List.of("image", "--input", file);
        }
    }

    /** @param directory with sources, lock files, configuration */
    record FileSystem(String directory) implements ScanTarget {
        public FileSystem {
            Arguments.checkOperand("directory", directory);
        }

        @Override
        public String name() {
            return directory;
        }

        @Override
        public List<String> arguments() {
            return List.of("fs", directory);
        }
    }

    /** @param directory with configuration files; only misconfigurations are looked for */
    record Config(String directory) implements ScanTarget {
        public Config {
            Arguments.checkOperand("directory", directory);
        }

        @Override
        public String name() {
            return directory;
        }

        @Override
        public List<String> arguments() {
            return List.of("config", directory);
        }
    }
}
