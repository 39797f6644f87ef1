package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the security groups of all stacks let through between a load balancer and its targets. A group that is in no stack is
 * not known and forbids nothing. Addresses are not the network's here: a rule for any range of them, or for a prefix list, is
 * taken to mean everyone.
 */
final class SecurityGroups {

    private static final String GROUP = "AWS::EC2::SecurityGroup";
    private static final Set<String> TCP = Set.of("tcp", "6", "-1");

    private final Stacks stacks;

    SecurityGroups(Stacks stacks) {
        this.stacks = stacks;
    }

    /**
     * @param from the groups of who connects, by id
     * @param whom the groups of whom it connects to; asked for only where it matters
     */
    boolean let(List<String> from, Supplier<List<String>> whom, int port) {
        if (from.isEmpty()) {
            return true;
        }
        Set<String> known = resources(GROUP).map(StackResource::physicalId).collect(Collectors.toSet());
        List<String> to = known.containsAll(from) ? whom.get() : List.of();
        if (to.isEmpty() || !known.containsAll(to)) {
            return true;
        }
        List<JsonNode> out = rules(from, "Egress");
        boolean leaves =
                out.isEmpty() || out.stream().anyMatch(rule -> matches(rule, port, "DestinationSecurityGroupId", to));
        return leaves
                && rules(to, "Ingress").stream().anyMatch(rule -> matches(rule, port, "SourceSecurityGroupId", from));
    }

    private static boolean matches(JsonNode rule, int port, String peer, List<String> groups) {
        String protocol = rule.path("IpProtocol").asText();
        boolean all = protocol.equals("-1");
        boolean ports = all
                || rule.path("FromPort").asInt(-1) <= port
                        && port <= rule.path("ToPort").asInt(65_535);
        return TCP.contains(protocol)
                && ports
                && (!rule.has(peer) || groups.contains(rule.get(peer).asText()));
    }

    /** Those in the groups themselves, and those beside them. */
    private List<JsonNode> rules(List<String> groups, String direction) {
        List<JsonNode> rules = new ArrayList<>();
        resources(GROUP).filter(group -> groups.contains(group.physicalId())).forEach(group -> group.properties()
                .path("SecurityGroup" + direction)
                .forEach(rules::add));
        resources(GROUP + direction)
                .filter(rule ->
                        groups.contains(rule.properties().path("GroupId").asText()))
                .forEach(rule -> rules.add(rule.properties()));
        return rules;
    }

    private Stream<StackResource> resources(String type) {
        return stacks.all().stream()
                .filter(stack -> stack.status != Status.DELETE_COMPLETE)
                .flatMap(stack -> stack.resources.values().stream())
                .filter(resource -> resource.type().equals(type) && resource.physicalId() != null);
    }
}
