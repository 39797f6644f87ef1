package io.jenkins.plugins.ecscanary.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.constructs.Construct;

/** What cdk-nag's AwsSolutions finds and is meant to be so: where the thing is made, with the reason. */
final class Nag {

    private Nag() {}

    /** @param rule such as {@code AwsSolutions-EC23} */
    static void accept(Construct resource, String rule, String reason) {
        NagSuppressions.addResourceSuppressions(
                resource,
                List.of(NagPackSuppression.builder().id(rule).reason(reason).build()));
    }

    /**
     * Accepts one finding of a rule that has several about a resource, so that another one is still found.
     *
     * @param finding as nag tells it in brackets, such as {@code Resource::*}
     */
    static void accept(Construct resource, String rule, List<String> findings, String reason) {
        NagSuppressions.addResourceSuppressions(
                resource,
                List.of(NagPackSuppression.builder()
                        .id(rule)
                        .reason(reason)
                        .appliesTo(findings)
                        .build()));
    }
}
