package io.jenkins.plugins.ecscanary.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.RevisionChange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final String OTHER = FakeAws.REPOSITORY + "@sha256:" + "c".repeat(64);

    private final FakeAws aws =
            FakeAws.shop().tagged("web", 14).json(FakeAws.taskDefinitionArn("web", 14), json(OTHER));

    @Test
    void besideWhatServesTheImageIsTheOneThatWouldBeDeployed() {
        Comparison comparison = compare(rendered("1.5.0"), Comparison.SERVING);
        assertThat(comparison.before()).isEqualTo("web:11");
        assertThat(comparison.changes())
                .containsExactly(new RevisionChange(
                        "containerDefinitions[web].image",
                        FakeAws.REPOSITORY + "@" + FakeAws.OLD_DIGEST,
                        FakeAws.REPOSITORY + "@" + FakeAws.NEW_DIGEST));
        assertThat(comparison.unified())
                .startsWith("--- web:11\n+++ template with shop/web:1.5.0\n@@ ")
                .contains("\n-", "\n+");
    }

    @Test
    void theTagOfWhatServesIsNoChange() {
        assertThat(compare(rendered("1.4.1"), Comparison.SERVING).changes()).isEmpty();
    }

    @Test
    void besideTheLatestOrANamedRevision() {
        assertThat(compare(rendered("1.5.0"), Comparison.LATEST).before()).isEqualTo("web:14");
        assertThat(compare(rendered("1.5.0"), "web:14").changes())
                .singleElement()
                .satisfies(change -> assertThat(change.before()).isEqualTo(OTHER));
        Comparison registered = compare(new DeploymentRequest.Registered("web:14", null), "serving");
        assertThat(registered.after()).isEqualTo("web:14");
        assertThat(registered.changes()).hasSize(1);
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> compare(rendered("1.5.0"), "web:99"))
                .isInstanceOf(AwsFailure.class)
                .hasMessageContaining("there is no task definition web:99");
        aws.removeService(FakeAws.CLUSTER, FakeAws.SERVICE);
        assertThatThrownBy(() -> compare(rendered("1.5.0"), "serving")).hasMessageContaining("no service shop/web");
    }

    @Test
    void whatCannotBeRegisteredIsRefusedBeforeAnythingIsAsked() {
        assertThatThrownBy(() -> compare(new DeploymentRequest.Rendered("{\"familiy\":\"x\"}", "i", null), "serving"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean family?");
        assertThat(aws.calls()).isEmpty();
    }

    private Comparison compare(DeploymentRequest.Source source, String with) {
        return Comparison.of(
                aws,
                new DeploymentRequest(
                        FakeAws.CLUSTER,
                        FakeAws.SERVICE,
                        source,
                        FakeAws.GROUP,
                        null,
                        Criterion.REFERENCE,
                        List.of(),
                        List.of(),
                        Duration.ofHours(1),
                        "ann",
                        "deploy",
                        null,
                        DeploymentOptions.DEFAULT),
                with);
    }

    private static DeploymentRequest.Source rendered(String tag) {
        String image = FakeAws.REPOSITORY + ":" + tag;
        return new DeploymentRequest.Rendered(json(image), image, null);
    }

    private static String json(String image) {
        return "{\"family\":\"web\",\"containerDefinitions\":[{\"name\":\"web\",\"image\":\"" + image
                + "\",\"portMappings\":[{\"containerPort\":3000}]}]}";
    }
}
