package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.ResourceType;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.ResourceTypes;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Evaluation;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Invalid;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.ParameterValues;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Pseudo;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.ResourceDeclaration;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.ResourceValues;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Template;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.TemplateInstance;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Checks all that can be checked of a template before anything is touched. */
final class Preparation {

    private static final Set<String> NAMED = Set.of("RoleName", "ManagedPolicyName", "UserName", "GroupName");
    private static final int MOST_TAGS = 50;

    private final World world;
    private final ResourceTypes types;

    Preparation(World world, ResourceTypes types) {
        this.world = world;
        this.types = types;
    }

    /** What was checked. */
    record Prepared(Definition definition, TemplateInstance instance) {}

    /**
     * @param previous the values the stack has; empty for a new one
     * @throws AwsError ValidationError, InsufficientCapabilitiesException
     */
    Prepared of(
            Stack stack,
            String text,
            List<ParameterValues.Given> parameters,
            Map<String, String> previous,
            List<Tag> tags,
            List<String> capabilities,
            String roleArn) {
        Template template = Template.parse(text);
        requireTypes(template);
        Map<String, String> values = ParameterValues.of(template, parameters, previous);
        TemplateInstance instance = TemplateInstance.of(
                template, values, new Pseudo(world.account(), world.region(), stack.name, stack.id));
        Map<String, String> stackTags = tags(tags);
        ResourceValues unknown = unknown(template);
        for (ResourceDeclaration resource : instance.resources()) {
            Properties.of(instance, types.require(resource.type()), resource.logicalId(), unknown, stackTags);
        }
        instance.outputs().forEach(output -> instance.output(output, unknown));
        requireCapabilities(template, capabilities);
        return new Prepared(new Definition(text, values, stackTags, capabilities, roleArn), instance);
    }

    /** @throws AwsError if there is a type that is not here */
    void requireTypes(Template template) {
        Set<String> unknown = new TreeSet<>();
        for (ResourceDeclaration resource : template.resources().values()) {
            if (types.find(resource.type()).isEmpty()) {
                unknown.add(resource.type());
            }
        }
        if (!unknown.isEmpty()) {
            throw Invalid.format(
                    "Unrecognized resource types: " + unknown + " (local-aws supports " + types.names() + ")");
        }
    }

    /** Nothing is known of any resource but which attributes it has. */
    private ResourceValues unknown(Template template) {
        return new ResourceValues() {
            @Override
            public JsonNode id(String logicalId) {
                return Evaluation.UNKNOWN;
            }

            @Override
            public JsonNode attribute(String logicalId, String name) {
                ResourceType type =
                        types.require(template.resources().get(logicalId).type());
                type.requireAttribute(name, logicalId);
                return Evaluation.UNKNOWN;
            }
        };
    }

    private static Map<String, String> tags(List<Tag> given) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Tag tag : given) {
            if (tag.key() == null || tag.key().isEmpty() || tag.value() == null) {
                throw Invalid.request("A tag must have a Key and a Value");
            }
            if (tag.key().startsWith("aws:")) {
                throw Invalid.request("aws: prefixed tag key names are not allowed for external use.");
            }
            if (tags.put(tag.key(), tag.value()) != null) {
                throw Invalid.request("Duplicate tag key " + tag.key());
            }
        }
        if (tags.size() > MOST_TAGS) {
            throw Invalid.request("A stack can have " + MOST_TAGS + " tags at most");
        }
        return tags;
    }

    /** What a template asks to be acknowledged, empty for nothing: that it makes IAM resources, or named ones. */
    static List<String> capabilities(Template template) {
        boolean iam = false;
        boolean named = false;
        for (ResourceDeclaration resource : template.resources().values()) {
            if (resource.type().startsWith("AWS::IAM::")) {
                iam = true;
                named |= NAMED.stream().anyMatch(resource.properties()::has);
            }
        }
        return named ? List.of("CAPABILITY_NAMED_IAM") : iam ? List.of("CAPABILITY_IAM") : List.of();
    }

    private static void requireCapabilities(Template template, List<String> given) {
        List<String> needed = capabilities(template);
        boolean acknowledged = given.containsAll(needed)
                || needed.contains("CAPABILITY_IAM") && given.contains("CAPABILITY_NAMED_IAM");
        if (!acknowledged) {
            throw new AwsError("InsufficientCapabilitiesException", "Requires capabilities : " + needed);
        }
    }
}
