package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceView.DeploymentController;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.List;

/** CreateService, DescribeServices, UpdateService. */
final class ServiceOperations {

    private final World world;
    private final Clusters clusters;
    private final TaskDefinitions definitions;
    private final LoadBalancing loadBalancing;
    private final ServiceScheduler scheduler;

    ServiceOperations(
            World world,
            Clusters clusters,
            TaskDefinitions definitions,
            LoadBalancing loadBalancing,
            ServiceScheduler scheduler) {
        this.world = world;
        this.clusters = clusters;
        this.definitions = definitions;
        this.loadBalancing = loadBalancing;
        this.scheduler = scheduler;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateService", CreateServiceRequest.class, this::create),
                Operation.of("DescribeServices", DescribeServicesRequest.class, this::describe),
                Operation.of("UpdateService", UpdateServiceRequest.class, this::update));
    }

    ServiceResponse create(CreateServiceRequest request) {
        Cluster cluster = clusters.require(request.cluster);
        TaskDefinition definition = definitions
                .find(request.taskDefinition)
                .orElseThrow(() -> new AwsError("ClientException", "TaskDefinition not found."))
                .definition();
        ServiceRules.checkCreate(request, definition, loadBalancing);
        if (cluster.services.containsKey(request.serviceName)) {
            throw new AwsError("InvalidParameterException", "Creation of service was not idempotent.");
        }
        Service service = new Service(cluster, request, world.now(), new ServiceEvents(world));
        service.desiredCount = request.desiredCount == null ? 0 : request.desiredCount;
        service.healthCheckGracePeriodSeconds =
                request.healthCheckGracePeriodSeconds == null ? 0 : request.healthCheckGracePeriodSeconds;
        service.deploymentConfiguration = ServiceView.deploymentConfiguration(request.deploymentConfiguration);
        service.enableECSManagedTags = Boolean.TRUE.equals(request.enableECSManagedTags);
        service.enableExecuteCommand = Boolean.TRUE.equals(request.enableExecuteCommand);
        service.propagateTags = request.propagateTags == null ? "NONE" : request.propagateTags;
        LoadBalancer loadBalancer = request.loadBalancers.get(0);
        service.taskSets.add(new TaskSet(
                service,
                world.ids().taskSet(),
                definition,
                loadBalancer.targetGroupArn,
                loadBalancer.containerName,
                loadBalancer.containerPort,
                null,
                TaskSet.Status.PRIMARY,
                world.now()));
        cluster.services.put(service.name, service);
        world.log(
                "ecs %s: service created in %s, %d tasks of %s",
                service.name, cluster.name, service.desiredCount, definition.shortName());
        scheduler.changed();
        return new ServiceResponse(view(service, request.tags));
    }

    DescribeServicesResponse describe(DescribeServicesRequest request) {
        Cluster cluster = clusters.require(request.cluster);
        if (request.services.isEmpty()) {
            throw new AwsError("InvalidParameterException", "Services cannot be empty.");
        }
        if (request.services.size() > 10) {
            throw new AwsError("InvalidParameterException", "Services cannot have more than 10 elements.");
        }
        List<ServiceView> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String name : request.services) {
            cluster.service(name)
                    .ifPresentOrElse(
                            service -> found.add(view(service, Tag.ifIncluded(request.include, service.settings.tags))),
                            () -> failures.add(Failure.missing(
                                    name.startsWith("arn:") ? name : Arns.of("service", cluster.arn, name))));
        }
        return new DescribeServicesResponse(found, failures);
    }

    ServiceResponse update(UpdateServiceRequest request) {
        Service service = clusters.require(request.cluster)
                .service(request.service)
                .orElseThrow(() -> new AwsError("ServiceNotFoundException", "Service not found."));
        ServiceRules.checkUpdate(request, service);
        if (request.desiredCount != null && request.desiredCount != service.desiredCount) {
            world.log("ecs %s: desired count %d → %d", service.name, service.desiredCount, request.desiredCount);
            service.desiredCount = request.desiredCount;
            service.taskSets.forEach(set -> set.updatedAt = world.now());
        }
        if (request.healthCheckGracePeriodSeconds != null) {
            service.healthCheckGracePeriodSeconds = request.healthCheckGracePeriodSeconds;
        }
        if (request.deploymentConfiguration != null) {
            service.deploymentConfiguration = ServiceView.deploymentConfiguration(request.deploymentConfiguration);
        }
        if (request.enableECSManagedTags != null) {
            service.enableECSManagedTags = request.enableECSManagedTags;
        }
        if (request.enableExecuteCommand != null) {
            service.enableExecuteCommand = request.enableExecuteCommand;
        }
        if (request.propagateTags != null) {
            service.propagateTags = request.propagateTags;
        }
        scheduler.changed();
        return new ServiceResponse(view(service, null));
    }

    private ServiceView view(Service service, List<Tag> tags) {
        return ServiceView.of(service, world.account(), scheduler::steady, tags);
    }

    record CreateServiceRequest(
            String cluster,
            String serviceName,
            String taskDefinition,
            List<LoadBalancer> loadBalancers,
            JsonNode serviceRegistries,
            Integer desiredCount,
            String clientToken,
            String launchType,
            JsonNode capacityProviderStrategy,
            String platformVersion,
            String role,
            JsonNode deploymentConfiguration,
            JsonNode placementConstraints,
            JsonNode placementStrategy,
            JsonNode networkConfiguration,
            Integer healthCheckGracePeriodSeconds,
            String schedulingStrategy,
            DeploymentController deploymentController,
            List<Tag> tags,
            Boolean enableECSManagedTags,
            String propagateTags,
            Boolean enableExecuteCommand,
            JsonNode serviceConnectConfiguration,
            JsonNode volumeConfigurations,
            JsonNode vpcLatticeConfigurations) {
        CreateServiceRequest {
            loadBalancers = Copies.orEmpty(loadBalancers);
            tags = Copies.orEmpty(tags);
            platformVersion = platformVersion == null ? "LATEST" : platformVersion;
        }
    }

    record UpdateServiceRequest(
            String cluster,
            String service,
            Integer desiredCount,
            String taskDefinition,
            JsonNode capacityProviderStrategy,
            JsonNode deploymentConfiguration,
            JsonNode networkConfiguration,
            JsonNode placementConstraints,
            JsonNode placementStrategy,
            String platformVersion,
            Boolean forceNewDeployment,
            Integer healthCheckGracePeriodSeconds,
            DeploymentController deploymentController,
            Boolean enableExecuteCommand,
            Boolean enableECSManagedTags,
            List<LoadBalancer> loadBalancers,
            String propagateTags,
            JsonNode serviceRegistries,
            JsonNode serviceConnectConfiguration) {
        UpdateServiceRequest {
            loadBalancers = Copies.orNull(loadBalancers);
        }
    }

    record DescribeServicesRequest(String cluster, List<String> services, List<String> include) {
        DescribeServicesRequest {
            services = Copies.orEmpty(services);
            include = Copies.orEmpty(include);
        }
    }

    record DescribeServicesResponse(List<ServiceView> services, List<Failure> failures) {
        DescribeServicesResponse {
            services = List.copyOf(services);
            failures = List.copyOf(failures);
        }
    }

    record ServiceResponse(ServiceView service) {}

    record LoadBalancer(
            String targetGroupArn,
            String loadBalancerName,
            String containerName,
            Integer containerPort,
            JsonNode advancedConfiguration) {
        static LoadBalancer of(TaskSet set) {
            return new LoadBalancer(set.targetGroupArn, null, set.containerName, set.containerPort, null);
        }
    }
}
