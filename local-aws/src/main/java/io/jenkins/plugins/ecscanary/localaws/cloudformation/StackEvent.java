package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import java.time.Instant;

/**
 * Something that happened to a stack or a resource, as DescribeStackEvents shows it.
 *
 * @param clientRequestToken of the request that began the operation, or null
 */
record StackEvent(
        String stackId,
        String eventId,
        String stackName,
        String logicalResourceId,
        String physicalResourceId,
        String resourceType,
        Instant timestamp,
        String resourceStatus,
        String resourceStatusReason,
        String resourceProperties,
        String clientRequestToken) {}
