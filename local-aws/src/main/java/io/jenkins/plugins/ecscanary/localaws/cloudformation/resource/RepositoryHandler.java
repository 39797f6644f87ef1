package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import static io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Structure.asItIs;
import static io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Structure.lowerCamel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code AWS::ECR::Repository}. A repository's policy says who may do what; there is no one to be kept out here, so it is kept
 * with the resource and not given to ECR.
 */
final class RepositoryHandler implements ResourceHandler {

    private static final String TYPE = "AWS::ECR::Repository";
    private static final String[] ON_CREATION = {
        "imageTagMutability",
        "imageTagMutabilityExclusionFilters",
        "imageScanningConfiguration",
        "encryptionConfiguration",
        "tags"
    };

    private static final Shape FILTERS = Shape.list(lowerCamel()
            .named("ImageTagMutabilityExclusionFilterType", "filterType", Shape.Scalar.TEXT)
            .named("ImageTagMutabilityExclusionFilterValue", "filter", Shape.Scalar.TEXT));

    /** Unlike the rest, ECR's tags have capitals. */
    private static final Shape TAGS = Shape.list(asItIs().text("Key", "Value"));

    private static final Structure PROPERTIES = lowerCamel()
            .text("RepositoryName", "ImageTagMutability")
            .with("ImageTagMutabilityExclusionFilters", FILTERS)
            .with("ImageScanningConfiguration", lowerCamel().truth("ScanOnPush"))
            .with("EncryptionConfiguration", lowerCamel().text("EncryptionType", "KmsKey"))
            .with("LifecyclePolicy", lowerCamel().text("LifecyclePolicyText", "RegistryId"))
            .with("RepositoryPolicyText", Shape.Tree.AS_IT_IS)
            .truth("EmptyOnDelete")
            .with("Tags", TAGS);

    private final Backend ecr;

    private RepositoryHandler(Backend ecr) {
        this.ecr = ecr;
    }

    static ResourceType type(Backend ecr) {
        return new ResourceType(
                TYPE,
                PROPERTIES,
                Set.of(),
                Set.of("RepositoryName", "EncryptionConfiguration"),
                "RepositoryName",
                Set.of("Arn", "RepositoryUri"),
                new RepositoryHandler(ecr));
    }

    @Override
    public String service() {
        return ecr.title();
    }

    @Override
    public Created create(Wanted wanted) {
        String name = wanted.properties().has("RepositoryName")
                ? wanted.text("RepositoryName")
                : ecr.name(wanted, "RepositoryName", 256).toLowerCase(Locale.ROOT);
        ObjectNode input = Backend.only(PROPERTIES.wire(wanted.properties()), ON_CREATION);
        JsonNode repository =
                ecr.call("CreateRepository", input.put("repositoryName", name)).path("repository");
        JsonNode policy = wanted.properties().at("/LifecyclePolicy/LifecyclePolicyText");
        if (!policy.isMissingNode()) {
            Backend.orElse(
                    () -> ecr.call("PutLifecyclePolicy", Map.of("repositoryName", name, "lifecyclePolicyText", policy)),
                    () -> ecr.call("DeleteRepository", Map.of("repositoryName", name)));
        }
        return new Created(
                name,
                Map.of("Arn", repository.path("repositoryArn"), "RepositoryUri", repository.path("repositoryUri")));
    }

    @Override
    public Created update(Existing existing, Wanted wanted) {
        String name = existing.physicalId();
        ObjectNode input = PROPERTIES.wire(wanted.properties());
        ObjectNode mutability = Backend.only(input, "imageTagMutability", "imageTagMutabilityExclusionFilters");
        if (!mutability.has("imageTagMutability")) {
            mutability.put("imageTagMutability", "MUTABLE");
        }
        ecr.call("PutImageTagMutability", mutability.put("repositoryName", name));
        boolean scan = input.at("/imageScanningConfiguration/scanOnPush").asBoolean();
        ecr.call(
                "PutImageScanningConfiguration",
                Map.of("repositoryName", name, "imageScanningConfiguration", Map.of("scanOnPush", scan)));
        JsonNode policy = input.at("/lifecyclePolicy/lifecyclePolicyText");
        if (policy.isMissingNode()) {
            ecr.end("DeleteLifecyclePolicy", Map.of("repositoryName", name), "LifecyclePolicyNotFoundException");
        } else {
            ecr.call("PutLifecyclePolicy", Map.of("repositoryName", name, "lifecyclePolicyText", policy));
        }
        String arn = existing.attribute("Arn");
        Backend.tags(
                existing.properties(),
                wanted.properties(),
                added -> ecr.call("TagResource", Map.of("resourceArn", arn, "tags", added)),
                removed -> ecr.call("UntagResource", Map.of("resourceArn", arn, "tagKeys", removed)));
        return new Created(name, existing.attributes());
    }

    @Override
    public void destroy(Existing existing) {
        boolean force = existing.properties().path("EmptyOnDelete").asBoolean();
        ecr.end(
                "DeleteRepository",
                Map.of("repositoryName", existing.physicalId(), "force", force),
                "RepositoryNotFoundException");
    }
}
