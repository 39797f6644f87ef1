package io.jenkins.plugins.ecscanary.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.cli.Timelines;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrittenOnceTest {

    private final List<DeploymentView> written = new ArrayList<>();
    private final WrittenOnce document = new WrittenOnce(view -> {
        written.add(view);
        return ViewDocument.json(view);
    });

    @Test
    void aVersionIsWrittenForTheFirstWhoAsksAndTheNextOneAnew() {
        Timelines timeline = Timelines.planned("r1", "ann").shifting();
        DeploymentView shifting = timeline.view();
        for (int i = 0; i < 100; i++) {
            assertThat(document.of(shifting)).asString(StandardCharsets.UTF_8).isEqualTo(ViewDocument.json(shifting));
        }
        assertThat(written).containsExactly(shifting);

        DeploymentView ended =
                timeline.ended(Outcome.PROMOTED, "all is well", 0, 100).view();
        assertThat(document.of(ended)).asString(StandardCharsets.UTF_8).isEqualTo(ViewDocument.json(ended));
        assertThat(written).containsExactly(shifting, ended);
    }
}
