package io.jenkins.plugins.ecscanary.localaws.ecr;

import static io.jenkins.plugins.ecscanary.localaws.wire.AwsShapes.assertMatches;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsShapes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityRequest;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityResponse;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.PutImageResponse;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityRequest;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityResponse;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.StartImageScanRequest;
import software.amazon.awssdk.services.ecr.model.StartImageScanResponse;
import software.amazon.awssdk.services.ecr.model.TagResourceRequest;
import software.amazon.awssdk.services.ecr.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartRequest;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartResponse;

/** ECR's records have the SDK's members. */
class EcrShapesTest {

    @Test
    void recordsMatchTheSdk() {
        assertMatches(
                RepositoryOperations.CreateRepositoryRequest.class,
                CreateRepositoryRequest.builder().build());
        assertMatches(
                RepositoryOperations.CreateRepositoryResponse.class,
                CreateRepositoryResponse.builder().build());
        assertMatches(
                RepositoryOperations.DescribeRepositoriesRequest.class,
                DescribeRepositoriesRequest.builder().build());
        assertMatches(
                RepositoryOperations.DescribeRepositoriesResponse.class,
                DescribeRepositoriesResponse.builder().build());
        assertMatches(
                LayerOperations.InitiateLayerUploadRequest.class,
                InitiateLayerUploadRequest.builder().build());
        assertMatches(
                LayerOperations.InitiateLayerUploadResponse.class,
                InitiateLayerUploadResponse.builder().build());
        assertMatches(
                LayerOperations.UploadLayerPartRequest.class,
                UploadLayerPartRequest.builder().build());
        assertMatches(
                LayerOperations.UploadLayerPartResponse.class,
                UploadLayerPartResponse.builder().build());
        assertMatches(
                LayerOperations.CompleteLayerUploadRequest.class,
                CompleteLayerUploadRequest.builder().build());
        assertMatches(
                LayerOperations.CompleteLayerUploadResponse.class,
                CompleteLayerUploadResponse.builder().build());
        assertMatches(
                LayerOperations.BatchCheckLayerAvailabilityRequest.class,
                BatchCheckLayerAvailabilityRequest.builder().build());
        assertMatches(
                LayerOperations.BatchCheckLayerAvailabilityResponse.class,
                BatchCheckLayerAvailabilityResponse.builder().build());
        assertMatches(
                ImageOperations.PutImageRequest.class, PutImageRequest.builder().build());
        assertMatches(
                ImageOperations.PutImageResponse.class,
                PutImageResponse.builder().build());
        assertMatches(
                ImageOperations.BatchGetImageRequest.class,
                BatchGetImageRequest.builder().build());
        assertMatches(
                ImageOperations.BatchGetImageResponse.class,
                BatchGetImageResponse.builder().build());
        assertMatches(
                ImageOperations.DescribeImagesRequest.class,
                DescribeImagesRequest.builder().build());
        assertMatches(
                ImageOperations.DescribeImagesResponse.class,
                DescribeImagesResponse.builder().build());
        assertMatches(
                ImageOperations.ListImagesRequest.class,
                ListImagesRequest.builder().build());
        Map<Class<?>, SdkPojo> shapes = Map.ofEntries(
                Map.entry(
                        RepositoryOperations.DeleteRepositoryRequest.class,
                        DeleteRepositoryRequest.builder().build()),
                Map.entry(
                        RepositoryOperations.DeleteRepositoryResponse.class,
                        DeleteRepositoryResponse.builder().build()),
                Map.entry(
                        RepositoryOperations.PutImageTagMutabilityRequest.class,
                        PutImageTagMutabilityRequest.builder().build()),
                Map.entry(
                        RepositoryOperations.PutImageTagMutabilityResponse.class,
                        PutImageTagMutabilityResponse.builder().build()),
                Map.entry(
                        RepositoryOperations.PutImageScanningConfigurationRequest.class,
                        PutImageScanningConfigurationRequest.builder().build()),
                Map.entry(
                        RepositoryOperations.PutImageScanningConfigurationResponse.class,
                        PutImageScanningConfigurationResponse.builder().build()),
                Map.entry(
                        ImageDeletion.BatchDeleteImageRequest.class,
                        BatchDeleteImageRequest.builder().build()),
                Map.entry(
                        ImageDeletion.BatchDeleteImageResponse.class,
                        BatchDeleteImageResponse.builder().build()),
                Map.entry(
                        ScanOperations.StartImageScanRequest.class,
                        StartImageScanRequest.builder().build()),
                Map.entry(
                        ScanOperations.StartImageScanResponse.class,
                        StartImageScanResponse.builder().build()),
                Map.entry(
                        ScanOperations.DescribeImageScanFindingsRequest.class,
                        DescribeImageScanFindingsRequest.builder().build()),
                Map.entry(
                        ScanOperations.DescribeImageScanFindingsResponse.class,
                        DescribeImageScanFindingsResponse.builder().build()),
                Map.entry(
                        LifecycleOperations.PutLifecyclePolicyRequest.class,
                        PutLifecyclePolicyRequest.builder().build()),
                Map.entry(
                        LifecycleOperations.PutLifecyclePolicyResponse.class,
                        PutLifecyclePolicyResponse.builder().build()),
                Map.entry(
                        LifecycleOperations.LifecyclePolicyRequest.class,
                        GetLifecyclePolicyRequest.builder().build()),
                Map.entry(
                        LifecycleOperations.LifecyclePolicyResponse.class,
                        GetLifecyclePolicyResponse.builder().build()),
                Map.entry(
                        ResourceTags.TagResourceRequest.class,
                        TagResourceRequest.builder().build()),
                Map.entry(
                        ResourceTags.UntagResourceRequest.class,
                        UntagResourceRequest.builder().build()),
                Map.entry(
                        ResourceTags.ListTagsForResourceRequest.class,
                        ListTagsForResourceRequest.builder().build()),
                Map.entry(
                        ResourceTags.ListTagsForResourceResponse.class,
                        ListTagsForResourceResponse.builder().build()));
        shapes.forEach(AwsShapes::assertMatches);
        assertMatches(
                ImageOperations.ListImagesResponse.class,
                ListImagesResponse.builder().build());
    }
}
