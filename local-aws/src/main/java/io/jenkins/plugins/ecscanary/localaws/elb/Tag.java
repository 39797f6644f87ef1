package io.jenkins.plugins.ecscanary.localaws.elb;

/** A tag on the wire. */
record Tag(String key, String value) {}
