package io.jenkins.plugins.ecscanary.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnDeletionPolicy;
import software.amazon.awscdk.services.ecr.CfnRepository;
import software.constructs.Construct;

/**
 * The image repository: scanned on push, encrypted, with tags that can't be moved. It keeps the newest images, and those tagged
 * {@code deployed-*} by a rule of their own that comes first: else a few builds of branches would expire the image that runs,
 * and the next task would find none. It outlives the stack.
 */
public final class Registry extends Construct {

    private final String arn;
    private final String uri;

    public Registry(Construct scope, Settings settings) {
        super(scope, "Registry");
        String name = settings.names().repository();
        if (settings.images().existing()) {
            arn = Arns.of("ecr", "repository/" + name);
            uri = Aws.ACCOUNT_ID + ".dkr.ecr." + Aws.REGION + "." + Aws.URL_SUFFIX + "/" + name;
        } else {
            CfnRepository repository = repository(name, settings.images());
            arn = repository.getAttrArn();
            uri = repository.getAttrRepositoryUri();
        }
    }

    private CfnRepository repository(String name, Settings.Images images) {
        CfnRepository repository = CfnRepository.Builder.create(this, "Repository")
                .repositoryName(name)
                .imageTagMutability("IMMUTABLE")
                .imageScanningConfiguration(CfnRepository.ImageScanningConfigurationProperty.builder()
                        .scanOnPush(true)
                        .build())
                .encryptionConfiguration(CfnRepository.EncryptionConfigurationProperty.builder()
                        .encryptionType("AES256")
                        .build())
                .lifecyclePolicy(CfnRepository.LifecyclePolicyProperty.builder()
                        .lifecyclePolicyText(lifecycle(images))
                        .build())
                .build();
        repository.getCfnOptions().setDeletionPolicy(CfnDeletionPolicy.RETAIN);
        repository.getCfnOptions().setUpdateReplacePolicy(CfnDeletionPolicy.RETAIN);
        return repository;
    }

    private static String lifecycle(Settings.Images images) {
        Map<String, Object> deployed = new LinkedHashMap<>();
        deployed.put("tagStatus", "tagged");
        deployed.put("tagPatternList", List.of("deployed-*"));
        Map<String, Object> any = new LinkedHashMap<>();
        any.put("tagStatus", "any");
        List<Map<String, Object>> rules = List.of(
                rule(1, "What has been deployed", deployed, images.deployedKept()),
                rule(2, "The newest", any, images.kept()));
        try {
            return new ObjectMapper().writeValueAsString(Map.of("rules", rules));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps can always be written", e);
        }
    }

    private static Map<String, Object> rule(int priority, String description, Map<String, Object> selection, int kept) {
        selection.put("countType", "imageCountMoreThan");
        selection.put("countNumber", kept);
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("rulePriority", priority);
        rule.put("description", description);
        rule.put("selection", selection);
        rule.put("action", Map.of("type", "expire"));
        return rule;
    }

    /** For policies. */
    public String arn() {
        return arn;
    }

    /** Without tag. */
    public String uri() {
        return uri;
    }
}
