package io.jenkins.plugins.ecscanary.cli.demo;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;

/**
 * One deployment of the demonstration and what must come of it.
 *
 * @param name of its folder
 * @param heading for people
 * @param outcome the only right verdict
 * @param replacementWeight the replacement's weight that must be read back at the end: 100, or 0 where it is rolled back
 * @param faultless whether not one request may fail
 */
record Act(String name, String heading, Outcome outcome, int replacementWeight, boolean faultless) {

    static final Act GOOD = new Act("good", "Version 2.0.0 is deployed and promoted", Outcome.PROMOTED, 100, true);
    static final Act BAD = new Act(
            "bad",
            "Version 3.0.0 answers 5 % errors; the alarm stops it, AWS rolls back",
            Outcome.ROLLED_BACK,
            0,
            false);
    static final Act REDEPLOY =
            new Act("redeploy", "Version 1.0.0 is redeployed from the history", Outcome.PROMOTED, 100, true);
}
