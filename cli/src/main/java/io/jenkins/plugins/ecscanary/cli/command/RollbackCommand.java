package io.jenkins.plugins.ecscanary.cli.command;

import io.jenkins.plugins.ecscanary.cli.Deployments;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.engine.Present;
import io.jenkins.plugins.ecscanary.engine.Running;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code ecs-canary rollback}. */
@Command(
        name = "rollback",
        description = {
            "Asks AWS to stop a deployment and roll it back, also during its termination wait; one that is not created yet"
                    + " is given up.",
            "Works from any terminal, whoever follows the deployment. Follows it until that is done; Ctrl-C leaves.",
            "What AWS has completed can't be rolled back: 'ecs-canary redeploy previous' ships what ran before."
        })
public final class RollbackCommand extends Operating {

    public RollbackCommand(Surroundings surroundings) {
        super(surroundings, "roll back");
    }

    @Override
    Deed check(Deployments deployments, RecordSummary record) {
        Optional<Present> present = deployments.present(record.id());
        if (present.filter(Present::over).isPresent()) {
            throw nothingToDo(present.get().words()
                    + (record.verdict() == null ? "; 'ecs-canary watch " + record.id() + "' brings its verdict" : ""));
        }
        return new Deed() {
            @Override
            public void live(Running running, Operator operator) {
                running.rollBack(operator.who(), operator.note());
            }

            @Override
            public void afterwards(Deployments engine, String recordId, Operator operator) {
                engine.rollBackAfterwards(recordId, operator.who(), operator.note());
            }
        };
    }

    /** Rolled back is what was wanted; promoted means that it came too late. */
    @Override
    ExitCode exitCode(ExitCode ofVerdict) {
        return switch (ofVerdict) {
            case ROLLED_BACK, ABORTED -> ExitCode.OK;
            case OK, INCONCLUSIVE -> ExitCode.FAILED;
            default -> ofVerdict;
        };
    }
}
