package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

/** A metric's dimension, here and on the wire. */
public record Dimension(String name, String value) {}
