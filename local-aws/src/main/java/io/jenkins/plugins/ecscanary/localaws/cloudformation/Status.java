package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import java.util.EnumSet;
import java.util.Set;

/** What a stack or a resource of it is doing or has come to. */
enum Status {
    REVIEW_IN_PROGRESS,
    CREATE_IN_PROGRESS,
    CREATE_FAILED,
    CREATE_COMPLETE,
    ROLLBACK_IN_PROGRESS,
    ROLLBACK_FAILED,
    ROLLBACK_COMPLETE,
    UPDATE_IN_PROGRESS,
    UPDATE_COMPLETE_CLEANUP_IN_PROGRESS,
    UPDATE_COMPLETE,
    UPDATE_FAILED,
    UPDATE_ROLLBACK_IN_PROGRESS,
    UPDATE_ROLLBACK_FAILED,
    UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS,
    UPDATE_ROLLBACK_COMPLETE,
    DELETE_IN_PROGRESS,
    DELETE_FAILED,
    DELETE_SKIPPED,
    DELETE_COMPLETE;

    private static final Set<Status> UPDATABLE =
            EnumSet.of(CREATE_COMPLETE, CREATE_FAILED, UPDATE_COMPLETE, UPDATE_FAILED, UPDATE_ROLLBACK_COMPLETE);

    /** Something goes on that comes to an end by itself. */
    boolean isUnderWay() {
        return name().endsWith("_IN_PROGRESS") && this != REVIEW_IN_PROGRESS;
    }

    boolean isFailed() {
        return name().endsWith("_FAILED");
    }

    /** Created or updated. */
    boolean isComplete() {
        return this == CREATE_COMPLETE || this == UPDATE_COMPLETE;
    }

    /** Whether a stack of this status can be updated. */
    boolean isUpdatable() {
        return UPDATABLE.contains(this);
    }
}
