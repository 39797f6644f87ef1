package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.TemplateInstance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A stack. Guarded by the world's lock. */
final class Stack {

    static final String TYPE = "AWS::CloudFormation::Stack";

    final String id;
    final String name;
    final Instant created;
    Instant updated;
    Instant deleted;
    Status status = Status.REVIEW_IN_PROGRESS;
    String reason;

    /** What it is made of; before it is created for the first time, what it is being made of. Null while under review. */
    Definition definition;

    /** What it is made of if the update that goes on is rolled back; null if there is none. */
    Definition former;

    OnFailure onFailure = OnFailure.ROLLBACK;
    boolean protectedFromDeletion;
    Integer timeoutInMinutes;
    String clientRequestToken;

    /** What updates may do to its resources, as it was given; null for anything. */
    String policy;
    /** In place of it for the update that goes on; null for none. */
    String policyDuringUpdate;

    String changeSetId;

    /** Counts creations, updates and roll-backs, so that it is known what one of them has already dealt with. */
    int operation;

    /** By logical id. */
    final Map<String, StackResource> resources = new LinkedHashMap<>();
    /** What an update has no more use for, to be deleted in the end; by physical id. */
    final Map<String, StackResource> leftovers = new LinkedHashMap<>();
    /** What an update has touched, as it was before; by logical id. */
    final Map<String, StackResource> before = new LinkedHashMap<>();
    /** What is not to be deleted with the stack, by logical id. */
    final TreeSet<String> retained = new TreeSet<>();

    final List<StackEvent> events = new ArrayList<>();
    List<StackOutput> outputs = List.of();
    final Map<String, ChangeSet> changeSets = new LinkedHashMap<>();

    /** Whether there is a timer for the next look at it. */
    boolean looked;

    /** {@link #definition} put to work; read again when needed. */
    TemplateInstance instance;

    Stack(String id, String name, Instant created) {
        this.id = id;
        this.name = name;
        this.created = created;
    }

    /** What becomes of a creation or an update that fails. */
    enum OnFailure {
        ROLLBACK,
        DELETE,
        DO_NOTHING
    }
}
