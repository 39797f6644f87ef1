package io.jenkins.plugins.ecscanary.localaws.ecr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.ecr.Repository.Pushed;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.wire.ServiceApi;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
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
import java.util.stream.Stream;

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
    private final World world;
    private final List<Operation<?, ?>> operations;
    private final Kept<?> kept;

    /** @param directory where the bytes are kept, made if it is not there */
    public Ecr(World world, Path directory) {
        registry = world.account() + ".dkr.ecr." + world.region() + ".amazonaws.com/";
        this.world = world;
        repositories = new Repositories(world);
        blobs = new BlobStore(directory);
        ScanOperations scans = new ScanOperations(world, repositories);
        LifecycleOperations lifecycle = new LifecycleOperations(world, repositories);
        operations = Stream.of(
                        new RepositoryOperations(world, registry, repositories).operations(),
                        new ResourceTags(world, repositories).operations(),
                        new LayerOperations(world, repositories, blobs).operations(),
                        new ImageOperations(world, repositories, blobs, scans, lifecycle).operations(),
                        new ImageDeletion(world, repositories).operations(),
                        lifecycle.operations(),
                        scans.operations(),
                        List.of(logIn()))
                .<Operation<?, ?>>flatMap(List::stream)
                .toList();
        kept = new KeptEcr(repositories, blobs, lifecycle);
    }

    private static Operation<?, ?> logIn() {
        return Operation.of("GetAuthorizationToken", GetAuthorizationTokenRequest.class, request -> {
            throw AwsError.unsupported("GetAuthorizationToken: there is no Docker registry to log in to; push with"
                    + " InitiateLayerUpload, UploadLayerPart, CompleteLayerUpload and PutImage");
        });
    }

    /** AWS JSON 1.1, {@code AmazonEC2ContainerRegistry_V20150921}. */
    public ServiceApi api() {
        return ServiceApi.json("ecr", "AmazonEC2ContainerRegistry_V20150921", operations);
    }

    /** Repositories, images, policies and findings; the images' bytes stay in their directory. */
    public Kept<?> kept() {
        return kept;
    }

    /**
     * Stores what a scan finds in an image, as if one had just been completed: there is no scanner here. An empty list
     * makes it a clean image.
     *
     * @param image its digest, {@code sha256:…}, or one of its tags
     * @return the image's digest
     * @throws AwsError RepositoryNotFoundException, ImageNotFoundException
     */
    public String storeScanFindings(String repositoryName, String image, List<ScanFinding> findings) {
        return world.call(() -> {
            Repository repository = repositories.require(null, repositoryName);
            String digest = repository
                    .byDigest(image)
                    .or(() -> repository.byTag(image))
                    .map(Pushed::digest)
                    .orElseThrow(
                            () -> new AwsError("ImageNotFoundException", repositoryName + " has no image " + image));
            repository.scans.put(digest, new Repository.Scan(findings, world.now(), null));
            world.log("ecr %s: %d findings stored for %s", repositoryName, findings.size(), digest);
            return digest;
        });
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
