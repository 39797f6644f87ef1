package io.jenkins.plugins.ecscanary.localaws.cloudformation.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What CloudFormation's functions give, in JSON and in YAML's short forms. */
class EvaluationTest {

    private static final Pseudo PSEUDO = new Pseudo("123456789012", "eu-central-1", "web", "arn:stack");

    private static final ResourceValues RESOURCES = new ResourceValues() {
        @Override
        public JsonNode id(String logicalId) {
            return TextNode.valueOf("id-of-" + logicalId);
        }

        @Override
        public JsonNode attribute(String logicalId, String name) {
            return TextNode.valueOf(logicalId + "/" + name);
        }
    };

    private static final ResourceValues UNKNOWN = new ResourceValues() {
        @Override
        public JsonNode id(String logicalId) {
            return Evaluation.UNKNOWN;
        }

        @Override
        public JsonNode attribute(String logicalId, String name) {
            return Evaluation.UNKNOWN;
        }
    };

    /** A template whose resource {@code It} has the property {@code P}. */
    private static Template template(String value) {
        return Template.parse(
                """
                Parameters:
                  Env: {Type: String, Default: prod}
                  Zones: {Type: CommaDelimitedList, Default: 'a, b'}
                Mappings:
                  Sizes: {prod: {cpu: 256}, test: {cpu: 128}}
                Conditions:
                  Prod: !Equals [!Ref Env, prod]
                  Test: !Not [!Condition Prod]
                  Either: !Or [!Condition Prod, !Condition Test]
                  Both: !And [!Condition Prod, !Condition Test]
                Resources:
                  Other: {Type: AWS::EC2::VPC}
                  OnlyTest: {Type: AWS::EC2::VPC, Condition: Test}
                  It:
                    Type: AWS::EC2::VPC
                    Properties:
                      P: %s
                """
                        .formatted(value));
    }

    private static JsonNode evaluated(String value, ResourceValues resources) {
        Template template = template(value);
        Map<String, String> parameters = ParameterValues.of(template, List.of(), Map.of());
        return TemplateInstance.of(template, parameters, PSEUDO)
                .properties("It", resources)
                .path("P");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "!Ref Env | `prod`",
                "!Ref Other | id-of-Other",
                "!Ref Zones | [\"a\",\"b\"]",
                "!Ref AWS::Region | eu-central-1",
                "{Ref: 'AWS::URLSuffix'} | amazonaws.com",
                "!GetAtt Other.Deep.Name | Other/Deep.Name",
                "{'Fn::GetAtt': [Other, CidrBlock]} | Other/CidrBlock",
                "{'Fn::GetAtt': Other.CidrBlock} | Other/CidrBlock",
                "!Sub 'x-${Env}-${AWS::AccountId}-${Other}-${Other.Arn}-${!Env}' | x-prod-123456789012-id-of-Other-Other/Arn-${Env}",
                "!Sub ['${A}-${Env}', {A: !Ref Other}] | id-of-Other-prod",
                "!Join ['-', [a, !Ref Env, !Ref Other]] | a-prod-id-of-Other",
                "!Join [',', !Ref Zones] | a,b",
                "!Select [1, !Ref Zones] | b",
                "!Select ['0', !GetAZs ''] | eu-central-1a",
                "!GetAZs {Ref: 'AWS::Region'} | [\"eu-central-1a\",\"eu-central-1b\",\"eu-central-1c\"]",
                "!Select [2, !Split ['/', 'a/b/c']] | c",
                "!FindInMap [Sizes, !Ref Env, cpu] | 256",
                "{'Fn::Base64': hello} | aGVsbG8=",
                "!If [Prod, first, second] | first",
                "!If [Both, !Ref OnlyTest, !If [Either, deep, flat]] | deep",
                "[1, !Ref AWS::NoValue, 2] | [1,2]",
                "{A: !If [Prod, !Ref AWS::NoValue, x], B: 1} | {\"B\":1}",
                "{Condition: {StringEquals: {a: b}}} | {\"Condition\":{\"StringEquals\":{\"a\":\"b\"}}}",
                "[true, 1, 1.5, '1'] | [true,1,1.5,\"1\"]"
            })
    void gives(String value, String expected) {
        JsonNode found = evaluated(value, RESOURCES);
        assertThat(found.isValueNode() ? found.asText() : found.toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "!Ref None | Template format error: Unresolved resource dependencies [None] in the Resources block of the template",
                "!Sub '${None}' | Template format error: Unresolved resource dependencies [None] in the Resources block",
                "!Sub '${None.Arn}' | Template error: instance of Fn::Sub references invalid resource attribute None.Arn",
                "!Sub '${a b}' | Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters",
                "!GetAtt None.Arn | Template error: instance of Fn::GetAtt references undefined resource None",
                "!GetAtt Other | Template error: every Fn::GetAtt object requires two non-empty parameters",
                "!Ref OnlyTest | Template format error: Unresolved resource dependencies [OnlyTest]",
                "!Ref It | Circular dependency between resources: [It]",
                "!If [None, 1, 2] | Template format error: Unresolved condition dependency None in the Resources block",
                "!If [Prod, 1] | Template error: Fn::If requires a list argument with three elements",
                "!Select [5, !Ref Zones] | Template error: Fn::Select cannot select nonexistent value at index 5",
                "!Select [x, !Ref Zones] | Template error: Fn::Select requires a list argument with two elements",
                "!FindInMap [None, a, b] | Template error: Mapping named 'None' is not present in the 'Mappings' section of template.",
                "!FindInMap [Sizes, a, b] | Template error: Unable to get mapping for Sizes::a::b",
                "!Join ['-', x] | Template error: every Fn::Join object requires two parameters",
                "!GetAZs us-east-1 | local-aws does not support Fn::GetAZs of region us-east-1",
                "!ImportValue x | local-aws does not support the function Fn::ImportValue",
                "!Cidr [10.0.0.0/16, 3, 8] | local-aws does not support the function Fn::Cidr",
                "{'Fn::Magic': x} | Template validation error: Encountered unsupported function: Fn::Magic",
                "!Equals [1, 1] | Template error: Fn::Equals can be used in the Conditions block only",
                "'{{resolve:ssm:x}}' | local-aws does not support dynamic references: {{resolve:ssm:x}}"
            })
    void refuses(String value, String message) {
        assertThatExceptionOfType(AwsError.class)
                .isThrownBy(() -> evaluated(value, RESOURCES))
                .withMessageStartingWith(message)
                .satisfies(error -> assertThat(error.code()).isEqualTo("ValidationError"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "!Ref Other",
                "!GetAtt Other.Arn",
                "!Sub 'a-${Other}'",
                "!Join ['', [a, !Ref Other]]",
                "!Select [3, !Split [':', !Ref Other]]",
                "{'Fn::Base64': !Ref Other}"
            })
    void whatIsKnownOnlyLaterIsUnknownAndNotWrong(String value) {
        assertThat(evaluated(value, UNKNOWN)).isSameAs(Evaluation.UNKNOWN);
    }

    @Test
    void aResourceComesAfterThoseItNeedsWhateverTheBranchesNotTaken() {
        Template template = template("!If [Prod, !Ref Other, !Ref OnlyTest]");
        TemplateInstance instance =
                TemplateInstance.of(template, ParameterValues.of(template, List.of(), Map.of()), PSEUDO);
        assertThat(instance.resources().stream().map(ResourceDeclaration::logicalId))
                .containsExactly("Other", "It");
        assertThat(instance.dependencies("It")).containsExactly("Other");
        Map<String, String> test =
                ParameterValues.of(template, List.of(new ParameterValues.Given("Env", "test", false)), Map.of());
        assertThat(TemplateInstance.of(template, test, PSEUDO).dependencies("It"))
                .containsExactly("OnlyTest");
    }
}
