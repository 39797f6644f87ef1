package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.scan.ScanStore;
import io.jenkins.plugins.ecscanary.engine.scan.StoredScans;
import java.nio.file.Path;

/**
 * Where records and scans are kept: {@code --state}, else {@code $XDG_STATE_HOME/ecs-canary}, else
 * {@code ~/.local/state/ecs-canary} (<a href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG base
 * directories</a>).
 */
public final class StateDirectory {

    private StateDirectory() {}

    public static Path of(Path option, Surroundings surroundings) {
        if (option != null) {
            return surroundings.directory().resolve(option);
        }
        Path base = surroundings
                .variable("XDG_STATE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "state"));
        return base.resolve("ecs-canary");
    }

    /** What {@code ecs-canary scan} has kept there. */
    public static KnownScans scans(Path directory, Surroundings surroundings) {
        return new StoredScans(new ScanStore(scans(directory)), surroundings.clock(), "in " + scans(directory));
    }

    /** Where {@code ecs-canary scan} keeps what came of it. */
    public static Path scans(Path directory) {
        return directory.resolve("scans");
    }
}
