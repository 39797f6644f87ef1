package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.STACK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types without behaviour: they are there with ids and attributes, and what names them wrongly is refused. */
class KeptServicesTest {

    private static final String ACCOUNT = "eu-central-1:123456789012:";

    @TempDir
    Path directory;

    private StackFixture aws;

    @BeforeEach
    void start() {
        aws = new StackFixture(directory);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    /** Creates one resource and answers its id, as {@code Ref}, and these attributes, by name. */
    private Map<String, String> created(String type, String properties, String... attributes) {
        ObjectNode template =
                StackFixture.template("'It': {'Type': '" + type + "', 'Properties': {" + properties + "}}");
        ObjectNode outputs = template.putObject("Outputs");
        outputs.putObject("Ref").putObject("Value").put("Ref", "It");
        for (String attribute : attributes) {
            outputs.putObject(attribute)
                    .putObject("Value")
                    .putArray("Fn::GetAtt")
                    .add("It")
                    .add(attribute);
        }
        aws.create(template);
        aws.until("CREATE_COMPLETE");
        Map<String, String> values = new TreeMap<>();
        for (JsonNode output : aws.stack().path("Outputs")) {
            values.put(
                    output.path("OutputKey").asText(),
                    output.path("OutputValue").asText());
        }
        return values;
    }

    @Test
    void aWebAcl() {
        Map<String, String> acl = created(
                "AWS::WAFv2::WebACL",
                "'Name': 'shop', 'Scope': 'REGIONAL', 'DefaultAction': {'Allow': {}}, 'VisibilityConfig': {}",
                "Arn",
                "Id");
        assertThat(acl.get("Ref")).isEqualTo("shop|" + acl.get("Id") + "|REGIONAL");
        assertThat(acl.get("Arn")).isEqualTo("arn:aws:wafv2:" + ACCOUNT + "regional/webacl/shop/" + acl.get("Id"));
    }

    @Test
    void aTopic() {
        Map<String, String> topic = created("AWS::SNS::Topic", "'TopicName': 'alarms'", "TopicArn", "TopicName");
        assertThat(topic.get("Ref"))
                .isEqualTo("arn:aws:sns:" + ACCOUNT + "alarms")
                .isEqualTo(topic.get("TopicArn"));
        assertThat(topic.get("TopicName")).isEqualTo("alarms");
    }

    @Test
    void aSecretAndAParameter() {
        assertThat(created("AWS::SecretsManager::Secret", "'Name': 'web/password'")
                        .get("Ref"))
                .matches("arn:aws:secretsmanager:" + ACCOUNT + "secret:web/password-[A-Z0-9]{6}");
        aws.delete();
        aws.until(() -> aws.call("DescribeStacks", Map.of()).path("Stacks").isEmpty());
        Map<String, String> parameter =
                created("AWS::SSM::Parameter", "'Name': '/web/token', 'Type': 'String', 'Value': 'v'", "Value");
        assertThat(parameter.get("Ref")).isEqualTo("/web/token");
        assertThat(parameter.get("Value")).isEqualTo("v");
    }

    @Test
    void aDistribution() {
        Map<String, String> distribution =
                created("AWS::CloudFront::Distribution", "'DistributionConfig': {}", "Id", "DomainName");
        assertThat(distribution.get("Id")).isEqualTo(distribution.get("Ref")).startsWith("E");
        assertThat(distribution.get("DomainName")).endsWith(".cloudfront.net");
    }

    @Test
    void aNamespace() {
        Map<String, String> namespace = created(
                "AWS::ServiceDiscovery::PrivateDnsNamespace",
                "'Name': 'shop.local', 'Vpc': 'vpc-1'",
                "Arn",
                "HostedZoneId");
        assertThat(namespace.get("Ref")).startsWith("ns-");
        assertThat(namespace.get("Arn"))
                .isEqualTo("arn:aws:servicediscovery:" + ACCOUNT + "namespace/" + namespace.get("Ref"));
        assertThat(namespace.get("HostedZoneId")).startsWith("Z");
    }

    @Test
    void theyAreNamedByOthersAndUpdated() {
        String resources = "'Topic': {'Type': 'AWS::SNS::Topic'},"
                + " 'Told': {'Type': 'AWS::SNS::Subscription', 'Properties': {'TopicArn': {'Ref': 'Topic'},"
                + " 'Protocol': 'email', 'Endpoint': '%s@example.com'}}";
        aws.create(StackFixture.template(resources.formatted("ann")));
        aws.until("CREATE_COMPLETE");
        String before = aws.physicalId("Told");
        assertThat(before).startsWith(aws.physicalId("Topic") + ":");
        aws.update(StackFixture.template(resources.formatted("bob")));
        aws.until("UPDATE_COMPLETE");
        assertThat(aws.physicalId("Told")).as("its endpoint can't be changed").isNotEqualTo(before);
        aws.delete();
        aws.until(() -> aws.call("DescribeStacks", Map.of()).path("Stacks").isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "AWS::WAFv2::WebACLAssociation | 'ResourceArn': 'arn' | required key [WebACLArn] not found",
                "AWS::Budgets::Budget | 'Budgets': {} | required key [Budget] not found",
                "AWS::SNS::TopicPolicy | 'PolicyDocument': {}, 'Topics': [{'Ref': 'Nobody'}] | [Nobody]",
                "AWS::SNS::Topic | }}, 'More': {'Type': 'AWS::SNS::Topic', 'Properties': {'DisplayName':"
                        + " {'Fn::GetAtt': ['It', 'Nothing']} | does not support attribute type Nothing in Fn::GetAtt",
                "AWS::CloudFront::Nothing | 'A': 'b' | Unrecognized resource types: [AWS::CloudFront::Nothing]",
                "AWS::Lambda::Function | 'A': 'b' | Unrecognized resource types: [AWS::Lambda::Function]",
            })
    void whatIsWrongIsRefusedBeforeAnythingIsTouched(String type, String properties, String message) {
        aws.refused(
                "ValidationError",
                message,
                () -> aws.create(
                        StackFixture.template("'It': {'Type': '" + type + "', 'Properties': {" + properties + "}}")));
        aws.refused("ValidationError", STACK, () -> aws.stack());
    }
}
