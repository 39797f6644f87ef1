package io.jenkins.plugins.ecscanary.engine.config;

import java.util.List;

/** A configuration file that cannot be used; tells every problem at once, each with file and line. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public ConfigException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Such as {@code deploy.config:3: REGOIN is no key; did you mean REGION?}. */
    public List<String> problems() {
        return problems;
    }
}
