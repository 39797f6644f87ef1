package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.ec2.CfnFlowLog;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.constructs.Construct;

/** Who connected to whom in the VPC and who was rejected, in a log group of its own. */
public final class FlowLogs extends Construct {

    public FlowLogs(Construct scope, Settings settings, Network network) {
        super(scope, "FlowLogs");
        CfnLogGroup logs = CfnLogGroup.Builder.create(this, "Logs")
                .logGroupName("/vpc/" + settings.names().cluster())
                .retentionInDays(settings.extras().logRetentionDays())
                .build();
        Role role = Role.Builder.create(this, "Role")
                .description("Writes the VPC's flow logs")
                .assumedBy(new ServicePrincipal("vpc-flow-logs.amazonaws.com")
                        .withConditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID))))
                .inlinePolicies(Map.of(
                        "Write",
                        PolicyDocument.Builder.create()
                                .statements(List.of(PolicyStatement.Builder.create()
                                        .sid("FlowLogs")
                                        .actions(List.of(
                                                "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"))
                                        .resources(List.of(logs.getAttrArn()))
                                        .build()))
                                .build()))
                .build();
        CfnFlowLog.Builder.create(this, "FlowLog")
                .resourceType("VPC")
                .resourceId(network.vpcId())
                .trafficType("ALL")
                .logDestinationType("cloud-watch-logs")
                .logGroupName(logs.getRef())
                .deliverLogsPermissionArn(role.getRoleArn())
                .maxAggregationInterval(600)
                .build();
    }
}
