package io.jenkins.plugins.ecscanary.jenkins.scan;

import hudson.model.Run;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScan;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.ScanVerdict;
import io.jenkins.plugins.ecscanary.engine.scan.UnreadableReportException;
import io.jenkins.plugins.ecscanary.jenkins.scan.page.ScanRunAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The scans that one build has made. A result that can't be read may be a bad one: it is no answer. */
final class ScansOfBuild implements KnownScans {

    private final Run<?, ?> run;

    ScansOfBuild(Run<?, ?> run) {
        this.run = run;
    }

    @Override
    public Optional<KnownScan> newest(String imageId) {
        ScanRunAction action = run.getAction(ScanRunAction.class);
        ScanResult newest = null;
        for (String id : action == null ? List.<String>of() : action.getIds()) {
            ScanResult result = read(id);
            boolean counts = result != null
                    && result.verdict() != ScanVerdict.CLOSED
                    && imageId.equals(result.subject().imageId());
            if (counts && (newest == null || !result.at().isBefore(newest.at()))) {
                newest = result;
            }
        }
        return Optional.ofNullable(newest).map(result -> KnownScan.of(imageId, result, Instant.now()));
    }

    private ScanResult read(String id) {
        try {
            return BuildScans.read(run, id).orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnreadableReportException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public String where() {
        return Messages.RequiredScan_InThisBuild();
    }
}
