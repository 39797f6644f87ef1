package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import io.jenkins.plugins.ecscanary.localaws.wire.InProcessCalls;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types of resources there are here. */
public final class ResourceTypes {

    private final Map<String, ResourceType> byName = new LinkedHashMap<>();

    /** @param calls the operations of the services that the resources are made with */
    public ResourceTypes(World world, InProcessCalls calls) {
        Backend ecs = new Backend(world, calls, "ecs", "AmazonECS");
        Backend elb = new Backend(world, calls, "elasticloadbalancing", "ElasticLoadBalancingV2");
        Backend codeDeploy = new Backend(world, calls, "codedeploy", "AmazonCodeDeploy");
        Backend cloudWatch = new Backend(world, calls, "monitoring", "CloudWatch");
        List<ResourceType> types = new ArrayList<>(List.of(
                ClusterHandler.type(ecs),
                TaskDefinitionHandler.type(ecs),
                ServiceHandler.type(ecs),
                LoadBalancerHandler.type(elb),
                TargetGroupHandler.type(elb),
                ListenerHandler.type(elb),
                ListenerRuleHandler.type(elb),
                ApplicationHandler.type(codeDeploy),
                DeploymentConfigHandler.type(codeDeploy),
                DeploymentGroupHandler.type(codeDeploy),
                AlarmHandler.metricType(cloudWatch),
                AlarmHandler.compositeType(cloudWatch),
                LogGroupHandler.type(new Backend(world, calls, "logs", "CloudWatchLogs")),
                RepositoryHandler.type(new Backend(world, calls, "ecr", "AmazonECR"))));
        types.addAll(new KeptTypes(world).all());
        types.addAll(new KeptServices(world).all());
        types.addAll(new KeptEdge(world).all());
        types.forEach(type -> byName.put(type.name(), type));
    }

    public Optional<ResourceType> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** @throws IllegalArgumentException if there is none; templates are checked before */
    public ResourceType require(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("there is no resource type " + name));
    }

    /** All names, for a sentence about one that there is not. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }
}
