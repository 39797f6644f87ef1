package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import hudson.model.Run;
import io.jenkins.plugins.ecscanary.engine.scan.Baseline;
import io.jenkins.plugins.ecscanary.engine.scan.ScanSubject;
import io.jenkins.plugins.ecscanary.jenkins.scan.DeployedScans;
import io.jenkins.plugins.ecscanary.jenkins.scan.EarlierScans;
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
     * What is known already and does not count. Empty where there is nothing, or everything is to count; then everything does.
     *
     * @param wanted null where everything counts
     */
    Optional<Baseline> of(BaselineOf wanted, ScanSubject subject) throws GateClosed {
        if (wanted == null) {
            return Optional.empty();
        }
        Optional<Baseline> baseline = wanted == BaselineOf.PREVIOUS ? previous(subject) : deployed();
        baseline.ifPresent(found -> log.accept(Messages.Baselines_OnlyNew(found.what())));
        return baseline;
    }

    /** What was found the last time, to tell what is new since then: that decides nothing. */
    Optional<Baseline> before(ScanSubject subject) {
        return EarlierScans.of(run, subject)
                .newest()
                .map(before ->
                        Baseline.of(build(before.build()), before.results().get(0)));
    }

    private Optional<Baseline> previous(ScanSubject subject) {
        return EarlierScans.of(run, subject)
                .accepted()
                .map(before -> Baseline.accepted(build(before.build()), before.results()));
    }

    private Optional<Baseline> deployed() throws GateClosed {
        try {
            return DeployedScans.get()
                    .of(run.getParent())
                    .map(served -> Baseline.served(Messages.Baselines_Served(served.service()), served.result()));
        } catch (IllegalStateException e) {
            throw new GateClosed(e.getMessage(), e);
        }
    }

    private static String build(int number) {
        return Messages.Baselines_Build(number);
    }
}
