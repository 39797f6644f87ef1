package io.jenkins.plugins.ecscanary.localaws.ecs;

/** An environment variable, or a detail of an attachment. */
record KeyValuePair(String name, String value) {}
