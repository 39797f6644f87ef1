package io.jenkins.plugins.ecscanary.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.Stack;

/**
 * A CloudFormation stack policy that refuses updates of what a deployment has changed behind CloudFormation's back: it would
 * send the template's weights or revision again, and so move traffic or fail. With it the update fails before it has touched
 * them and names the resource. See docs/infrastructure.md, "Life after a deployment".
 */
final class StackPolicy {

    private StackPolicy() {}

    /** Indented JSON. */
    static String of(CanaryStack stack) {
        List<CfnElement> shifted = stack.byEcs()
                .<List<CfnElement>>map(ecs -> List.copyOf(ecs.rules()))
                .orElseGet(() ->
                        List.of(stack.ingress().production(), stack.ingress().test()));
        List<CfnElement> running =
                List.of(stack.service().service(), stack.service().taskDefinition());
        List<String> deployed = Stream.of(shifted, running)
                .flatMap(List::stream)
                .map(element -> logicalId(stack, element))
                .toList();
        List<String> lasting = Stream.of(
                        stack.ingress().loadBalancer(),
                        stack.ingress().blue(),
                        stack.ingress().green())
                .map(element -> logicalId(stack, element))
                .toList();
        Map<String, Object> policy = Map.of(
                "Statement",
                List.of(
                        statement("Allow", List.of("Update:*"), List.of("*")),
                        statement("Deny", List.of("Update:*"), deployed),
                        statement("Deny", List.of("Update:Replace", "Update:Delete"), lasting)));
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(policy) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps can always be written", e);
        }
    }

    private static String logicalId(Stack stack, CfnElement element) {
        return "LogicalResourceId/" + stack.resolve(element.getLogicalId());
    }

    private static Map<String, Object> statement(String effect, List<String> actions, List<String> resources) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Effect", effect);
        statement.put("Action", actions);
        statement.put("Principal", "*");
        statement.put("Resource", resources);
        return statement;
    }
}
