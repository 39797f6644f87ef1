package io.jenkins.plugins.ecscanary.infra.settings;

import java.util.List;

/** Settings that can't be used; tells every problem at once, one a line. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SettingsException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
