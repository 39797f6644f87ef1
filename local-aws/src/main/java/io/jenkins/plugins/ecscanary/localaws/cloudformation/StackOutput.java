package io.jenkins.plugins.ecscanary.localaws.cloudformation;

/** An output of a stack, as DescribeStacks shows it. */
record StackOutput(String outputKey, String outputValue, String description) {}
