package io.jenkins.plugins.ecscanary.engine;

import static io.jenkins.plugins.ecscanary.engine.EngineWorld.ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import io.jenkins.plugins.ecscanary.engine.timeline.Timelines;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is replaced, by the name that people know it by, where a record knows that. */
class OriginalAsRecordedTest {

    @TempDir
    Path state;

    /** Whichever alarms it is watched by. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hasTheTagOfTheRecordThatShippedIt(boolean ownAlarms) {
        EngineWorld world = new EngineWorld(state);
        shipped(world);
        if (!ownAlarms) {
            world.aws.failNext(
                    "createDeployment",
                    new AwsFailure(
                            AwsFailure.Kind.DENIED,
                            "no right to codedeploy:UpdateDeploymentGroup",
                            "AccessDeniedException",
                            "req-1",
                            false,
                            null));
        }
        assertThat(world.deploy().view().deploymentId()).isEqualTo(ID);
        assertThat(world.records.find(ID).orElseThrow().original()).isEqualTo(Timelines.OLD);
    }

    @Test
    void elseTheDigestIsAllThereIs() {
        EngineWorld world = new EngineWorld(state);
        world.deploy();
        assertThat(world.records.find(ID).orElseThrow().original().image())
                .isEqualTo(FakeAws.REPOSITORY + "@" + FakeAws.OLD_DIGEST);
    }

    private static void shipped(EngineWorld world) {
        Timelines earlier = new Timelines()
                .then(Timelines.planned("earlier", Timelines.START))
                .then(new DeploymentEvent.RevisionRegistered(Timelines.START, Timelines.OLD))
                .then(new DeploymentEvent.Ended(
                        Timelines.START, new Verdict(Outcome.PROMOTED, "all is well", Timelines.START, false, 0, 100)));
        try (TimelineFile file = world.records.create(Timelines.SERVICE, "earlier")) {
            earlier.entries().forEach(entry -> file.append(entry.event()));
        }
        world.records.index(RecordStore.summary(ViewFold.fold(earlier.entries())));
    }
}
