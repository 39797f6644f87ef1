package io.jenkins.plugins.ecscanary.localaws.ecr;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** CreateRepository, DescribeRepositories, and finding one for the other operations. */
final class Repositories {

    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*");

    private final World world;
    private final String registry;
    private final Map<String, Repository> repositories = new TreeMap<>();

    /** @param registry {@code <account>.dkr.ecr.<region>.amazonaws.com/} */
    Repositories(World world, String registry) {
        this.world = world;
        this.registry = registry;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateRepository", CreateRepositoryRequest.class, this::create),
                Operation.of("DescribeRepositories", DescribeRepositoriesRequest.class, this::describe));
    }

    Optional<Repository> find(String name) {
        return Optional.ofNullable(repositories.get(name));
    }

    /** @throws AwsError RepositoryNotFoundException */
    Repository require(String registryId, String name) {
        if (registryId != null && !registryId.equals(world.account())) {
            throw AwsError.unsupported("the registry " + registryId + "; only " + world.account());
        }
        if (name == null) {
            throw new AwsError("InvalidParameterException", "repositoryName is missing");
        }
        return find(name)
                .orElseThrow(() -> new AwsError(
                        "RepositoryNotFoundException",
                        "The repository with name '" + name + "' does not exist in the registry with id '"
                                + world.account() + "'"));
    }

    CreateRepositoryResponse create(CreateRepositoryRequest request) {
        String name = request.repositoryName;
        if (name == null
                || name.length() < 2
                || name.length() > 256
                || !NAME.matcher(name).matches()) {
            throw new AwsError(
                    "InvalidParameterException",
                    "Invalid parameter at 'repositoryName' failed to satisfy constraint: 2 to 256 lower-case letters,"
                            + " digits and . _ - / between them, not '" + name + "'");
        }
        String mutability = request.imageTagMutability == null ? "MUTABLE" : request.imageTagMutability;
        if (!List.of("MUTABLE", "IMMUTABLE").contains(mutability)) {
            throw AwsError.unsupported("imageTagMutability " + mutability + "; only MUTABLE and IMMUTABLE");
        }
        if (repositories.containsKey(name)) {
            throw new AwsError(
                    "RepositoryAlreadyExistsException",
                    "The repository with name '" + name + "' already exists in the registry with id '" + world.account()
                            + "'");
        }
        Repository repository = new Repository(
                name,
                "IMMUTABLE".equals(mutability),
                world.now(),
                request.imageScanningConfiguration == null
                        ? JsonNodeFactory.instance.objectNode().put("scanOnPush", false)
                        : request.imageScanningConfiguration,
                request.encryptionConfiguration == null
                        ? JsonNodeFactory.instance.objectNode().put("encryptionType", "AES256")
                        : request.encryptionConfiguration);
        repositories.put(name, repository);
        world.log("ecr: repository %s created (%s tags)", name, mutability.toLowerCase(Locale.ROOT));
        return new CreateRepositoryResponse(view(repository));
    }

    DescribeRepositoriesResponse describe(DescribeRepositoriesRequest request) {
        List<RepositoryView> all = request.repositoryNames.isEmpty()
                ? repositories.values().stream().map(this::view).toList()
                : request.repositoryNames.stream()
                        .map(name -> view(require(request.registryId, name)))
                        .toList();
        Page<RepositoryView> page = Page.of(all, request.nextToken, request.maxResults, 1000);
        return new DescribeRepositoriesResponse(page.items(), page.nextToken());
    }

    private RepositoryView view(Repository repository) {
        return new RepositoryView(
                world.arn("ecr", "repository/" + repository.name),
                world.account(),
                repository.name,
                registry + repository.name,
                repository.createdAt,
                repository.immutable ? "IMMUTABLE" : "MUTABLE",
                repository.scanning,
                repository.encryption);
    }

    /** ECR alone spells its tags with capitals. */
    record Tag(@JsonProperty("Key") String key, @JsonProperty("Value") String value) {}

    record CreateRepositoryRequest(
            String repositoryName,
            List<Tag> tags,
            String imageTagMutability,
            JsonNode imageScanningConfiguration,
            JsonNode encryptionConfiguration) {
        CreateRepositoryRequest {
            tags = tags == null ? List.of() : List.copyOf(tags);
        }
    }

    record CreateRepositoryResponse(RepositoryView repository) {}

    record DescribeRepositoriesRequest(
            String registryId, List<String> repositoryNames, String nextToken, Integer maxResults) {
        DescribeRepositoriesRequest {
            repositoryNames = repositoryNames == null ? List.of() : List.copyOf(repositoryNames);
        }
    }

    record DescribeRepositoriesResponse(List<RepositoryView> repositories, String nextToken) {
        DescribeRepositoriesResponse {
            repositories = List.copyOf(repositories);
        }
    }

    record RepositoryView(
            String repositoryArn,
            String registryId,
            String repositoryName,
            String repositoryUri,
            Instant createdAt,
            String imageTagMutability,
            JsonNode imageScanningConfiguration,
            JsonNode encryptionConfiguration) {}
}
