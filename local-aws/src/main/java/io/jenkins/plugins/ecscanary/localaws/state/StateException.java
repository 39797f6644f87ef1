package io.jenkins.plugins.ecscanary.localaws.state;

import java.io.IOException;
import java.nio.file.Path;

/** A state directory that can't be used: the message names directory or file and the reason. Nothing in it was changed. */
public final class StateException extends IOException {

    private static final long serialVersionUID = 1L;

    StateException(Path where, String why) {
        super(where + ": " + why);
    }

    StateException(Path where, String why, Throwable cause) {
        super(where + ": " + why, cause);
    }
}
