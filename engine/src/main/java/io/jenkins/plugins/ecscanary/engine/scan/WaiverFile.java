package io.jenkins.plugins.ecscanary.engine.scan;

import io.jenkins.plugins.ecscanary.engine.config.ConfigException;
import java.util.List;

/** Reads a file of waivers. */
public final class WaiverFile {

    private WaiverFile() {}

    /**
     * @param name for messages
     * @throws ConfigException with every problem in it
     */
    public static List<Waiver> parse(String text, String name) {
        throw new ConfigException(List.of(name + ": can't be read yet"));
    }
}
