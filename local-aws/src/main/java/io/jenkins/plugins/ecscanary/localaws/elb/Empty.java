package io.jenkins.plugins.ecscanary.localaws.elb;

/** The answer of operations that have nothing to tell. */
record Empty() {}
