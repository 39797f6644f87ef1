package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import io.jenkins.plugins.ecscanary.localaws.cloudformation.Stack.OnFailure;
import java.time.Instant;
import java.util.List;

/**
 * What would change if a stack had this definition.
 *
 * @param type {@code CREATE} or {@code UPDATE}
 * @param status {@code CREATE_IN_PROGRESS}, {@code CREATE_COMPLETE} or {@code FAILED}
 * @param executionStatus {@code UNAVAILABLE}, {@code AVAILABLE}, {@code EXECUTE_COMPLETE} or {@code OBSOLETE}
 */
record ChangeSet(
        String id,
        String name,
        String description,
        String type,
        Definition definition,
        OnFailure onFailure,
        Instant created,
        String status,
        String statusReason,
        String executionStatus,
        List<Change> changes) {
    ChangeSet {
        changes = List.copyOf(changes);
    }

    ChangeSet as(String next, String why, String execution) {
        return new ChangeSet(
                id, name, description, type, definition, onFailure, created, next, why, execution, changes);
    }

    boolean isAvailable() {
        return executionStatus.equals("AVAILABLE");
    }

    /** A resource that changes, as DescribeChangeSet shows it. */
    record Change(String type, ResourceChange resourceChange) {}

    /**
     * @param action {@code Add}, {@code Modify} or {@code Remove}
     * @param replacement {@code True}, {@code False} or {@code Conditional}; of {@code Modify} only
     */
    record ResourceChange(
            String policyAction,
            String action,
            String logicalResourceId,
            String physicalResourceId,
            String resourceType,
            String replacement,
            List<String> scope,
            List<Detail> details) {
        ResourceChange {
            scope = List.copyOf(scope);
            details = List.copyOf(details);
        }
    }

    /** @param evaluation {@code Static}, or {@code Dynamic} if the value is known only later */
    record Detail(Target target, String evaluation, String changeSource) {}

    record Target(String attribute, String name, String requiresRecreation) {}
}
