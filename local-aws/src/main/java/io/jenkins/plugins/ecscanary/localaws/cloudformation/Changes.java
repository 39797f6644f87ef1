package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.ChangeSet.Change;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.ChangeSet.Detail;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.ChangeSet.ResourceChange;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.ChangeSet.Target;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.ResourceType;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.ResourceTypes;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Evaluation;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Invalid;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.ResourceDeclaration;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.ResourceDeclaration.Retention;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.ResourceValues;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Template;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.TemplateInstance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What would change in a stack, found by comparing with what it was last given, as CloudFormation does, not with what is. */
final class Changes {

    private final ResourceTypes types;
    private final Stack stack;
    private final Preparation.Prepared prepared;
    /** Those of which it is not known what they will be known by: new ones and those that are or may be replaced. */
    private final Set<String> anew = new HashSet<>();

    private Changes(ResourceTypes types, Stack stack, Preparation.Prepared prepared) {
        this.types = types;
        this.stack = stack;
        this.prepared = prepared;
    }

    /**
     * In the template's order, what goes away last.
     *
     * @throws io.jenkins.plugins.ecscanary.localaws.wire.AwsError ValidationError if a resource would become one of another type
     */
    static List<Change> of(ResourceTypes types, Stack stack, Preparation.Prepared prepared) {
        return new Changes(types, stack, prepared).all();
    }

    /** Whether an update has nothing to do: no resource changes, no output and no policy. */
    static boolean none(List<Change> changes, TemplateInstance now, TemplateInstance then) {
        return changes.isEmpty()
                && now.outputs().equals(then.outputs())
                && policies(now).equals(policies(then));
    }

    private static List<List<Object>> policies(TemplateInstance instance) {
        return instance.resources().stream()
                .map(resource -> List.<Object>of(
                        resource.logicalId(), resource.deletionPolicy(), resource.updateReplacePolicy()))
                .toList();
    }

    private List<Change> all() {
        List<Change> changes = new ArrayList<>();
        TemplateInstance target = prepared.instance();
        requireSameTypes(target);
        for (ResourceDeclaration declared : target.resources()) {
            StackResource present = stack.resources.get(declared.logicalId());
            if (present == null || present.physicalId() == null) {
                anew.add(declared.logicalId());
                changes.add(change(null, "Add", declared.logicalId(), null, declared.type(), null, List.of()));
            } else {
                modification(target, declared, present, changes);
            }
        }
        for (StackResource gone : Forward.withoutPlace(stack, target)) {
            String policy = gone.deletionPolicy() == Retention.DELETE ? "Delete" : "Retain";
            changes.add(change(policy, "Remove", gone.logicalId(), gone.physicalId(), gone.type(), null, List.of()));
        }
        return changes;
    }

    private void requireSameTypes(TemplateInstance target) {
        Set<String> changed = new TreeSet<>();
        for (ResourceDeclaration declared : target.resources()) {
            StackResource present = stack.resources.get(declared.logicalId());
            if (present != null && !present.type().equals(declared.type())) {
                changed.add(declared.logicalId());
            }
        }
        if (!changed.isEmpty()) {
            throw Invalid.request("Update of resource type is not permitted. The new template modifies resource type of"
                    + " the following resources: " + changed);
        }
    }

    private void modification(
            TemplateInstance target, ResourceDeclaration declared, StackResource present, List<Change> changes) {
        ResourceType type = types.require(declared.type());
        ObjectNode wanted = Properties.of(
                target,
                type,
                declared.logicalId(),
                values(),
                prepared.definition().tags());
        Set<String> names = new TreeSet<>();
        wanted.fieldNames().forEachRemaining(names::add);
        present.properties().fieldNames().forEachRemaining(names::add);
        List<Detail> details = new ArrayList<>();
        boolean always = false;
        boolean maybe = false;
        for (String name : names) {
            if (!ResourceType.differs(present.properties(), wanted, name)) {
                continue;
            }
            boolean known = !wanted.has(name) || !Evaluation.isUnknown(wanted.get(name));
            boolean replacing = type.replacing().contains(name);
            always |= replacing && known;
            maybe |= replacing && !known;
            String recreation = !replacing ? "Never" : known ? "Always" : "Conditionally";
            boolean tags = name.equals("Tags");
            details.add(new Detail(
                    new Target(tags ? "Tags" : "Properties", tags ? null : name, recreation),
                    known ? "Static" : "Dynamic",
                    known ? "DirectModification" : "ResourceReference"));
        }
        if (details.isEmpty()) {
            return;
        }
        if (always || maybe) {
            anew.add(declared.logicalId());
        }
        String policy = always
                ? present.updateReplacePolicy() == Retention.DELETE ? "ReplaceAndDelete" : "ReplaceAndRetain"
                : null;
        changes.add(change(
                policy,
                "Modify",
                declared.logicalId(),
                present.physicalId(),
                declared.type(),
                always ? "True" : maybe ? "Conditional" : "False",
                details));
    }

    private static Change change(
            String policy,
            String action,
            String logicalId,
            String physicalId,
            String type,
            String replacement,
            List<Detail> details) {
        List<String> scope = details.stream()
                .map(detail -> detail.target().attribute())
                .distinct()
                .toList();
        return new Change(
                "Resource",
                new ResourceChange(policy, action, logicalId, physicalId, type, replacement, scope, details));
    }

    private ResourceValues values() {
        ResourceValues present = Properties.values(stack);
        return new ResourceValues() {
            @Override
            public JsonNode id(String logicalId) {
                return anew.contains(logicalId) ? Evaluation.UNKNOWN : present.id(logicalId);
            }

            @Override
            public JsonNode attribute(String logicalId, String name) {
                return anew.contains(logicalId) ? Evaluation.UNKNOWN : present.attribute(logicalId, name);
            }
        };
    }

    /** What a template has, for those who ask; see ValidateTemplate and GetTemplateSummary. */
    static List<String> typesIn(Template template) {
        return template.resources().values().stream()
                .map(ResourceDeclaration::type)
                .distinct()
                .toList();
    }

    /** The values of a stack's parameters, those not to be shown left out. */
    static Map<String, String> shown(Template template, Map<String, String> parameters) {
        Map<String, String> shown = new LinkedHashMap<>(parameters);
        shown.replaceAll((name, value) -> template.parameters().containsKey(name)
                        && template.parameters().get(name).noEcho()
                ? "****"
                : value);
        return shown;
    }
}
