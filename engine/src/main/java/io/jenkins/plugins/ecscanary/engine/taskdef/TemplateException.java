package io.jenkins.plugins.ecscanary.engine.taskdef;

import java.util.List;

/** A template that cannot be filled; tells every problem at once, each with file, line and column. */
public final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public TemplateException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Such as {@code taskdef.json.tpl:12:18: no value for ${IMAGE}}. */
    public List<String> problems() {
        return problems;
    }
}
