package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.Surroundings;
import java.nio.file.Path;

/**
 * Where records are kept: {@code --state}, else {@code $XDG_STATE_HOME/ecs-canary}, else
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
}
