package io.jenkins.plugins.ecscanary.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What CloudFormation would make of a value in account 123456789012 and eu-central-1. Ids are the logical ones. */
final class Evaluated {

    private static final Map<String, String> PSEUDO = Map.of(
            "AWS::Partition", "aws",
            "AWS::URLSuffix", "amazonaws.com",
            "AWS::Region", "eu-central-1",
            "AWS::AccountId", "123456789012");

    /** Where Ref is a name that the template gives. */
    private static final Map<String, String> NAMES = Map.of(
            "AWS::ECS::Cluster", "ClusterName",
            "AWS::ECS::Service", "ServiceName",
            "AWS::CodeDeploy::Application", "ApplicationName",
            "AWS::CodeDeploy::DeploymentGroup", "DeploymentGroupName",
            "AWS::Logs::LogGroup", "LogGroupName",
            "AWS::CloudWatch::Alarm", "AlarmName",
            "AWS::ECR::Repository", "RepositoryName");

    private final Resources stack;

    private Evaluated(Resources stack) {
        this.stack = stack;
    }

    static Evaluated in(Resources stack) {
        return new Evaluated(stack);
    }

    String text(JsonNode value) {
        return of(value).asText();
    }

    JsonNode of(JsonNode value) {
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> array.add(of(item)));
            return array;
        }
        if (!value.isObject()) {
            return value;
        }
        if (value.has("Ref")) {
            String id = value.path("Ref").asText();
            return TextNode.valueOf(PSEUDO.containsKey(id) ? PSEUDO.get(id) : name(id));
        }
        if (value.has("Fn::GetAtt")) {
            return TextNode.valueOf(attribute(
                    value.at("/Fn::GetAtt/0").asText(),
                    value.at("/Fn::GetAtt/1").asText()));
        }
        if (value.has("Fn::Join")) {
            return TextNode.valueOf(StreamSupport.stream(value.at("/Fn::Join/1").spliterator(), false)
                    .map(this::text)
                    .collect(Collectors.joining(value.at("/Fn::Join/0").asText())));
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        value.properties().forEach(field -> object.set(field.getKey(), of(field.getValue())));
        return object;
    }

    private String name(String id) {
        JsonNode resource = stack.resource(id);
        String property = NAMES.get(resource.path("Type").asText());
        return property == null ? id : text(resource.path("Properties").path(property));
    }

    private String attribute(String id, String attribute) {
        String name = name(id).replaceAll("[0-9A-F]{8}$", "");
        return switch (stack.resource(id).path("Type").asText() + "." + attribute) {
            case "AWS::ECS::Service.Name" -> name;
            case "AWS::IAM::Role.Arn" -> "arn:aws:iam::123456789012:role/" + name;
            case "AWS::ECR::Repository.Arn" -> "arn:aws:ecr:eu-central-1:123456789012:repository/" + name;
            case "AWS::ECR::Repository.RepositoryUri" -> "123456789012.dkr.ecr.eu-central-1.amazonaws.com/" + name;
            default -> id + "." + attribute;
        };
    }
}
