package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import static io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Keeping.ID;

import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Types of services that local-aws has not, as an infrastructure around a service has them: they are kept, with ids and
 * attributes as AWS's, and do nothing. No firewall stands before the load balancer, no task is added for its load, nobody is
 * told of an alarm.
 */
final class KeptServices {

    private final Keeping keeping;

    KeptServices(World world) {
        this.keeping = new Keeping(world);
    }

    List<ResourceType> all() {
        return List.of(
                webAcl(),
                ipSet(),
                keeping.type(
                        "AWS::WAFv2::WebACLAssociation",
                        (world, wanted) -> wanted.text("WebACLArn") + "|" + wanted.text("ResourceArn"),
                        List.of("ResourceArn", "WebACLArn"),
                        List.of("ResourceArn", "WebACLArn"),
                        Map.of()),
                keeping.type(
                        "AWS::WAFv2::LoggingConfiguration",
                        (world, wanted) -> wanted.text("ResourceArn"),
                        List.of("ResourceArn", "LogDestinationConfigs"),
                        List.of("ResourceArn"),
                        Map.of()),
                scalableTarget(),
                scalingPolicy(),
                keeping.type(
                        "AWS::Budgets::Budget",
                        (world, wanted) -> wanted.properties()
                                .at("/Budget/BudgetName")
                                .asText(Keeping.name("BudgetName").apply(world, wanted)),
                        List.of("Budget"),
                        List.of(),
                        Map.of()),
                keeping.named(
                        "AWS::SNS::Topic",
                        "TopicName",
                        Keeping.arnOf("sns", "", "TopicName"),
                        List.of(),
                        List.of("TopicName", "FifoTopic"),
                        Map.of("TopicArn", ID, "TopicName", Keeping.after(':'))),
                keeping.type(
                        "AWS::SNS::Subscription",
                        (world, wanted) ->
                                wanted.text("TopicArn") + ":" + world.ids().uuid(),
                        List.of("Protocol", "TopicArn"),
                        List.of("Endpoint", "Protocol", "TopicArn"),
                        Map.of("Arn", ID)),
                keeping.type(
                        "AWS::SNS::TopicPolicy",
                        Keeping.name("Id"),
                        List.of("PolicyDocument", "Topics"),
                        List.of(),
                        Map.of("Id", ID)),
                keeping.named(
                        "AWS::SecretsManager::Secret",
                        "Name",
                        secretArn(),
                        List.of(),
                        List.of("Name"),
                        Map.of("Id", ID)),
                keeping.named(
                        "AWS::SSM::Parameter",
                        "Name",
                        Keeping.name("Name"),
                        List.of("Type", "Value"),
                        List.of("Name"),
                        Map.of("Type", Keeping.given("Type"), "Value", Keeping.given("Value"))),
                keeping.type(
                        "AWS::CertificateManager::Certificate",
                        (world, wanted) ->
                                world.arn("acm", "certificate/" + world.ids().uuid()),
                        List.of("DomainName"),
                        List.of("DomainName", "SubjectAlternativeNames", "DomainValidationOptions"),
                        Map.of()),
                keeping.type(
                        "AWS::KMS::Key",
                        Keeping.uuid(),
                        List.of(),
                        List.of(),
                        Map.of("Arn", keeping.arn("kms", "key/"), "KeyId", ID)),
                keeping.type(
                        "AWS::KMS::Alias",
                        (world, wanted) -> wanted.text("AliasName"),
                        List.of("AliasName", "TargetKeyId"),
                        List.of("AliasName"),
                        Map.of()),
                keeping.type(
                        "AWS::Logs::ResourcePolicy",
                        (world, wanted) -> wanted.text("PolicyName"),
                        List.of("PolicyName", "PolicyDocument"),
                        List.of("PolicyName"),
                        Map.of()),
                keeping.named(
                        "AWS::Events::Rule",
                        "Name",
                        Keeping.name("Name"),
                        List.of(),
                        List.of("Name"),
                        Map.of("Arn", keeping.arn("events", "rule/"))));
    }

    private ResourceType webAcl() {
        return keeping.type(
                "AWS::WAFv2::WebACL",
                waf(),
                List.of("DefaultAction", "Scope", "VisibilityConfig"),
                List.of("Name", "Scope"),
                Map.of(
                        "Arn",
                        wafArn("webacl"),
                        "Id",
                        (id, properties) -> Backend.text(id.split("\\|")[1]),
                        "LabelNamespace",
                        (id, properties) -> Backend.text(
                                "awswaf:" + keeping.world().account() + ":webacl:" + id.split("\\|")[0] + ":")));
    }

    private ResourceType ipSet() {
        return keeping.type(
                "AWS::WAFv2::IPSet",
                waf(),
                List.of("Addresses", "IPAddressVersion", "Scope"),
                List.of("Name", "Scope"),
                Map.of("Arn", wafArn("ipset"), "Id", (id, properties) -> Backend.text(id.split("\\|")[1])));
    }

    /** {@code name|id|scope}. */
    private static BiFunction<World, Wanted, String> waf() {
        return (world, wanted) ->
                Keeping.name("Name").apply(world, wanted) + "|" + world.ids().uuid() + "|" + wanted.text("Scope");
    }

    private Keeping.Value wafArn(String kind) {
        return (id, properties) -> {
            String[] parts = id.split("\\|");
            String scope = parts[2].equals("CLOUDFRONT") ? "global" : "regional";
            return Backend.text(keeping.world().arn("wafv2", scope + "/" + kind + "/" + parts[0] + "/" + parts[1]));
        };
    }

    /** {@code service/cluster/name|dimension|namespace}. */
    private ResourceType scalableTarget() {
        return keeping.type(
                "AWS::ApplicationAutoScaling::ScalableTarget",
                (world, wanted) -> wanted.text("ResourceId") + "|" + wanted.text("ScalableDimension") + "|"
                        + wanted.text("ServiceNamespace"),
                List.of("MaxCapacity", "MinCapacity", "ResourceId", "ScalableDimension", "ServiceNamespace"),
                List.of("ResourceId", "ScalableDimension", "ServiceNamespace"),
                Map.of("Id", ID));
    }

    private ResourceType scalingPolicy() {
        return keeping.type(
                "AWS::ApplicationAutoScaling::ScalingPolicy",
                (world, wanted) -> {
                    String[] target = wanted.properties()
                            .path("ScalingTargetId")
                            .asText(wanted.text("ResourceId") + "||" + wanted.text("ServiceNamespace"))
                            .split("\\|");
                    return world.arn(
                            "autoscaling",
                            "scalingPolicy:" + world.ids().uuid() + ":resource/"
                                    + target[target.length - 1] + "/" + target[0] + ":policyName/"
                                    + wanted.text("PolicyName"));
                },
                List.of("PolicyName", "PolicyType"),
                List.of("PolicyName", "ResourceId", "ScalableDimension", "ScalingTargetId", "ServiceNamespace"),
                Map.of("Arn", ID));
    }

    /** A name, a hyphen and six letters or digits. */
    private static BiFunction<World, Wanted, String> secretArn() {
        return (world, wanted) -> Keeping.arnOf("secretsmanager", "secret:", "Name")
                        .apply(world, wanted) + "-" + world.ids().nameEnd().substring(6);
    }
}
