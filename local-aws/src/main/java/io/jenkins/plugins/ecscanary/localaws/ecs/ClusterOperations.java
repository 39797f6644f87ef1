package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** CreateCluster, DescribeClusters. */
final class ClusterOperations {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,255}");

    private final World world;
    private final Clusters clusters;

    ClusterOperations(World world, Clusters clusters) {
        this.world = world;
        this.clusters = clusters;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateCluster", CreateClusterRequest.class, this::create),
                Operation.of("DescribeClusters", DescribeClustersRequest.class, this::describe));
    }

    /** As in AWS, creating a cluster that is there already answers with that one. */
    CreateClusterResponse create(CreateClusterRequest request) {
        String name = request.clusterName == null ? "default" : request.clusterName;
        if (!NAME.matcher(name).matches()) {
            throw new AwsError(
                    "InvalidParameterException",
                    "Invalid cluster name '" + name + "': letters, digits, hyphens and underscores, at most 255.");
        }
        if (Copies.given(request.serviceConnectDefaults)) {
            throw AwsError.unsupported("serviceConnectDefaults");
        }
        Cluster cluster = clusters.find(name).orElseGet(() -> add(name, request));
        return new CreateClusterResponse(view(cluster, request.tags));
    }

    DescribeClustersResponse describe(DescribeClustersRequest request) {
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
                "ACTIVE",
                0,
                count(cluster, true),
                count(cluster, false),
                cluster.services.size(),
                List.of(),
                tags,
                cluster.settings,
                cluster.capacityProviders,
                cluster.defaultCapacityProviderStrategy);
    }

    private static int count(Cluster cluster, boolean running) {
        return cluster.services.values().stream()
                .flatMap(service -> service.taskSets.stream())
                .mapToInt(set -> running ? set.runningCount() : set.pendingCount())
                .sum();
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

    record CreateClusterResponse(ClusterView cluster) {}

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
