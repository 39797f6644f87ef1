package io.jenkins.plugins.ecscanary.localaws.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.ecr.Repository.Pushed;
import io.jenkins.plugins.ecscanary.localaws.ecr.Repository.Scan;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps repositories across restarts. Blobs that no repository has any more are removed when it takes them up. */
final class KeptEcr implements Kept<KeptEcr.State> {

    private final Repositories repositories;
    private final BlobStore blobs;
    private final LifecycleOperations lifecycle;

    KeptEcr(Repositories repositories, BlobStore blobs, LifecycleOperations lifecycle) {
        this.repositories = repositories;
        this.blobs = blobs;
        this.lifecycle = lifecycle;
    }

    @Override
    public String name() {
        return "ecr";
    }

    @Override
    public Class<State> type() {
        return State.class;
    }

    @Override
    public State snapshot() {
        return new State(repositories.all().stream().map(KeptRepository::of).toList());
    }

    @Override
    public void restore(State kept) {
        Set<String> layers = new HashSet<>();
        for (KeptRepository repository : kept.repositories) {
            for (String layer : repository.layers) {
                if (blobs.size(layer).isEmpty()) {
                    throw new IllegalArgumentException(
                            "repository " + repository.name + ": the bytes of " + layer + " are not there");
                }
            }
            layers.addAll(repository.layers);
            repositories.add(repository.restored());
        }
        blobs.retain(layers);
        lifecycle.start();
    }

    record State(List<KeptRepository> repositories) {
        State {
            repositories = List.copyOf(repositories);
        }
    }

    /**
     * @param tags digests by tag
     * @param policy as it was put, or null
     */
    record KeptRepository(
            String name,
            Instant createdAt,
            TagMutability mutability,
            boolean scanOnPush,
            JsonNode encryption,
            Map<String, String> resourceTags,
            Set<String> layers,
            List<KeptImage> images,
            Map<String, String> tags,
            Map<String, Scan> scans,
            String policy,
            Instant policyEvaluatedAt) {

        KeptRepository {
            resourceTags = Map.copyOf(resourceTags);
            layers = Set.copyOf(layers);
            images = List.copyOf(images);
            tags = Map.copyOf(tags);
            scans = Map.copyOf(scans);
        }

        static KeptRepository of(Repository repository) {
            return new KeptRepository(
                    repository.name,
                    repository.createdAt,
                    repository.mutability,
                    repository.scanOnPush,
                    repository.encryption,
                    repository.resourceTags,
                    repository.layers,
                    repository.images().stream().map(KeptImage::of).toList(),
                    repository.tags(),
                    repository.scans,
                    repository.policy == null ? null : repository.policy.text(),
                    repository.policyEvaluatedAt);
        }

        Repository restored() {
            Repository repository = new Repository(name, mutability, createdAt, scanOnPush, encryption);
            repository.resourceTags.putAll(resourceTags);
            repository.layers.addAll(layers);
            images.forEach(image -> repository.add(image.restored(name)));
            tags.forEach((tag, digest) -> repository.tag(
                    tag,
                    repository
                            .byDigest(digest)
                            .orElseThrow(() -> new IllegalArgumentException("repository " + name + ": the tag " + tag
                                    + " is at " + digest + ", which is not there"))));
            repository.scans.putAll(scans);
            repository.policy = parsed(policy);
            repository.policyEvaluatedAt = policyEvaluatedAt;
            return repository;
        }

        private LifecyclePolicy parsed(String text) {
            try {
                return text == null ? null : LifecyclePolicy.parse(text);
            } catch (AwsError e) {
                throw new IllegalArgumentException("repository " + name + ": " + e.getMessage(), e);
            }
        }
    }

    record KeptImage(String manifest, String mediaType, Instant pushedAt) {

        static KeptImage of(Pushed image) {
            return new KeptImage(image.manifest().text(), image.manifest().mediaType(), image.pushedAt());
        }

        Pushed restored(String repository) {
            try {
                return new Pushed(Digest.ofText(manifest), Manifest.parse(manifest, mediaType), pushedAt);
            } catch (AwsError e) {
                throw new IllegalArgumentException("repository " + repository + ": " + e.getMessage(), e);
            }
        }
    }
}
