package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;

/** What CloudFormation would not take fails here, in every test that synthesizes, and not in an account. */
@RequiresNode
class SchemaTest {

    /** Else the test below could pass for the wrong reason. */
    @Test
    void oneThatFitsDoesNot() {
        app("The load balancer, from the internet").synth();
    }

    @Test
    void aPropertyThatDoesNotFitFailsTheSynthesis() {
        App app = app("It's not allowed to have an apostrophe");
        assertThatThrownBy(app::synth).hasMessageContaining("ValidationFailed");
    }

    private static App app(String description) {
        App app = InfraApp.app();
        CfnSecurityGroup.Builder.create(new Stack(app, "stack"), "Group")
                .groupDescription(description)
                .build();
        return app;
    }
}
