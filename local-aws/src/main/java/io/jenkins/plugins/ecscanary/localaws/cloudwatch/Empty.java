package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

/** The answer of operations that have nothing to tell. */
record Empty() {}
