package io.jenkins.plugins.ecscanary.engine;

import static io.jenkins.plugins.ecscanary.engine.EngineWorld.ID;
import static io.jenkins.plugins.ecscanary.engine.EngineWorld.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThrottledCreationTest {

    private static final AwsFailure THROTTLED = FakeAws.failure(AwsFailure.Kind.THROTTLED, "ThrottlingException");

    @TempDir
    Path state;

    private EngineWorld world;
    private FakeAws aws;

    @BeforeEach
    void world() {
        world = new EngineWorld(state);
        aws = world.aws;
    }

    @Test
    void isTriedAgainUntilThereIsRoom() {
        aws.failNext("createDeployment", THROTTLED);
        aws.failNext("createDeployment", THROTTLED);
        Running running = world.deploy();
        assertThat(running.view().deploymentId()).isNull();
        assertThat(running.view().ended()).isFalse();
        world.advance(20);
        assertThat(running.view().deploymentId()).isEqualTo(ID);
        assertThat(aws.count("createDeployment")).isEqualTo(3);
        assertThat(running.view().warnings()).singleElement().satisfies(warning -> assertThat(warning.text())
                .contains("tried again", "ThrottlingException"));
    }

    @Test
    void doesNotCreateASecondOneWhateverTheAnswerSaid() {
        aws.failNextAfter("createDeployment", THROTTLED);
        Running running = world.deploy();
        world.advance(20);
        assertThat(running.view().deploymentId()).isEqualTo(ID);
        assertThat(aws.count("createDeployment")).isEqualTo(1);
    }

    @Test
    void isNotTriedWhileItCannotBeLookedFor() {
        aws.failNext("createDeployment", THROTTLED);
        Running running = world.deploy();
        aws.failAlways("listDeployments", THROTTLED);
        world.advance(120);
        assertThat(aws.count("createDeployment")).isEqualTo(1);
        assertThat(running.view().ended()).isFalse();
    }

    @Test
    void endsWhereAwsStaysTooBusy() {
        aws.failAlways("createDeployment", THROTTLED);
        Running running = world.deploy();
        world.advance(700);
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(running).cause()).contains("ThrottlingException", "tried since");
        assertThat(aws.count("createDeployment")).isBetween(5L, 20L);
        assertThat(running.view().warnings()).hasSize(1);
    }

    @Test
    void canBeGivenUpMeanwhile() {
        aws.failAlways("createDeployment", THROTTLED);
        Running running = world.deploy();
        running.rollBack("ann", "wrong image");
        world.advance(10);
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(verdict(running).cause()).contains("ann: wrong image");
        assertThat(aws.count("createDeployment")).isEqualTo(1);
    }

    @Test
    void isLeftToWhoeverTakesTheRecordUp() {
        aws.failAlways("createDeployment", THROTTLED);
        Running running = world.deploy();
        running.leave();
        world.advance(30);
        assertThat(aws.count("createDeployment")).isEqualTo(1);
        Running next = world.engine().watch(running.view().id());
        world.advance(180);
        assertThat(verdict(next).outcome())
                .as("once it is certain that there is none")
                .isEqualTo(Outcome.ABORTED);
    }
}
