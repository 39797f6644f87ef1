package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.ecs.Service.Controller;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceView.DeploymentController;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** CreateService, DescribeServices, UpdateService. */
final class ServiceOperations {

    private static final int MOST_DESCRIBED = 10;

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
        TaskDefinition definition = definitions.require(request.taskDefinition);
        Launch launch = ServiceRules.checkCreate(request, definition, cluster, loadBalancing);
        Service present = cluster.services.get(request.serviceName);
        if (present != null && present.isActive()) {
            throw Members.invalid("Creation of service was not idempotent.");
        }
        if (present != null && present.status == Service.Status.DRAINING) {
            throw Members.invalid("Unable to Start a service that is still Draining.");
        }
        ServiceRevision revision = new ServiceRevision(
                definition,
                request.loadBalancers.isEmpty() ? null : request.loadBalancers.get(0),
                request.networkConfiguration,
                launch.launchType(),
                launch.capacityProviderStrategy(),
                request.platformVersion);
        Service service = Service.of(cluster, request, revision, world.now(), new ServiceEvents(world));
        cluster.services.put(service.name, service);
        if (service.controller == Controller.ECS) {
            scheduler.rollingUpdate().start(service, revision);
        } else {
            service.taskSets.add(
                    new TaskSet(service, world.ids().taskSet(), revision, null, TaskSet.Status.PRIMARY, world.now()));
        }
        world.log(
                "ecs %s: service created in %s, %d tasks of %s",
                service.name, cluster.name, service.desiredCount, definition.shortName());
        scheduler.changed();
        return new ServiceResponse(view(service, request.tags));
    }

    DescribeServicesResponse describe(DescribeServicesRequest request) {
        Cluster cluster = clusters.require(request.cluster);
        Members.included(request.include, "TAGS");
        if (request.services.isEmpty()) {
            throw Members.invalid("Services cannot be empty.");
        }
        if (request.services.size() > MOST_DESCRIBED) {
            throw Members.invalid("Services cannot have more than " + MOST_DESCRIBED + " elements.");
        }
        List<ServiceView> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String name : request.services) {
            cluster.service(name)
                    .ifPresentOrElse(
                            service -> found.add(view(service, Tag.ifIncluded(request.include, service.tags))),
                            () -> failures.add(Failure.missing(
                                    name.startsWith("arn:") ? name : Arns.of("service", cluster.arn, name))));
        }
        return new DescribeServicesResponse(found, failures);
    }

    ServiceResponse update(UpdateServiceRequest request) {
        Service service = clusters.require(request.cluster).requireActive(request.service);
        ServiceRevision revision = revision(service, request);
        if (request.desiredCount != null && request.desiredCount != service.desiredCount) {
            world.log("ecs %s: desired count %d → %d", service.name, service.desiredCount, request.desiredCount);
            service.desiredCount = request.desiredCount;
            service.taskSets.forEach(set -> set.updatedAt = world.now());
            if (service.controller == Controller.ECS) {
                service.steadyTold = false; // AWS tells it anew after each scaling
            }
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
        boolean forced = Boolean.TRUE.equals(request.forceNewDeployment);
        if (service.controller == Controller.ECS && (forced || !Objects.equals(revision, service.revision))) {
            service.revision = revision;
            scheduler.rollingUpdate().start(service, revision);
        }
        scheduler.changed();
        return new ServiceResponse(view(service, null));
    }

    /** What it is to be, checked; where CodeDeploy decides on that, what it is. */
    private ServiceRevision revision(Service service, UpdateServiceRequest request) {
        if (service.controller == Controller.CODE_DEPLOY) {
            ServiceRules.checkUpdateUnderCodeDeploy(request, service);
            return service.revision;
        }
        TaskDefinition definition = request.taskDefinition == null
                ? service.revision.definition()
                : definitions.require(request.taskDefinition);
        return ServiceRules.checkUpdate(request, service, definition, loadBalancing);
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

        /** Without one it is ECS. */
        @JsonIgnore
        Controller controller() {
            return deploymentController == null || deploymentController.type() == null
                    ? Controller.ECS
                    : ServiceRules.controller(deploymentController.type());
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
        LoadBalancer {
            advancedConfiguration = Copies.given(advancedConfiguration) ? advancedConfiguration : null;
        }

        static LoadBalancer of(String targetGroupArn, String containerName, int containerPort) {
            return new LoadBalancer(targetGroupArn, null, containerName, containerPort, null);
        }
    }
}
