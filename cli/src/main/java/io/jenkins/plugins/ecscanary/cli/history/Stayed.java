package io.jenkins.plugins.ecscanary.cli.history;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.Deployments;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.engine.Present;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import java.util.function.Predicate;

/**
 * Whether a revision that went live stayed. Where the verdict was provisional the record does not know, since AWS could still
 * roll back, and AWS is asked; nothing is guessed.
 */
public final class Stayed implements Predicate<RecordSummary> {

    private final Deployments deployments;

    public Stayed(Deployments deployments) {
        this.deployments = deployments;
    }

    /** @throws CliFailure if AWS is not done with it yet, or does not know it any more */
    @Override
    public boolean test(RecordSummary record) {
        if (!record.verdict().provisional()) {
            return true;
        }
        String name = record.deploymentId() == null ? record.id() : record.deploymentId();
        Present present = deployments
                .present(record.id())
                .orElseThrow(() -> new CliFailure(
                        ExitCode.FAILED,
                        "the promotion of " + record.revision().shortTaskDefinition() + " was provisional, and AWS does"
                                + " not know " + name
                                + " any more: say which revision is to be shipped, as FAMILY:REVISION"
                                + " or a record's id ('ecs-canary history' lists them)"));
        if (!present.over()) {
            throw new CliFailure(
                    ExitCode.FAILED,
                    present.words() + ": AWS is not done with it; 'ecs-canary rollback " + name + "' brings "
                            + record.original().shortTaskDefinition() + " back");
        }
        return present.status().equals("Succeeded");
    }
}
