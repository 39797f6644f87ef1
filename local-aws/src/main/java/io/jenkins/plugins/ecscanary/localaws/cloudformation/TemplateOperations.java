package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Invalid;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.ParameterDeclaration;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Template;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import java.util.List;

/** GetTemplate, GetTemplateSummary, ValidateTemplate. */
final class TemplateOperations {

    private final Stacks stacks;
    private final Preparation preparation;

    TemplateOperations(Stacks stacks, Preparation preparation) {
        this.stacks = stacks;
        this.preparation = preparation;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("GetTemplate", GetTemplateRequest.class, this::get),
                Operation.of("GetTemplateSummary", GetTemplateSummaryRequest.class, this::summarize),
                Operation.of("ValidateTemplate", ValidateTemplateRequest.class, this::validate));
    }

    /**
     * There are no transforms here: both stages are the template as it was given. A stack under review has none yet and
     * answers so: the CDK's command line asks for it then, before it executes the change set.
     */
    private TemplateAnswer get(GetTemplateRequest in) {
        Stack stack = stacks.find(in.stackName)
                .orElseThrow(() -> Invalid.request("Stack with id " + in.stackName + " does not exist"));
        Definition definition = in.changeSetName == null
                ? stack.definition
                : ChangeSetOperations.require(stack, in.changeSetName).definition();
        if (definition == null) {
            return new TemplateAnswer("", List.of());
        }
        return new TemplateAnswer(definition.template(), List.of("Original", "Processed"));
    }

    private Summary summarize(GetTemplateSummaryRequest in) {
        Members.refuse("StackSetName", in.stackSetName);
        String text = in.stackName == null
                ? Members.template(in.templateBody, in.templateUrl, null, null)
                : template(in.stackName);
        Template template = Template.parse(text);
        return new Summary(
                template.parameters().values().stream()
                        .map(parameter -> new Declared(
                                parameter.name(),
                                parameter.standard(),
                                parameter.type(),
                                parameter.noEcho(),
                                parameter.description(),
                                new Constraints(parameter.allowedValues())))
                        .toList(),
                template.description(),
                Preparation.capabilities(template),
                reason(template),
                Changes.typesIn(template),
                "2010-09-09",
                template.metadata() == null ? null : template.metadata().toString());
    }

    private String template(String stackName) {
        Stack stack = stacks.require(stackName);
        if (stack.definition == null) {
            // AWS's words by getmoto/moto#4424.
            throw Invalid.request("GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.");
        }
        return stack.definition.template();
    }

    private static String reason(Template template) {
        List<String> iam = Changes.typesIn(template).stream()
                .filter(type -> type.startsWith("AWS::IAM::"))
                .toList();
        return iam.isEmpty() ? null : "The following resource(s) require capabilities: " + iam;
    }

    /** Goes further than AWS, which looks at the syntax only: types that are not here are refused at once. */
    private Valid validate(ValidateTemplateRequest in) {
        Template template = Template.parse(Members.template(in.templateBody, in.templateUrl, null, null));
        preparation.requireTypes(template);
        return new Valid(
                template.parameters().values().stream()
                        .map(TemplateOperations::parameter)
                        .toList(),
                template.description(),
                Preparation.capabilities(template),
                reason(template));
    }

    private static TemplateParameter parameter(ParameterDeclaration declared) {
        return new TemplateParameter(declared.name(), declared.standard(), declared.noEcho(), declared.description());
    }

    record GetTemplateRequest(String stackName, String changeSetName, String templateStage) {}

    record TemplateAnswer(String templateBody, List<String> stagesAvailable) {}

    record GetTemplateSummaryRequest(
            String templateBody,
            @JsonProperty("TemplateURL") String templateUrl,
            String stackName,
            String stackSetName,
            JsonNode templateSummaryConfig) {}

    record Summary(
            List<Declared> parameters,
            String description,
            List<String> capabilities,
            String capabilitiesReason,
            List<String> resourceTypes,
            String version,
            String metadata) {}

    record Declared(
            String parameterKey,
            String defaultValue,
            String parameterType,
            Boolean noEcho,
            String description,
            Constraints parameterConstraints) {}

    record Constraints(List<String> allowedValues) {}

    record ValidateTemplateRequest(String templateBody, @JsonProperty("TemplateURL") String templateUrl) {}

    record Valid(
            List<TemplateParameter> parameters,
            String description,
            List<String> capabilities,
            String capabilitiesReason) {}

    record TemplateParameter(String parameterKey, String defaultValue, Boolean noEcho, String description) {}
}
