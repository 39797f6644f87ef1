package io.jenkins.plugins.ecscanary.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;

/** What resources are known by; {@link Evaluation#UNKNOWN} for what is known only once they are created. */
public interface ResourceValues {

    /** What {@code Ref} gives. */
    JsonNode id(String logicalId);

    /** What {@code Fn::GetAtt} gives. */
    JsonNode attribute(String logicalId, String name);
}
