package io.jenkins.plugins.ecscanary.localaws.ecr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.ecr.Repository.Pushed;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.wire.ServiceApi;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amazon ECR: repositories of images, where an image is a manifest with a configuration and exactly one layer, a runnable
 * jar. Guarded by the world's lock; the bytes are in files.
 */
public final class Ecr implements ImageStore {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern REFERENCE = Pattern.compile("([^:@]+)(?::([^:@/]+))?(?:@(sha256:[0-9a-f]{64}))?");

    private final String registry;
    private final Repositories repositories;
    private final BlobStore blobs;
    private final LayerOperations layers;
    private final ImageOperations images;

    /** @param directory where the bytes are kept, made if it is not there */
    public Ecr(World world, Path directory) {
        registry = world.account() + ".dkr.ecr." + world.region() + ".amazonaws.com/";
        repositories = new Repositories(world, registry);
        blobs = new BlobStore(directory);
        layers = new LayerOperations(world, repositories, blobs);
        images = new ImageOperations(world, repositories, blobs);
    }

    /** AWS JSON 1.1, {@code AmazonEC2ContainerRegistry_V20150921}. */
    public ServiceApi api() {
        List<Operation<?, ?>> operations = new ArrayList<>(repositories.operations());
        operations.addAll(layers.operations());
        operations.addAll(images.operations());
        operations.add(Operation.of("GetAuthorizationToken", GetAuthorizationTokenRequest.class, request -> {
            throw AwsError.unsupported("GetAuthorizationToken: there is no Docker registry to log in to; push with"
                    + " InitiateLayerUpload, UploadLayerPart, CompleteLayerUpload and PutImage");
        }));
        return ServiceApi.json("ecr", "AmazonEC2ContainerRegistry_V20150921", List.copyOf(operations));
    }

    @Override
    public Optional<RunnableImage> resolve(String image) {
        if (!image.startsWith(registry)) {
            return Optional.empty();
        }
        Matcher reference = REFERENCE.matcher(image.substring(registry.length()));
        if (!reference.matches()) {
            return Optional.empty();
        }
        return repositories
                .find(reference.group(1))
                .flatMap(repository -> reference.group(3) != null
                        ? repository.byDigest(reference.group(3))
                        : repository.byTag(reference.group(2) == null ? "latest" : reference.group(2)))
                .map(this::runnable);
    }

    private RunnableImage runnable(Pushed image) {
        JsonNode config = config(image).path("config");
        Map<String, String> env = new LinkedHashMap<>();
        for (JsonNode variable : config.path("Env")) {
            String[] parts = variable.asText().split("=", 2);
            env.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return new RunnableImage(
                image.digest(),
                blobs.file(image.manifest().layer().digest()),
                env,
                strings(config.path("Entrypoint")),
                strings(config.path("Cmd")));
    }

    private JsonNode config(Pushed image) {
        try {
            return JSON.readTree(new String(blobs.read(image.manifest().config().digest()), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("PutImage let in a configuration that is not JSON", e);
        }
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.asText()));
        return strings;
    }

    record GetAuthorizationTokenRequest(List<String> registryIds) {
        GetAuthorizationTokenRequest {
            registryIds = registryIds == null ? List.of() : List.copyOf(registryIds);
        }
    }
}
