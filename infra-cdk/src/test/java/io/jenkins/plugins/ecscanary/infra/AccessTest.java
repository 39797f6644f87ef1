package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RequiresNode
class AccessTest {

    /** The engine prints these files; its own test of that is EnginePolicyFilesTest. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {"deployer-policy.json | -", "deployer-policy-features.json | before-traffic,retention,task-logs"})
    void theDeployerMayWhatTheEnginePrints(String file, String features) throws IOException {
        Resources stack = Synth.of(features == null ? Map.of() : Map.of("deployerFeatures", features));
        JsonNode policy = stack.of("AccessDeployerRole").at("/Policies/0");
        assertThat(policy.path("PolicyName").asText()).isEqualTo("Deploy");
        try (InputStream expected = AccessTest.class.getResourceAsStream("/" + file)) {
            assertThat(normal(Evaluated.in(stack).of(policy.path("PolicyDocument")))
                            .toPrettyString())
                    .isEqualTo(normal(new ObjectMapper().readTree(expected)).toPrettyString());
        }
    }

    /** One action or resource may stand without a list; order means nothing. */
    private static JsonNode normal(JsonNode policy) {
        ObjectNode statements = JsonNodeFactory.instance.objectNode();
        for (JsonNode statement : policy.path("Statement")) {
            ObjectNode normal = JsonNodeFactory.instance.objectNode();
            for (String member : new String[] {"Effect", "Action", "Resource", "Condition"}) {
                JsonNode value = statement.path(member);
                boolean list = member.equals("Action") || member.equals("Resource");
                normal.set(member, list ? sorted(value) : value);
            }
            statements.set(statement.path("Sid").asText(), normal);
        }
        return statements;
    }

    private static ArrayNode sorted(JsonNode value) {
        TreeSet<String> texts = new TreeSet<>();
        if (value.isArray()) {
            value.forEach(text -> texts.add(text.asText()));
        } else {
            texts.add(value.asText());
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    @Test
    void imagesArePushedToThisRepositoryOnly() {
        Resources stack = Synth.defaults();
        JsonNode push =
                Evaluated.in(stack).of(stack.of("AccessDeployerRole").at("/Policies/1/PolicyDocument/Statement"));
        assertThat(push).hasSize(2);
        assertThat(push.at("/0/Action").asText()).isEqualTo("ecr:GetAuthorizationToken");
        assertThat(push.at("/1/Resource").asText())
                .isEqualTo("arn:aws:ecr:eu-central-1:123456789012:repository/reference/web");
        assertThat(Resources.texts(push.at("/1/Action")))
                .contains("ecr:PutImage")
                .allMatch(a -> a.startsWith("ecr:"));
    }

    @Test
    void whoMayDeployIsASetting() {
        assertThat(trust(Map.of()))
                .isEqualTo("{\"Action\":\"sts:AssumeRole\",\"Effect\":\"Allow\","
                        + "\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:root\"}}");
        assertThat(trust(Map.of("deployer", "arn:aws:iam::123456789012:role/jenkins")))
                .contains("{\"AWS\":\"arn:aws:iam::123456789012:role/jenkins\"}");
        assertThat(trust(Map.of("deployerExternalId", "jenkins-1", "deployerCidrs", "203.0.113.0/24")))
                .contains(
                        "\"StringEquals\":{\"sts:ExternalId\":\"jenkins-1\"}",
                        "\"IpAddress\":{\"aws:SourceIp\":[\"203.0.113.0/24\"]}");
    }

    private static String trust(Map<String, String> settings) {
        Resources stack = Synth.of(settings);
        return Evaluated.in(stack)
                .of(stack.of("AccessDeployerRole").at("/AssumeRolePolicyDocument/Statement/0"))
                .toString();
    }

    @Test
    void tasksHaveNoRightsAndStartWithFew() {
        Resources stack = Synth.defaults();
        assertThat(stack.of("AccessTaskRole").has("Policies")).isFalse();
        JsonNode execution = Evaluated.in(stack).of(stack.of("AccessExecutionRole"));
        assertThat(execution.at("/Policies/0/PolicyDocument/Statement").toString())
                .contains("\"arn:aws:ecr:eu-central-1:123456789012:repository/reference/web\"", "logs:PutLogEvents")
                .doesNotContain("ecr:*", "logs:*", "secretsmanager");
        assertThat(execution
                        .at("/AssumeRolePolicyDocument/Statement/0/Condition")
                        .toString())
                .isEqualTo("{\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:ecs:eu-central-1:123456789012:*\"},"
                        + "\"StringEquals\":{\"aws:SourceAccount\":\"123456789012\"}}");
    }

    @Test
    void noRoleHasAManagedPolicy() {
        assertThat(Synth.defaults().all("AWS::IAM::Role")).hasSize(4).allMatch(role -> !role.has("ManagedPolicyArns"));
    }
}
