package io.jenkins.plugins.ecscanary.cli.demo;

import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of an act.
 *
 * @param exitCode of the command line's process
 * @param timeline the deployment's, from its record
 * @param view the deployment at its end
 * @param traffic what users saw meanwhile
 * @param originalWeight read from the listener after the end, in percent
 * @param replacementWeight read from the listener after the end, in percent
 * @param took of wall-clock time
 */
record ActResult(
        Act act,
        int exitCode,
        List<TimelineEntry> timeline,
        DeploymentView view,
        Tally traffic,
        int originalWeight,
        int replacementWeight,
        Duration took) {

    Outcome outcome() {
        return view.verdict() == null ? Outcome.UNKNOWN : view.verdict().outcome();
    }

    /** Everything that is not as it must be; empty if all is right. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (outcome() != act.outcome()) {
            problems.add("the verdict is " + outcome() + ", not " + act.outcome());
        }
        if (exitCode != ExitCode.of(act.outcome()).code()) {
            problems.add("the exit code is " + exitCode + ", not "
                    + ExitCode.of(act.outcome()).code());
        }
        if (replacementWeight != act.replacementWeight() || originalWeight != 100 - act.replacementWeight()) {
            problems.add("the weights are " + weights() + ", not " + (100 - act.replacementWeight()) + "/"
                    + act.replacementWeight());
        }
        if (traffic.requests() == 0) {
            problems.add("there was no traffic");
        }
        if (act.faultless() && traffic.failed() > 0) {
            problems.add(traffic.failed() + " requests failed: " + traffic.failures());
        }
        if (!act.faultless() && traffic.failed() == 0) {
            problems.add("no request failed: the fault was not there");
        }
        return problems;
    }

    String weights() {
        return originalWeight + "/" + replacementWeight;
    }
}
