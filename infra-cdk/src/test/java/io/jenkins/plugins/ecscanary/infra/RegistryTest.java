package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RequiresNode
class RegistryTest {

    private final Resources stack = Synth.defaults();
    private final JsonNode repository = stack.only("AWS::ECR::Repository");

    @Test
    void imagesAreScannedEncryptedAndNotMoved() {
        assertThat(repository.path("RepositoryName").asText()).isEqualTo("reference/web");
        assertThat(repository.path("ImageTagMutability").asText()).isEqualTo("IMMUTABLE");
        assertThat(repository.at("/ImageScanningConfiguration/ScanOnPush").asBoolean())
                .isTrue();
        assertThat(repository.at("/EncryptionConfiguration/EncryptionType").asText())
                .isEqualTo("AES256");
    }

    @Test
    void deployedImagesHaveARuleOfTheirOwnThatComesFirst() throws JsonProcessingException {
        JsonNode rules = new ObjectMapper()
                .readTree(repository.at("/LifecyclePolicy/LifecyclePolicyText").asText())
                .path("rules");
        assertThat(rules).hasSize(2);
        JsonNode deployed = rules.get(0);
        assertThat(deployed.path("rulePriority").asInt()).isEqualTo(1);
        assertThat(Resources.texts(deployed.at("/selection/tagPatternList"))).containsExactly("deployed-*");
        assertThat(deployed.at("/selection/countNumber").asInt()).isEqualTo(50);
        JsonNode any = rules.get(1);
        assertThat(any.at("/selection/tagStatus").asText()).isEqualTo("any");
        assertThat(any.at("/selection/countType").asText()).isEqualTo("imageCountMoreThan");
        assertThat(any.at("/selection/countNumber").asInt()).isEqualTo(10);
    }

    @Test
    void theImagesOutliveTheStack() {
        JsonNode resource = stack.resource(stack.id("RegistryRepository"));
        assertThat(resource.path("DeletionPolicy").asText()).isEqualTo("Retain");
        assertThat(resource.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
    }

    @Test
    void oneThatIsThereAlreadyIsUsedAsItIs() {
        Resources existing = Synth.of(Map.of("existingRepository", "true"));
        assertThat(existing.ids("AWS::ECR::Repository")).isEmpty();
        Evaluated values = Evaluated.in(existing);
        assertThat(values.text(existing.of("ServiceTaskDefinition").at("/ContainerDefinitions/0/Image")))
                .isEqualTo("123456789012.dkr.ecr.eu-central-1.amazonaws.com/reference/web:deployed-initial");
        assertThat(values.of(existing.of("AccessExecutionRole")).toString())
                .contains("\"arn:aws:ecr:eu-central-1:123456789012:repository/reference/web\"");
    }

    @Test
    void theFirstImageIsOneThatIsKept() {
        assertThat(Evaluated.in(stack).text(stack.of("ServiceTaskDefinition").at("/ContainerDefinitions/0/Image")))
                .isEqualTo("123456789012.dkr.ecr.eu-central-1.amazonaws.com/reference/web:deployed-initial");
    }
}
