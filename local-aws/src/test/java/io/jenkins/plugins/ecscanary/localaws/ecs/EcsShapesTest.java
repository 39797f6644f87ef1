package io.jenkins.plugins.ecscanary.localaws.ecs;

import static io.jenkins.plugins.ecscanary.localaws.wire.AwsShapes.assertMatches;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsShapes;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterResponse;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskSetsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskSetsResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/** Every record on the wire has AWS's member names and types, as the official SDK has them. */
class EcsShapesTest {

    static Stream<Arguments> shapes() {
        return Stream.of(
                shape(
                        ClusterOperations.CreateClusterRequest.class,
                        CreateClusterRequest.builder().build()),
                shape(
                        ClusterOperations.ClusterResponse.class,
                        CreateClusterResponse.builder().build()),
                shape(
                        ClusterOperations.DescribeClustersRequest.class,
                        DescribeClustersRequest.builder().build()),
                shape(
                        ClusterOperations.DescribeClustersResponse.class,
                        DescribeClustersResponse.builder().build()),
                shape(
                        TaskDefinitionOperations.RegisterTaskDefinitionRequest.class,
                        RegisterTaskDefinitionRequest.builder().build()),
                shape(
                        TaskDefinitionOperations.TaskDefinitionResponse.class,
                        RegisterTaskDefinitionResponse.builder().build()),
                shape(
                        TaskDefinitionOperations.DescribeTaskDefinitionRequest.class,
                        DescribeTaskDefinitionRequest.builder().build()),
                shape(
                        TaskDefinitionOperations.TaskDefinitionResponse.class,
                        DescribeTaskDefinitionResponse.builder().build()),
                shape(
                        TaskDefinitionOperations.ListTaskDefinitionsRequest.class,
                        ListTaskDefinitionsRequest.builder().build()),
                shape(
                        TaskDefinitionOperations.ListTaskDefinitionsResponse.class,
                        ListTaskDefinitionsResponse.builder().build()),
                shape(
                        ServiceOperations.CreateServiceRequest.class,
                        CreateServiceRequest.builder().build()),
                shape(
                        ServiceOperations.ServiceResponse.class,
                        CreateServiceResponse.builder().build()),
                shape(
                        ServiceOperations.UpdateServiceRequest.class,
                        UpdateServiceRequest.builder().build()),
                shape(
                        ServiceOperations.ServiceResponse.class,
                        UpdateServiceResponse.builder().build()),
                shape(
                        ServiceOperations.DescribeServicesRequest.class,
                        DescribeServicesRequest.builder().build()),
                shape(
                        ServiceOperations.DescribeServicesResponse.class,
                        DescribeServicesResponse.builder().build()),
                shape(
                        TaskSetOperations.DescribeTaskSetsRequest.class,
                        DescribeTaskSetsRequest.builder().build()),
                shape(
                        TaskSetOperations.DescribeTaskSetsResponse.class,
                        DescribeTaskSetsResponse.builder().build()),
                shape(
                        TaskOperations.ListTasksRequest.class,
                        ListTasksRequest.builder().build()),
                shape(
                        TaskOperations.ListTasksResponse.class,
                        ListTasksResponse.builder().build()),
                shape(
                        TaskOperations.DescribeTasksRequest.class,
                        DescribeTasksRequest.builder().build()),
                shape(
                        TaskOperations.DescribeTasksResponse.class,
                        DescribeTasksResponse.builder().build()),
                shape(
                        ClusterOperations.ListClustersRequest.class,
                        ListClustersRequest.builder().build()),
                shape(
                        ClusterOperations.ListClustersResponse.class,
                        ListClustersResponse.builder().build()),
                shape(
                        ClusterOperations.DeleteClusterRequest.class,
                        DeleteClusterRequest.builder().build()),
                shape(
                        TaskDefinitionOperations.ListTaskDefinitionFamiliesRequest.class,
                        ListTaskDefinitionFamiliesRequest.builder().build()),
                shape(
                        TaskDefinitionOperations.ListTaskDefinitionFamiliesResponse.class,
                        ListTaskDefinitionFamiliesResponse.builder().build()),
                shape(
                        TaskDefinitionRemoval.DeregisterTaskDefinitionRequest.class,
                        DeregisterTaskDefinitionRequest.builder().build()),
                shape(
                        TaskDefinitionRemoval.DeleteTaskDefinitionsRequest.class,
                        DeleteTaskDefinitionsRequest.builder().build()),
                shape(
                        TaskDefinitionRemoval.DeleteTaskDefinitionsResponse.class,
                        DeleteTaskDefinitionsResponse.builder().build()),
                shape(
                        ServiceRemoval.ListServicesRequest.class,
                        ListServicesRequest.builder().build()),
                shape(
                        ServiceRemoval.ListServicesResponse.class,
                        ListServicesResponse.builder().build()),
                shape(
                        ServiceRemoval.DeleteServiceRequest.class,
                        DeleteServiceRequest.builder().build()),
                shape(
                        RunTaskOperations.RunTaskRequest.class,
                        RunTaskRequest.builder().build()),
                shape(
                        RunTaskOperations.RunTaskResponse.class,
                        RunTaskResponse.builder().build()),
                shape(
                        RunTaskOperations.StopTaskRequest.class,
                        StopTaskRequest.builder().build()),
                shape(
                        RunTaskOperations.StopTaskResponse.class,
                        StopTaskResponse.builder().build()),
                shape(
                        TagOperations.TagResourceRequest.class,
                        TagResourceRequest.builder().build()),
                shape(
                        TagOperations.UntagResourceRequest.class,
                        UntagResourceRequest.builder().build()),
                shape(
                        TagOperations.ListTagsForResourceRequest.class,
                        ListTagsForResourceRequest.builder().build()),
                shape(
                        TagOperations.ListTagsForResourceResponse.class,
                        ListTagsForResourceResponse.builder().build()));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void recordMatchesTheSdk(Class<?> record, SdkPojo shape) {
        assertMatches(record, shape);
    }

    @Test
    void everyMemberOfAContainerDefinitionIsKept() {
        assertThat(Stream.of(ContainerDefinition.class.getRecordComponents()).map(RecordComponent::getName))
                .containsExactlyInAnyOrderElementsOf(
                        AwsShapes.members(software.amazon.awssdk.services.ecs.model.ContainerDefinition.builder()
                                .build()));
    }

    private static Arguments shape(Class<?> record, SdkPojo shape) {
        return Arguments.of(record, shape);
    }
}
