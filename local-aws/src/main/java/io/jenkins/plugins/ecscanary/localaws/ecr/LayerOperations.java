package io.jenkins.plugins.ecscanary.localaws.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** InitiateLayerUpload, UploadLayerPart, CompleteLayerUpload, BatchCheckLayerAvailability. */
final class LayerOperations {

    /** What InitiateLayerUpload recommends: 10 MiB, as AWS does. */
    private static final long PART_SIZE = 10L * 1024 * 1024;

    private static final int MOST_CHECKED = 100;

    private final World world;
    private final Repositories repositories;
    private final BlobStore blobs;
    private final Map<String, Upload> uploads = new HashMap<>();

    LayerOperations(World world, Repositories repositories, BlobStore blobs) {
        this.world = world;
        this.repositories = repositories;
        this.blobs = blobs;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("InitiateLayerUpload", InitiateLayerUploadRequest.class, this::initiate),
                Operation.of("UploadLayerPart", UploadLayerPartRequest.class, this::upload),
                Operation.of("CompleteLayerUpload", CompleteLayerUploadRequest.class, this::complete),
                Operation.of("BatchCheckLayerAvailability", BatchCheckLayerAvailabilityRequest.class, this::check));
    }

    InitiateLayerUploadResponse initiate(InitiateLayerUploadRequest request) {
        Repository repository = repositories.require(request.registryId, request.repositoryName);
        String id = world.ids().uuid();
        uploads.put(id, new Upload(repository.name, blobs.begin(id)));
        return new InitiateLayerUploadResponse(id, PART_SIZE);
    }

    UploadLayerPartResponse upload(UploadLayerPartRequest request) {
        Upload upload = require(request.registryId, request.repositoryName, request.uploadId);
        byte[] part = bytes(request.layerPartBlob);
        long size = upload.blob.size();
        if (request.partFirstByte == null
                || request.partLastByte == null
                || request.partFirstByte != size
                || request.partLastByte != size + part.length - 1) {
            throw new AwsError(
                    "InvalidLayerPartException",
                    "Layer part for upload '" + request.uploadId + "' must be the bytes from " + size
                            + " on: partFirstByte " + request.partFirstByte + ", partLastByte " + request.partLastByte
                            + ", " + part.length + " bytes");
        }
        upload.blob.append(part);
        return new UploadLayerPartResponse(
                world.account(), request.repositoryName, request.uploadId, upload.blob.size() - 1);
    }

    CompleteLayerUploadResponse complete(CompleteLayerUploadRequest request) {
        Upload upload = require(request.registryId, request.repositoryName, request.uploadId);
        if (request.layerDigests.size() != 1) {
            throw AwsError.unsupported(
                    "CompleteLayerUpload with " + request.layerDigests.size() + " digests; give one");
        }
        if (upload.blob.size() == 0) {
            throw new AwsError(
                    "EmptyUploadException",
                    "The upload with upload id '" + request.uploadId + "' does not contain any layer parts");
        }
        uploads.remove(request.uploadId);
        String digest = upload.blob.finish();
        String claimed = request.layerDigests.get(0);
        if (!digest.equals(claimed)) {
            upload.blob.discard();
            throw new AwsError(
                    "InvalidLayerException", "The layer's digest is " + digest + ", not " + claimed + " as claimed");
        }
        Repository repository = repositories.require(request.registryId, request.repositoryName);
        if (repository.layers.contains(digest)) {
            upload.blob.discard();
            throw new AwsError(
                    "LayerAlreadyExistsException",
                    "Layer with digest '" + digest + "' already exists in the repository with name '"
                            + request.repositoryName + "' in registry with id '" + world.account() + "'");
        }
        upload.blob.keep(digest);
        repository.layers.add(digest);
        return new CompleteLayerUploadResponse(world.account(), request.repositoryName, request.uploadId, digest);
    }

    BatchCheckLayerAvailabilityResponse check(BatchCheckLayerAvailabilityRequest request) {
        Repository repository = repositories.require(request.registryId, request.repositoryName);
        if (request.layerDigests.isEmpty() || request.layerDigests.size() > MOST_CHECKED) {
            throw Invalid.parameter("layerDigests", "1 to " + MOST_CHECKED + ", not " + request.layerDigests.size());
        }
        List<Layer> layers = new ArrayList<>();
        List<LayerFailure> failures = new ArrayList<>();
        for (String digest : request.layerDigests) {
            if (Digest.wellFormed(digest)) {
                // What another repository has is not available here, though the bytes are the same.
                layers.add(
                        repository.layers.contains(digest)
                                ? new Layer(
                                        digest, "AVAILABLE", blobs.size(digest).orElseThrow())
                                : new Layer(digest, "UNAVAILABLE", null));
            } else {
                failures.add(new LayerFailure(digest, "InvalidLayerDigest", "Invalid layer digest"));
            }
        }
        return new BatchCheckLayerAvailabilityResponse(layers, failures);
    }

    private Upload require(String registryId, String repositoryName, String uploadId) {
        repositories.require(registryId, repositoryName);
        Upload upload = uploads.get(uploadId);
        if (upload == null || !upload.repositoryName.equals(repositoryName)) {
            throw new AwsError(
                    "UploadNotFoundException",
                    "The upload with id '" + uploadId + "' does not exist in the repository with name '"
                            + repositoryName + "'");
        }
        return upload;
    }

    /** JSON carries bytes as base64. */
    private static byte[] bytes(JsonNode blob) {
        try {
            byte[] bytes = blob == null ? null : blob.binaryValue();
            if (bytes != null) {
                return bytes;
            }
        } catch (IOException e) {
            throw new AwsError("InvalidParameterException", "layerPartBlob is not base64: " + e.getMessage());
        }
        throw new AwsError("InvalidParameterException", "layerPartBlob is missing");
    }

    private record Upload(String repositoryName, BlobStore.Upload blob) {}

    record InitiateLayerUploadRequest(String registryId, String repositoryName) {}

    record InitiateLayerUploadResponse(String uploadId, Long partSize) {}

    record UploadLayerPartRequest(
            String registryId,
            String repositoryName,
            String uploadId,
            Long partFirstByte,
            Long partLastByte,
            JsonNode layerPartBlob) {}

    record UploadLayerPartResponse(String registryId, String repositoryName, String uploadId, Long lastByteReceived) {}

    record CompleteLayerUploadRequest(
            String registryId, String repositoryName, String uploadId, List<String> layerDigests) {
        CompleteLayerUploadRequest {
            layerDigests = layerDigests == null ? List.of() : List.copyOf(layerDigests);
        }
    }

    record CompleteLayerUploadResponse(String registryId, String repositoryName, String uploadId, String layerDigest) {}

    record BatchCheckLayerAvailabilityRequest(String registryId, String repositoryName, List<String> layerDigests) {
        BatchCheckLayerAvailabilityRequest {
            layerDigests = layerDigests == null ? List.of() : List.copyOf(layerDigests);
        }
    }

    record BatchCheckLayerAvailabilityResponse(List<Layer> layers, List<LayerFailure> failures) {
        BatchCheckLayerAvailabilityResponse {
            layers = List.copyOf(layers);
            failures = List.copyOf(failures);
        }
    }

    record Layer(String layerDigest, String layerAvailability, Long layerSize) {}

    record LayerFailure(String layerDigest, String failureCode, String failureReason) {}
}
