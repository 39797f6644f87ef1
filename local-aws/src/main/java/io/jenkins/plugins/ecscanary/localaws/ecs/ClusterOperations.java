package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** CreateCluster, DescribeClusters, ListClusters, DeleteCluster. A deleted cluster can be described for a while. */
final class ClusterOperations {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,255}");

    private static final int MOST_DESCRIBED = 100;

    private final World world;
    private final Clusters clusters;
    private final Forgetting forgetting;

    ClusterOperations(World world, Clusters clusters, Forgetting forgetting) {
        this.world = world;
        this.clusters = clusters;
        this.forgetting = forgetting;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateCluster", CreateClusterRequest.class, this::create),
                Operation.of("DescribeClusters", DescribeClustersRequest.class, this::describe),
                Operation.of("ListClusters", ListClustersRequest.class, this::list),
                Operation.of("DeleteCluster", DeleteClusterRequest.class, this::delete));
    }

    /** As in AWS, creating a cluster that is there already answers with that one. */
    ClusterResponse create(CreateClusterRequest request) {
        String name = request.clusterName == null ? "default" : request.clusterName;
        if (!NAME.matcher(name).matches()) {
            throw new AwsError(
                    "InvalidParameterException",
                    "Invalid cluster name '" + name + "': letters, digits, hyphens and underscores, at most 255.");
        }
        if (Copies.given(request.serviceConnectDefaults)) {
            throw AwsError.unsupported("serviceConnectDefaults");
        }
        Tag.check(request.tags);
        Cluster cluster = clusters.find(name).filter(Cluster::isActive).orElseGet(() -> add(name, request));
        return new ClusterResponse(view(cluster, cluster.tags));
    }

    DescribeClustersResponse describe(DescribeClustersRequest request) {
        Members.included(request.include, "TAGS", "SETTINGS", "CONFIGURATIONS", "STATISTICS", "ATTACHMENTS");
        if (request.clusters.size() > MOST_DESCRIBED) {
            throw Members.invalid("Clusters cannot have more than " + MOST_DESCRIBED + " elements.");
        }
        List<String> names = request.clusters.isEmpty() ? List.of("default") : request.clusters;
        List<ClusterView> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String name : names) {
            clusters.find(name)
                    .ifPresentOrElse(
                            cluster -> found.add(view(cluster, Tag.ifIncluded(request.include, cluster.tags))),
                            () -> failures.add(Failure.missing(name.startsWith("arn:") ? name : clusters.arn(name))));
        }
        return new DescribeClustersResponse(found, failures);
    }

    ListClustersResponse list(ListClustersRequest request) {
        List<String> arns = clusters.all().stream()
                .filter(Cluster::isActive)
                .map(cluster -> cluster.arn)
                .toList();
        Page<String> page = Page.of(arns, request.nextToken, request.maxResults, 100);
        return new ListClustersResponse(page.items(), page.nextToken());
    }

    ClusterResponse delete(DeleteClusterRequest request) {
        Cluster cluster = clusters.require(Members.required("cluster", request.cluster));
        if (cluster.services.values().stream().anyMatch(service -> service.status != Service.Status.INACTIVE)) {
            throw new AwsError(
                    "ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.");
        }
        if (cluster.tasks.values().stream().anyMatch(task -> task.lastStatus != Task.Status.STOPPED)) {
            throw new AwsError(
                    "ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.");
        }
        cluster.inactiveSince = world.now();
        world.log("ecs cluster %s INACTIVE", cluster.name);
        forgetting.later(cluster);
        return new ClusterResponse(view(cluster, null));
    }

    private Cluster add(String name, CreateClusterRequest request) {
        Cluster cluster = new Cluster(
                name,
                clusters.arn(name),
                request.tags,
                request.settings,
                request.configuration,
                request.capacityProviders,
                request.defaultCapacityProviderStrategy);
        clusters.add(cluster);
        world.log("ecs cluster %s created", name);
        return cluster;
    }

    private static ClusterView view(Cluster cluster, List<Tag> tags) {
        return new ClusterView(
                cluster.arn,
                cluster.name,
                cluster.configuration,
                cluster.isActive() ? "ACTIVE" : "INACTIVE",
                0,
                cluster.count(true),
                cluster.count(false),
                cluster.activeServices().size(),
                List.of(),
                tags,
                cluster.settings,
                cluster.capacityProviders,
                cluster.defaultCapacityProviderStrategy);
    }

    record CreateClusterRequest(
            String clusterName,
            List<Tag> tags,
            JsonNode settings,
            JsonNode configuration,
            List<String> capacityProviders,
            JsonNode defaultCapacityProviderStrategy,
            JsonNode serviceConnectDefaults) {
        CreateClusterRequest {
            tags = Copies.orEmpty(tags);
            capacityProviders = Copies.orEmpty(capacityProviders);
        }
    }

    record ClusterResponse(ClusterView cluster) {}

    record ListClustersRequest(String nextToken, Integer maxResults) {}

    record ListClustersResponse(List<String> clusterArns, String nextToken) {
        ListClustersResponse {
            clusterArns = List.copyOf(clusterArns);
        }
    }

    record DeleteClusterRequest(String cluster) {}

    record DescribeClustersRequest(List<String> clusters, List<String> include) {
        DescribeClustersRequest {
            clusters = Copies.orEmpty(clusters);
            include = Copies.orEmpty(include);
        }
    }

    record DescribeClustersResponse(List<ClusterView> clusters, List<Failure> failures) {
        DescribeClustersResponse {
            clusters = List.copyOf(clusters);
            failures = List.copyOf(failures);
        }
    }

    record ClusterView(
            String clusterArn,
            String clusterName,
            JsonNode configuration,
            String status,
            Integer registeredContainerInstancesCount,
            Integer runningTasksCount,
            Integer pendingTasksCount,
            Integer activeServicesCount,
            List<KeyValuePair> statistics,
            List<Tag> tags,
            JsonNode settings,
            List<String> capacityProviders,
            JsonNode defaultCapacityProviderStrategy) {
        ClusterView {
            statistics = List.copyOf(statistics);
            tags = Copies.orNull(tags);
            capacityProviders = List.copyOf(capacityProviders);
        }
    }
}
