package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import hudson.model.Run;
import io.jenkins.plugins.ecscanary.engine.scan.Baseline;
import io.jenkins.plugins.ecscanary.engine.scan.ScanSubject;
import io.jenkins.plugins.ecscanary.engine.scan.ScanVerdict;
import io.jenkins.plugins.ecscanary.jenkins.scan.DeployedScans;
import io.jenkins.plugins.ecscanary.jenkins.scan.ScanLine;
import io.jenkins.plugins.ecscanary.jenkins.scan.ScanName;
import io.jenkins.plugins.ecscanary.jenkins.scan.Scans;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds what a scan is compared with. */
final class Baselines {

    private final Run<?, ?> run;
    private final Consumer<String> log;

    Baselines(Run<?, ?> run, Consumer<String> log) {
        this.run = run;
        this.log = log;
    }

    /**
     * Empty where there is none: then nothing is new, or where only what is new would count, everything does.
     *
     * @param wanted null where the comparison is only shown
     */
    Optional<Baseline> of(BaselineOf wanted, ScanSubject subject) throws GateClosed {
        String name = ScanName.of(subject);
        if (wanted == null) {
            return Scans.get()
                    .before(run, name, line -> line.verdict() != ScanVerdict.CLOSED)
                    .map(before -> Baseline.of(build(before.build()), before.result()));
        }
        Optional<Baseline> baseline = wanted == BaselineOf.PREVIOUS ? previous(name) : deployed();
        baseline.ifPresent(found -> log.accept("Only what is new against " + found.what() + " counts"));
        return baseline;
    }

    /** Of those that were refused nothing may become known: the next attempt would be let through. */
    private Optional<Baseline> previous(String name) {
        return Scans.get()
                .before(run, name, ScanLine::letThrough)
                .map(before -> Baseline.accepted(build(before.build()), before.result()));
    }

    private Optional<Baseline> deployed() throws GateClosed {
        try {
            return DeployedScans.get()
                    .of(run.getParent())
                    .map(served -> Baseline.accepted("what " + served.service() + " serves", served.result()));
        } catch (IllegalStateException e) {
            throw new GateClosed(e.getMessage(), e);
        }
    }

    private static String build(int number) {
        return "build #" + number;
    }
}
