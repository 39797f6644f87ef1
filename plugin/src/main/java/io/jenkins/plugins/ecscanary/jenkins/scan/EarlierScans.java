package io.jenkins.plugins.ecscanary.jenkins.scan;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.ScanSubject;
import io.jenkins.plugins.ecscanary.engine.scan.ScanVerdict;
import io.jenkins.plugins.ecscanary.engine.scan.UnreadableReportException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The scans that earlier builds of a job made of the same thing, as far as the builds are still there. */
public final class EarlierScans {

    private final Job<?, ?> job;
    private final ScanSubject subject;

    /** By build, the newest first; in a build in the order they were made. */
    private final TreeMap<Integer, List<ScanLine>> lines;

    private EarlierScans(Run<?, ?> run, ScanSubject subject) {
        job = run.getParent();
        this.subject = subject;
        String name = ScanName.of(subject);
        lines = JobScans.of(job).stream()
                .filter(line -> line.build() < run.getNumber() && line.name().equals(name))
                .collect(Collectors.groupingBy(
                        ScanLine::build, () -> new TreeMap<>(Comparator.reverseOrder()), Collectors.toList()));
    }

    /** Those before {@code run}, of what {@code subject} is a version of. */
    public static EarlierScans of(Run<?, ?> run, ScanSubject subject) {
        return new EarlierScans(run, subject);
    }

    /**
     * Of one build.
     *
     * @param results at least one
     */
    public record Earlier(int build, List<ScanResult> results) {
        public Earlier {
            results = List.copyOf(results);
        }
    }

    /** The last one that was judged, whatever came of it. */
    public Optional<Earlier> newest() {
        return lines.values().stream()
                .map(all -> results(all, line -> line.verdict() != ScanVerdict.CLOSED))
                .flatMap(Optional::stream)
                .findFirst()
                .map(found -> new Earlier(
                        found.build(),
                        found.results()
                                .subList(
                                        found.results().size() - 1,
                                        found.results().size())));
    }

    /**
     * Those of the last build that let the thing through. Where one scan of a build let it through, and another one was asked for
     * more and refused it or came to nothing, the build did not: else the next attempt would be let through.
     */
    public Optional<Earlier> accepted() {
        return lines.values().stream()
                .filter(all -> all.get(all.size() - 1).letThrough()
                        && all.stream().noneMatch(line -> line.verdict() == ScanVerdict.FAILED))
                .map(all -> results(all, ScanLine::letThrough))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Earlier> results(List<ScanLine> all, Predicate<ScanLine> which) {
        List<ScanResult> results = all.stream()
                .filter(which)
                .map(this::result)
                .flatMap(Optional::stream)
                .filter(this::isOfThePlatform)
                .toList();
        return results.isEmpty()
                ? Optional.empty()
                : Optional.of(new Earlier(all.get(0).build(), results));
    }

    private boolean isOfThePlatform(ScanResult result) {
        String platform = result.subject().platform();
        return platform == null || subject.platform() == null || Objects.equals(platform, subject.platform());
    }

    private Optional<ScanResult> result(ScanLine line) {
        Run<?, ?> build = job.getBuildByNumber(line.build());
        if (build == null) {
            return Optional.empty();
        }
        try {
            return BuildScans.read(build, line.id());
        } catch (IOException | UnreadableReportException e) {
            return Optional.empty(); // as if the build were gone: an older one is compared with, or everything counts
        }
    }
}
