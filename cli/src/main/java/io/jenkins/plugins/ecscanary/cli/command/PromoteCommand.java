package io.jenkins.plugins.ecscanary.cli.command;

import io.jenkins.plugins.ecscanary.cli.Deployments;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.engine.Present;
import io.jenkins.plugins.ecscanary.engine.Running;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import picocli.CommandLine.Command;

/** {@code ecs-canary promote}. */
@Command(
        name = "promote",
        description = {
            "Ends what AWS waits for in a deployment: after the last shift the termination wait, so that AWS completes it at"
                    + " once; before the first shift, in a group that waits for someone, that wait.",
            "Works from any terminal, whoever follows the deployment. Follows it to its verdict; Ctrl-C leaves."
        })
public final class PromoteCommand extends Operating {

    public PromoteCommand(Surroundings surroundings) {
        super(surroundings, "promote");
    }

    @Override
    Deed check(Deployments deployments, RecordSummary record) {
        Present present = deployments
                .present(record.id())
                .orElseThrow(() -> nothingToDo("AWS has no deployment of " + record.id() + " (yet, or any more)"));
        if (present.waits() == null) {
            throw nothingToDo(present.words() + ", and AWS waits for nobody");
        }
        Wait wait = present.waits();
        return new Deed() {
            @Override
            public void live(Running running, Operator operator) {
                running.promote(wait, operator.who(), operator.note());
            }

            @Override
            public void afterwards(Deployments engine, String recordId, Operator operator) {
                engine.promoteAfterwards(recordId, wait, operator.who(), operator.note());
            }
        };
    }

    @Override
    ExitCode exitCode(ExitCode ofVerdict) {
        return ofVerdict;
    }
}
