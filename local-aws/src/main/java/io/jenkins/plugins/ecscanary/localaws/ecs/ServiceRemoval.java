package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceOperations.ServiceResponse;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.List;

/** ListServices, DeleteService. A deleted service can be described for an hour after its last task. */
final class ServiceRemoval {

    private static final int PAGE = 10;
    private static final int MOST_LISTED = 100;

    private final World world;
    private final Clusters clusters;
    private final ServiceScheduler scheduler;

    ServiceRemoval(World world, Clusters clusters, ServiceScheduler scheduler) {
        this.world = world;
        this.clusters = clusters;
        this.scheduler = scheduler;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("ListServices", ListServicesRequest.class, this::list),
                Operation.of("DeleteService", DeleteServiceRequest.class, this::delete));
    }

    /** As AWS, ten a page unless asked for more, and no deleted ones. */
    ListServicesResponse list(ListServicesRequest request) {
        Launch.checkFilter(request.launchType);
        if (request.schedulingStrategy != null && !List.of("REPLICA", "DAEMON").contains(request.schedulingStrategy)) {
            throw Members.invalid(
                    "Invalid schedulingStrategy '" + request.schedulingStrategy + "': REPLICA or DAEMON.");
        }
        List<String> arns = clusters.require(request.cluster).activeServices().stream()
                .filter(service ->
                        request.launchType == null || request.launchType.equals(service.revision.launchType()))
                .filter(service -> !"DAEMON".equals(request.schedulingStrategy))
                .map(service -> service.arn)
                .toList();
        Page<String> page = Page.of(
                arns,
                request.nextToken,
                request.maxResults == null ? Integer.valueOf(PAGE) : request.maxResults,
                MOST_LISTED);
        return new ListServicesResponse(page.items(), page.nextToken());
    }

    /** Refused, as in AWS, while tasks are wanted or CodeDeploy has task sets of it, unless it is forced. */
    ServiceResponse delete(DeleteServiceRequest request) {
        Service service = clusters.require(request.cluster).requireActive(request.service);
        if (!Boolean.TRUE.equals(request.force)) {
            if (service.desiredCount > 0) {
                throw Members.invalid("The service cannot be stopped while it is scaled above 0.");
            }
            if (service.controller == Service.Controller.CODE_DEPLOY && service.taskSets.size() > 1) {
                throw Members.invalid("The service cannot be stopped while deployments are active.");
            }
        }
        service.status = Service.Status.DRAINING;
        service.desiredCount = 0;
        if (service.controller == Service.Controller.CODE_DEPLOY) {
            for (TaskSet set : service.taskSets) {
                set.status = TaskSet.Status.DRAINING;
                set.scale = 0;
                set.updatedAt = world.now();
            }
        }
        world.log("ecs %s: service DRAINING, to be deleted", service.name);
        scheduler.changed();
        return new ServiceResponse(ServiceView.of(service, world.account(), scheduler::steady, null));
    }

    record ListServicesRequest(
            String cluster, String nextToken, Integer maxResults, String launchType, String schedulingStrategy) {}

    record ListServicesResponse(List<String> serviceArns, String nextToken) {
        ListServicesResponse {
            serviceArns = List.copyOf(serviceArns);
        }
    }

    record DeleteServiceRequest(String cluster, String service, Boolean force) {}
}
