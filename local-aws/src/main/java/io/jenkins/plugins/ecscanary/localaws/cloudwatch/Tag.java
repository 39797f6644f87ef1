package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

/** A tag, here and on the wire. */
record Tag(String key, String value) {}
