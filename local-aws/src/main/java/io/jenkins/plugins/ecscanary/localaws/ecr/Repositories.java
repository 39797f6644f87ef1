package io.jenkins.plugins.ecscanary.localaws.ecr;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All repositories by name. Guarded by the world's lock. */
final class Repositories {

    private final World world;
    private final Map<String, Repository> repositories = new TreeMap<>();

    Repositories(World world) {
        this.world = world;
    }

    /** @throws AwsError RepositoryAlreadyExistsException */
    void add(Repository repository) {
        if (repositories.putIfAbsent(repository.name, repository) != null) {
            throw new AwsError(
                    "RepositoryAlreadyExistsException",
                    "The repository with name '" + repository.name + "' already exists in the registry with id '"
                            + world.account() + "'");
        }
    }

    void remove(Repository repository) {
        repositories.remove(repository.name);
    }

    List<Repository> all() {
        return List.copyOf(repositories.values());
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
}
