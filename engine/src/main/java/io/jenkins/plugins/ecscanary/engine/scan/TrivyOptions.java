package io.jenkins.plugins.ecscanary.engine.scan;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * How the scanner is to work. Immutable; each {@code with…} answers a changed copy, and refuses with an
 * IllegalArgumentException what the scanner would not understand.
 *
 * @param scanners at least one; in their own order
 * @param timeout of the scan, after which the scanner gives up; in seconds, at least one
 * @param skipDbUpdate whether databases are used as they are in its cache
 * @param dbRepository where the vulnerability database comes from, or null
 * @param javaDbRepository where the index of Java archives comes from, or null
 * @param server an http or https URL of a Trivy server, or null; its token goes into the {@link TrivyCommand#environment}
 * @param platform such as {@code linux/arm64}, of an image that has several, or null
 * @param ignoreFile the scanner's own, or null for none; what it leaves out is counted
 * @param cacheDirectory or null for the scanner's own choice
 */
public record TrivyOptions(
        List<Scanner> scanners,
        Duration timeout,
        boolean skipDbUpdate,
        String dbRepository,
        String javaDbRepository,
        String server,
        String platform,
        String ignoreFile,
        String cacheDirectory) {

    public static final TrivyOptions DEFAULT = new TrivyOptions(
            List.of(Scanner.VULN, Scanner.SECRET), Duration.ofMinutes(10), false, null, null, null, null, null, null);

    public TrivyOptions {
        scanners = List.copyOf(new TreeSet<>(scanners));
        TrivyOptionChecks.check(scanners, timeout);
        TrivyOptionChecks.checkRepository("dbRepository", dbRepository);
        TrivyOptionChecks.checkRepository("javaDbRepository", javaDbRepository);
        TrivyOptionChecks.checkServer(server);
        TrivyOptionChecks.checkPlatform(platform);
        if (ignoreFile != null) {
            Arguments.checkOperand("ignoreFile", ignoreFile);
        }
        if (cacheDirectory != null) {
            Arguments.checkOperand("cache directory", cacheDirectory);
        }
    }

    public TrivyOptions withScanners(List<Scanner> value) {
        return changed(all -> all.scanners = value);
    }

    public TrivyOptions withTimeout(Duration value) {
        return changed(all -> all.timeout = value);
    }

    public TrivyOptions withSkipDbUpdate(boolean value) {
        return changed(all -> all.skipDbUpdate = value);
    }

    public TrivyOptions withDbRepository(String value) {
        return changed(all -> all.dbRepository = value);
    }

    public TrivyOptions withJavaDbRepository(String value) {
        return changed(all -> all.javaDbRepository = value);
    }

    public TrivyOptions withServer(String value) {
        return changed(all -> all.server = value);
    }

    public TrivyOptions withPlatform(String value) {
        return changed(all -> all.platform = value);
    }

    public TrivyOptions withIgnoreFile(String value) {
        return changed(all -> all.ignoreFile = value);
    }

    public TrivyOptions withCacheDirectory(String value) {
        return changed(all -> all.cacheDirectory = value);
    }

    private TrivyOptions changed(Consumer<Members> change) {
        Members all = new Members(this);
        change.accept(all);
        return all.options();
    }

    /** While they are changed. */
    private static final class Members {
        private List<Scanner> scanners;
        private Duration timeout;
        private boolean skipDbUpdate;
        private String dbRepository;
        private String javaDbRepository;
        private String server;
        private String platform;
        private String ignoreFile;
        private String cacheDirectory;

        Members(TrivyOptions of) {
            scanners = of.scanners;
            timeout = of.timeout;
            skipDbUpdate = of.skipDbUpdate;
            dbRepository = of.dbRepository;
            javaDbRepository = of.javaDbRepository;
            server = of.server;
            platform = of.platform;
            ignoreFile = of.ignoreFile;
            cacheDirectory = of.cacheDirectory;
        }

        TrivyOptions options() {
            return new TrivyOptions(
                    scanners,
                    timeout,
                    skipDbUpdate,
                    dbRepository,
                    javaDbRepository,
                    server,
                    platform,
                    ignoreFile,
                    cacheDirectory);
        }
    }
}
