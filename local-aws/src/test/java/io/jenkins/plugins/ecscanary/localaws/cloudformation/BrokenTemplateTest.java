package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.STACK;
import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.properties;
import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.reference;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.reference.StackReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates with one mistake each: the stack is not created, and what is asked says why. */
class BrokenTemplateTest {

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

    /** The health that the blue group's targets come to while the service is waited for. */
    private String reason(ObjectNode template) {
        aws.create(template);
        aws.until(() -> aws.log.stream().anyMatch(line -> line.contains("web-blue") && line.contains("unhealthy")));
        JsonNode health = aws.aws.call(
                "elasticloadbalancing", "DescribeTargetHealth", Map.of("TargetGroupArn", aws.physicalId("Blue")));
        return health.at("/TargetHealthDescriptions/0/TargetHealth/Reason").asText() + ": "
                + health.at("/TargetHealthDescriptions/0/TargetHealth/Description")
                        .asText();
    }

    @Test
    void aWrongHealthPath() {
        ObjectNode template = reference();
        ((ObjectNode) template.at("/Parameters/HealthPath")).put("Default", "/status");
        assertThat(reason(template))
                .isEqualTo("Target.ResponseCodeMismatch: Health checks failed with these codes: [404]");
    }

    @Test
    void aSecurityGroupWithoutTheTasksPort() {
        ObjectNode template = reference();
        properties(template, "TasksFromBalancer").put("FromPort", 8080).put("ToPort", 8080);
        assertThat(reason(template)).isEqualTo("Target.Timeout: Request timed out");
        assertThat(new StackReference(aws.aws, STACK).waitingFor())
                .startsWith("Service: ")
                .contains("(service web")
                .containsPattern("target 127\\.[0-9.]+ unhealthy: Request timed out");
        aws.until("ROLLBACK_COMPLETE");
        assertThat(new StackReference(aws.aws, STACK).reason())
                .startsWith("Service: Resource handler returned message");
        assertThat(aws.told(STACK)).anyMatch(line -> line.startsWith("Service CREATE_FAILED: "));
    }

    @Test
    void aSecurityGroupThatLetsAnotherGroupIn() {
        ObjectNode template = reference();
        properties(template, "TasksFromBalancer")
                .putObject("SourceSecurityGroupId")
                .putArray("Fn::GetAtt")
                .add("TasksGroup")
                .add("GroupId");
        assertThat(reason(template)).isEqualTo("Target.Timeout: Request timed out");
    }

    @Test
    void aLoadBalancerThatMayNotReachTheTasks() {
        ObjectNode template = reference();
        ((ObjectNode) properties(template, "BalancerGroup").at("/SecurityGroupEgress/0"))
                .put("IpProtocol", "tcp")
                .put("FromPort", 443)
                .put("ToPort", 443);
        assertThat(reason(template)).isEqualTo("Target.Timeout: Request timed out");
    }

    @Test
    void aGroupThatIsInNoStackForbidsNothing() {
        ObjectNode template = reference();
        ((ObjectNode) template.get("Resources")).remove("TasksFromBalancer");
        ((ObjectNode) properties(template, "Service").at("/NetworkConfiguration/AwsvpcConfiguration"))
                .putArray("SecurityGroups")
                .add("sg-of-others");
        aws.create(template);
        aws.until("CREATE_COMPLETE");
    }

    @Test
    void aDeploymentGroupWithoutASecondTargetGroup() {
        ObjectNode template = reference();
        ((ObjectNode) properties(template, "DeploymentGroup").at("/LoadBalancerInfo/TargetGroupPairInfoList/0"))
                .putArray("TargetGroups")
                .addObject()
                .put("Name", "web-blue");
        aws.create(template);
        aws.until("ROLLBACK_COMPLETE");
        assertThat(aws.told(STACK))
                .anyMatch(line -> line.startsWith("DeploymentGroup CREATE_FAILED: Resource handler returned message:")
                        && line.contains("a target group pair has two target groups"));
    }

    @Test
    void aTargetGroupWithoutAListener() {
        ObjectNode template = reference();
        for (String listener : List.of("Production", "Test")) {
            ((ObjectNode) properties(template, listener).at("/DefaultActions/0"))
                    .putObject("TargetGroupArn")
                    .put("Ref", "Green");
        }
        aws.create(template);
        aws.until("ROLLBACK_COMPLETE");
        assertThat(aws.told(STACK))
                .anyMatch(line -> line.startsWith("Service CREATE_FAILED: ")
                        && line.contains("does not have an associated load balancer."));
    }
}
