package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Created;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Existing;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.ResourceDeclaration.Retention;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A resource of a stack. Immutable.
 *
 * @param physicalId null as long as it has never been there
 * @param reason of the status, or null
 * @param since when it came to the status
 * @param properties what it was last given, evaluated
 * @param dependsOn the resources it needs, by logical id
 * @param operation the stack's operation that last touched or passed it
 * @param tries how often its deletion was refused because it is in use
 */
record StackResource(
        String logicalId,
        String type,
        String physicalId,
        Status status,
        String reason,
        Instant since,
        ObjectNode properties,
        Map<String, JsonNode> attributes,
        Set<String> dependsOn,
        Retention deletionPolicy,
        Retention updateReplacePolicy,
        int operation,
        int tries) {

    StackResource {
        // In an order that does not depend on the run: it is compared with what was saved.
        attributes = new TreeMap<>(attributes);
        dependsOn = new TreeSet<>(dependsOn);
    }

    StackResource as(Status next, String why, Instant now) {
        return new StackResource(
                logicalId,
                type,
                physicalId,
                next,
                why,
                now,
                properties,
                attributes,
                dependsOn,
                deletionPolicy,
                updateReplacePolicy,
                operation,
                tries);
    }

    /** With what it is known by, and the properties it was given. */
    StackResource known(Created created, ObjectNode given) {
        return new StackResource(
                logicalId,
                type,
                created.physicalId(),
                status,
                reason,
                since,
                given,
                created.attributes(),
                dependsOn,
                deletionPolicy,
                updateReplacePolicy,
                operation,
                tries);
    }

    /** As the template has it now, in this operation. */
    StackResource declared(Set<String> needs, Retention deletion, Retention replacement, int inOperation) {
        return new StackResource(
                logicalId,
                type,
                physicalId,
                status,
                reason,
                since,
                properties,
                attributes,
                needs,
                deletion,
                replacement,
                inOperation,
                tries);
    }

    StackResource passed(int inOperation) {
        return declared(dependsOn, deletionPolicy, updateReplacePolicy, inOperation);
    }

    StackResource triedOnceMore() {
        return new StackResource(
                logicalId,
                type,
                physicalId,
                status,
                reason,
                since,
                properties,
                attributes,
                dependsOn,
                deletionPolicy,
                updateReplacePolicy,
                operation,
                tries + 1);
    }

    Existing existing() {
        return new Existing(physicalId, properties, attributes);
    }
}
