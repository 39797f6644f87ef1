package io.jenkins.plugins.ecscanary.localaws.cloudformation.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.ResourceDeclaration.Retention;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | Template format error: JSON not well-formed. (line 1, column ",
                "{'A': 1, 'A': 2} | Template format error: JSON not well-formed.",
                "a: [ | Template format error: YAML not well-formed. (line ",
                "a: !Magic x | Template format error: YAML not well-formed. (line 1, column 12) there is no short form !Magic",
                "x | Template format error: unsupported structure.",
                "{'Resources': {}} | Template format error: At least one Resources member must be defined.",
                "{'Resources': {'A': {}}} | Template format error: [/Resources/A] Every Resources object must contain a Type member.",
                "{'Resources': {'a-b': {'Type': 'T'}}} | Template format error: Resource name a-b is non alphanumeric.",
                "{'Resources': {'A': {'Type': 'T', 'Propertys': {}}}} | Invalid template resource property 'Propertys'",
                "{'Resources': {'A': {'Type': 'T', 'UpdatePolicy': {}}}} | local-aws does not support UpdatePolicy of resource A",
                "{'Resources': {'A': {'Type': 'T', 'DeletionPolicy': 'Keep'}}} | Template format error: Unrecognized DeletionPolicy",
                "{'Resources': {'A': {'Type': 'T', 'DependsOn': 'B'}}} | Template format error: Unresolved resource dependencies [B]",
                "{'Resources': {'A': {'Type': 'T', 'Condition': 'C'}}} | Template format error: Unresolved condition dependency C",
                "{'Resource': {}} | Invalid template property or properties [Resource]",
                "{'Transform': 'AWS::Serverless-2016-10-31'} | local-aws does not support the template section Transform",
                "{'AWSTemplateFormatVersion': '2011'} | Template format error: Unsupported AWSTemplateFormatVersion '2011'",
                "{'Resources': {'A': {'Type': 'T'}}, 'Outputs': {'O': {}}} | Template format error: [/Outputs/O] Every Outputs member must contain a Value object",
                "{'Resources': {'A': {'Type': 'T'}}, 'Outputs': {'O': {'Value': {'Ref': 'B'}}}} | Template format error: Unresolved resource dependencies [B] in the Outputs block of the template",
                "{'Resources': {'A': {'Type': 'T'}}, 'Outputs': {'O': {'Value': 'x', 'Export': {}}}} | local-aws does not support Export of output O",
                "{'Resources': {'A': {'Type': 'T'}}, 'Conditions': {'C': {'Fn::Equals': [{'Ref': 'A'}, 1]}}} | Template format error: Unresolved dependencies [A]. Cannot reference resources in the Conditions block of the template",
                "{'Resources': {'A': {'Type': 'T'}}, 'Parameters': {'P': {'Type': 'AWS::SSM::Parameter::Value<String>'}}} | local-aws does not support parameter P of type AWS::SSM::Parameter::Value<String>",
                "{'Resources': {'A': {'Type': 'T'}}, 'Parameters': {'P': {'Type': 'Text'}}} | Template format error: Unrecognized parameter type: Text"
            })
    void refuses(String text, String message) {
        assertThatExceptionOfType(AwsError.class)
                .isThrownBy(() -> Template.parse(text.replace('\'', '"')))
                .withMessageStartingWith(message)
                .satisfies(error -> assertThat(error.code()).isEqualTo("ValidationError"));
    }

    @Test
    void yamlAndJsonAreTheSame() {
        Template yaml = Template.parse(
                """
                Description: both
                Resources:
                  A:
                    Type: AWS::EC2::VPC
                    DeletionPolicy: Retain
                  B:
                    Type: AWS::EC2::Subnet
                    DependsOn: A
                    Properties:
                      VpcId: !Ref A
                      Name: !Sub "${A.Arn}"
                """);
        Template json = Template.parse(
                """
                {"Description": "both", "Resources": {
                  "A": {"Type": "AWS::EC2::VPC", "DeletionPolicy": "Retain"},
                  "B": {"Type": "AWS::EC2::Subnet", "DependsOn": ["A"], "Properties": {
                    "VpcId": {"Ref": "A"}, "Name": {"Fn::Sub": "${A.Arn}"}}}}}
                """);
        assertThat(yaml.resources()).isEqualTo(json.resources());
        assertThat(yaml.resources().get("A").deletionPolicy()).isEqualTo(Retention.RETAIN);
    }

    @Test
    void circlesAreFound() {
        Template template = Template.parse(
                """
                Resources:
                  Before: {Type: T}
                  A: {Type: T, DependsOn: [B, Before]}
                  B: {Type: T, Properties: {X: !GetAtt C.Y}}
                  C: {Type: T, Properties: {X: !Sub "${A}"}}
                  After: {Type: T, DependsOn: A}
                """);
        assertThatExceptionOfType(AwsError.class)
                .isThrownBy(() -> TemplateInstance.of(template, Map.of(), new Pseudo("1", "r", "s", "i")))
                .withMessage("Circular dependency between resources: [A, B, C]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Type: Number, MinValue: 2 | 1 | Parameter 'P' must be a number not less than 2",
                "Type: Number, MaxValue: 2 | 3 | Parameter 'P' must be a number not greater than 2",
                "Type: Number | x | Parameter 'P' must be a number.",
                "Type: String, AllowedValues: [a, b] | c | Parameter 'P' must be one of AllowedValues",
                "Type: String, AllowedPattern: '[a-z]+' | A | Parameter 'P' must match pattern [a-z]+",
                "Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: small | A | Parameter P failed to satisfy constraint: small",
                "Type: String, MinLength: 2 | a | Parameter 'P' must contain at least 2 characters",
                "Type: String, MaxLength: 2 | abc | Parameter 'P' must contain at most 2 characters",
                "Type: List<Number> | '1,x' | Parameter 'P' must be a number."
            })
    void parametersHaveConstraints(String declaration, String value, String message) {
        Template template = Template.parse("Parameters: {P: {" + declaration + "}}\nResources: {A: {Type: T}}");
        assertThatExceptionOfType(AwsError.class)
                .isThrownBy(() ->
                        ParameterValues.of(template, List.of(new ParameterValues.Given("P", value, false)), Map.of()))
                .withMessage(message);
    }

    @Test
    void parametersMustBeKnownAndHaveAValue() {
        Template template = Template.parse("Parameters: {P: {Type: String}}\nResources: {A: {Type: T}}");
        assertThatExceptionOfType(AwsError.class)
                .isThrownBy(() -> ParameterValues.of(template, List.of(), Map.of()))
                .withMessage("Parameters: [P] must have values");
        assertThatExceptionOfType(AwsError.class)
                .isThrownBy(() ->
                        ParameterValues.of(template, List.of(new ParameterValues.Given("Q", "1", false)), Map.of()))
                .withMessage("Parameters: [Q] do not exist in the template");
        assertThat(ParameterValues.of(
                        template, List.of(new ParameterValues.Given("P", null, true)), Map.of("P", "before")))
                .containsEntry("P", "before");
    }
}
