package io.jenkins.plugins.ecscanary.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;

/** What the pseudo parameters stand for. */
public record Pseudo(String account, String region, String stackName, String stackId) {

    static final Set<String> NAMES = Set.of(
            "AWS::AccountId",
            "AWS::NotificationARNs",
            Function.NO_VALUE,
            "AWS::Partition",
            "AWS::Region",
            "AWS::StackId",
            "AWS::StackName",
            "AWS::URLSuffix");

    JsonNode value(String name) {
        return switch (name) {
            case "AWS::AccountId" -> TextNode.valueOf(account);
            case "AWS::NotificationARNs" -> JsonNodeFactory.instance.arrayNode();
            case "AWS::Partition" -> TextNode.valueOf("aws");
            case "AWS::Region" -> TextNode.valueOf(region);
            case "AWS::StackId" -> TextNode.valueOf(stackId);
            case "AWS::StackName" -> TextNode.valueOf(stackName);
            case "AWS::URLSuffix" -> TextNode.valueOf("amazonaws.com");
            default -> Evaluation.NO_VALUE;
        };
    }
}
