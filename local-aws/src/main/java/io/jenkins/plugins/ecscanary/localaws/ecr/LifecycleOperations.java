package io.jenkins.plugins.ecscanary.localaws.ecr;

import io.jenkins.plugins.ecscanary.localaws.ecr.Repository.Pushed;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * PutLifecyclePolicy, GetLifecyclePolicy, DeleteLifecyclePolicy, and
 * the expiring itself. AWS expires images within 24 hours of their becoming due; here every hour of simulated time, and ten
 * minutes after a push or a new policy.
 */
final class LifecycleOperations {

    private static final Duration REGULARLY = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMinutes(10);

    private final World world;
    private final Repositories repositories;
    private boolean regular;

    LifecycleOperations(World world, Repositories repositories) {
        this.world = world;
        this.repositories = repositories;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("PutLifecyclePolicy", PutLifecyclePolicyRequest.class, this::put),
                Operation.of("GetLifecyclePolicy", LifecyclePolicyRequest.class, this::get),
                Operation.of("DeleteLifecyclePolicy", LifecyclePolicyRequest.class, this::delete));
    }

    PutLifecyclePolicyResponse put(PutLifecyclePolicyRequest request) {
        Repository repository = repositories.require(request.registryId, request.repositoryName);
        repository.policy = LifecyclePolicy.parse(request.lifecyclePolicyText);
        repository.policyEvaluatedAt = null;
        world.log(
                "ecr %s: lifecycle policy with %d rules",
                repository.name, repository.policy.rules().size());
        start();
        soon(repository);
        return new PutLifecyclePolicyResponse(world.account(), repository.name, repository.policy.text());
    }

    LifecyclePolicyResponse get(LifecyclePolicyRequest request) {
        return view(requireWithPolicy(request));
    }

    LifecyclePolicyResponse delete(LifecyclePolicyRequest request) {
        Repository repository = requireWithPolicy(request);
        LifecyclePolicyResponse was = view(repository);
        repository.policy = null;
        world.log("ecr %s: lifecycle policy deleted", repository.name);
        return was;
    }

    private Repository requireWithPolicy(LifecyclePolicyRequest request) {
        Repository repository = repositories.require(request.registryId, request.repositoryName);
        if (repository.policy == null) {
            throw new AwsError(
                    "LifecyclePolicyNotFoundException",
                    "Lifecycle policy does not exist for the repository with name '" + repository.name
                            + "' in the registry with id '" + world.account() + "'");
        }
        return repository;
    }

    private LifecyclePolicyResponse view(Repository repository) {
        return new LifecyclePolicyResponse(
                world.account(), repository.name, repository.policy.text(), repository.policyEvaluatedAt);
    }

    /** Something was pushed. */
    void pushed(Repository repository) {
        if (repository.policy != null) {
            soon(repository);
        }
    }

    private void soon(Repository repository) {
        world.after(SOON, () -> evaluate(repository));
    }

    /** Looks at all repositories regularly, once there is a policy. */
    void start() {
        if (!regular && repositories.all().stream().anyMatch(repository -> repository.policy != null)) {
            regular = true;
            world.after(REGULARLY, this::regularly);
        }
    }

    private void regularly() {
        repositories.all().forEach(this::evaluate);
        regular = false;
        start();
    }

    private void evaluate(Repository repository) {
        boolean there = repositories
                .find(repository.name)
                .filter(found -> found == repository)
                .isPresent();
        if (!there || repository.policy == null) {
            return;
        }
        Map<Pushed, LifecycleRule> expired = repository.policy.expired(repository, world.now());
        expired.forEach((image, rule) -> {
            List<String> tags = repository.tagsOf(image);
            repository.remove(image);
            world.log(
                    "ecr %s: image %s %s expired by rule %d",
                    repository.name, image.digest(), tags, rule.rulePriority());
        });
        repository.policyEvaluatedAt = world.now();
    }

    record PutLifecyclePolicyRequest(String registryId, String repositoryName, String lifecyclePolicyText) {}

    record PutLifecyclePolicyResponse(String registryId, String repositoryName, String lifecyclePolicyText) {}

    record LifecyclePolicyRequest(String registryId, String repositoryName) {}

    record LifecyclePolicyResponse(
            String registryId, String repositoryName, String lifecyclePolicyText, Instant lastEvaluatedAt) {}
}
