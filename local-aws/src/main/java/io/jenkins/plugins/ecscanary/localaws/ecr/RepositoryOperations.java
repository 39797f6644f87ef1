package io.jenkins.plugins.ecscanary.localaws.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * CreateRepository, DescribeRepositories, DeleteRepository, PutImageTagMutability, PutImageScanningConfiguration.
 */
final class RepositoryOperations {

    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*");
    private static final int MOST_NAMED = 100;

    private final World world;
    private final String registry;
    private final Repositories repositories;

    /** @param registry {@code <account>.dkr.ecr.<region>.amazonaws.com/} */
    RepositoryOperations(World world, String registry, Repositories repositories) {
        this.world = world;
        this.registry = registry;
        this.repositories = repositories;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateRepository", CreateRepositoryRequest.class, this::create),
                Operation.of("DescribeRepositories", DescribeRepositoriesRequest.class, this::describe),
                Operation.of("DeleteRepository", DeleteRepositoryRequest.class, this::delete),
                Operation.of("PutImageTagMutability", PutImageTagMutabilityRequest.class, this::mutability),
                Operation.of(
                        "PutImageScanningConfiguration", PutImageScanningConfigurationRequest.class, this::scanning));
    }

    CreateRepositoryResponse create(CreateRepositoryRequest request) {
        String name = request.repositoryName;
        if (name == null
                || name.length() < 2
                || name.length() > 256
                || !NAME.matcher(name).matches()) {
            throw Invalid.parameter(
                    "repositoryName",
                    "2 to 256 lower-case letters, digits and . _ - / between them, not '" + name + "'");
        }
        if (request.registryId != null && !request.registryId.equals(world.account())) {
            throw AwsError.unsupported("the registry " + request.registryId + "; only " + world.account());
        }
        TagMutability mutability =
                TagMutability.of(request.imageTagMutability, request.imageTagMutabilityExclusionFilters);
        ResourceTags.check(request.tags);
        Repository repository = new Repository(
                name,
                mutability,
                world.now(),
                request.imageScanningConfiguration != null
                        && Boolean.TRUE.equals(request.imageScanningConfiguration.scanOnPush),
                request.encryptionConfiguration == null
                        ? JsonNodeFactory.instance.objectNode().put("encryptionType", "AES256")
                        : request.encryptionConfiguration);
        repositories.add(repository);
        ResourceTags.put(repository, request.tags);
        world.log(
                "ecr: repository %s created (%s tags)", name, mutability.mode().toLowerCase(Locale.ROOT));
        return new CreateRepositoryResponse(view(repository));
    }

    DescribeRepositoriesResponse describe(DescribeRepositoriesRequest request) {
        if (request.repositoryNames.size() > MOST_NAMED) {
            throw Invalid.parameter("repositoryNames", "at most " + MOST_NAMED);
        }
        if (!request.repositoryNames.isEmpty() && (request.nextToken != null || request.maxResults != null)) {
            throw Invalid.parameter("repositoryNames", "not together with nextToken and maxResults");
        }
        List<RepositoryView> all = request.repositoryNames.isEmpty()
                ? repositories.all().stream().map(this::view).toList()
                : request.repositoryNames.stream()
                        .map(name -> view(repositories.require(request.registryId, name)))
                        .toList();
        Page<RepositoryView> page = Page.of(all, request.nextToken, request.maxResults, 1000);
        return new DescribeRepositoriesResponse(page.items(), page.nextToken());
    }

    DeleteRepositoryResponse delete(DeleteRepositoryRequest request) {
        Repository repository = repositories.require(request.registryId, request.repositoryName);
        if (!repository.images().isEmpty() && !Boolean.TRUE.equals(request.force)) {
            throw new AwsError(
                    "RepositoryNotEmptyException",
                    "The repository with name '" + repository.name + "' in registry with id '" + world.account()
                            + "' cannot be deleted because it still contains images");
        }
        repositories.remove(repository);
        world.log(
                "ecr: repository %s deleted, with %d images",
                repository.name, repository.images().size());
        return new DeleteRepositoryResponse(view(repository));
    }

    PutImageTagMutabilityResponse mutability(PutImageTagMutabilityRequest request) {
        Repository repository = repositories.require(request.registryId, request.repositoryName);
        if (request.imageTagMutability == null) {
            throw Invalid.parameter("imageTagMutability", "it is missing");
        }
        repository.mutability =
                TagMutability.of(request.imageTagMutability, request.imageTagMutabilityExclusionFilters);
        world.log("ecr %s: tags are now %s", repository.name, repository.mutability.mode());
        return new PutImageTagMutabilityResponse(
                world.account(), repository.name, repository.mutability.mode(), filters(repository));
    }

    PutImageScanningConfigurationResponse scanning(PutImageScanningConfigurationRequest request) {
        Repository repository = repositories.require(request.registryId, request.repositoryName);
        if (request.imageScanningConfiguration == null) {
            throw Invalid.parameter("imageScanningConfiguration", "it is missing");
        }
        repository.scanOnPush = Boolean.TRUE.equals(request.imageScanningConfiguration.scanOnPush);
        return new PutImageScanningConfigurationResponse(
                world.account(), repository.name, new ScanningConfiguration(repository.scanOnPush));
    }

    private static List<TagMutability.Filter> filters(Repository repository) {
        return repository.mutability.filters().isEmpty() ? null : repository.mutability.filters();
    }

    private RepositoryView view(Repository repository) {
        return new RepositoryView(
                world.arn("ecr", "repository/" + repository.name),
                world.account(),
                repository.name,
                registry + repository.name,
                repository.createdAt,
                repository.mutability.mode(),
                filters(repository),
                new ScanningConfiguration(repository.scanOnPush),
                repository.encryption);
    }

    record ScanningConfiguration(Boolean scanOnPush) {}

    record CreateRepositoryRequest(
            String registryId,
            String repositoryName,
            List<ResourceTags.Tag> tags,
            String imageTagMutability,
            List<TagMutability.Filter> imageTagMutabilityExclusionFilters,
            ScanningConfiguration imageScanningConfiguration,
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

    record DeleteRepositoryRequest(String registryId, String repositoryName, Boolean force) {}

    record DeleteRepositoryResponse(RepositoryView repository) {}

    record PutImageTagMutabilityRequest(
            String registryId,
            String repositoryName,
            String imageTagMutability,
            List<TagMutability.Filter> imageTagMutabilityExclusionFilters) {}

    record PutImageTagMutabilityResponse(
            String registryId,
            String repositoryName,
            String imageTagMutability,
            List<TagMutability.Filter> imageTagMutabilityExclusionFilters) {}

    record PutImageScanningConfigurationRequest(
            String registryId, String repositoryName, ScanningConfiguration imageScanningConfiguration) {}

    record PutImageScanningConfigurationResponse(
            String registryId, String repositoryName, ScanningConfiguration imageScanningConfiguration) {}

    record RepositoryView(
            String repositoryArn,
            String registryId,
            String repositoryName,
            String repositoryUri,
            Instant createdAt,
            String imageTagMutability,
            List<TagMutability.Filter> imageTagMutabilityExclusionFilters,
            ScanningConfiguration imageScanningConfiguration,
            JsonNode encryptionConfiguration) {}
}
