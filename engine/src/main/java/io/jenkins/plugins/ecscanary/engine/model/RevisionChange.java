package io.jenkins.plugins.ecscanary.engine.model;

/**
 * One difference between two task definitions, fit to be shown: secrets are hidden, long values cut.
 *
 * @param path such as {@code containerDefinitions[web].environment[LOG_LEVEL]}
 * @param before null where it is new
 * @param after null where it is gone
 */
public record RevisionChange(String path, String before, String after) {}
