package io.jenkins.plugins.ecscanary.engine;

import static io.jenkins.plugins.ecscanary.engine.EngineWorld.ID;
import static io.jenkins.plugins.ecscanary.engine.EngineWorld.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.model.AppSpecExtras;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppSpecPassThroughTest {

    private static final AppSpecExtras HOOK =
            new AppSpecExtras(Map.of("BeforeAllowTraffic", "smoke"), null, null, "1.4.0");

    @TempDir
    Path state;

    @Test
    void theDeploymentGetsItAlsoWhereItsAlarmsCanNotBeItsOwn() {
        EngineWorld world = new EngineWorld(state);
        world.aws.failNext(
                "createDeployment",
                new AwsFailure(
                        AwsFailure.Kind.DENIED,
                        "no right to codedeploy:UpdateDeploymentGroup",
                        "AccessDeniedException",
                        "req-1",
                        false,
                        null));
        Running running = world.engine().deploy(world.request(DeploymentOptions.DEFAULT.withAppSpec(HOOK)));
        assertThat(running.view().deploymentId()).isEqualTo(ID);
        assertThat(world.aws.created().get(ID).appSpec()).isEqualTo(HOOK);
        assertThat(world.aws.created().get(ID).alarms()).isNull();
        assertThat(running.view().checks()).anyMatch(check -> check.name().equals("appspec"));
    }

    @Test
    void aWrongOneIsRefusedBeforeAnythingIsTouched() {
        EngineWorld world = new EngineWorld(state);
        AppSpecExtras wrong = new AppSpecExtras(Map.of("BeforeAllowTrafic", "smoke"), null, null, null);
        Running running = world.engine().deploy(world.request(DeploymentOptions.DEFAULT.withAppSpec(wrong)));
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(running).cause()).contains("did you mean BeforeAllowTraffic?");
        assertThat(world.aws.registered()).isEmpty();
    }
}
