package io.jenkins.plugins.ecscanary.engine.scan;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The scans in a {@link ScanStore}. The newest is the one that was made last, not the one that was judged last: an old report that
 * is judged once more outdates no newer one. A scan that could not be judged says nothing of the image and does not count.
 */
public final class StoredScans implements KnownScans {

    private final ScanStore store;
    private final InstantSource clock;
    private final String where;
    private final Predicate<ScanResult> count;

    /**
     * All of them count.
     *
     * @param clock of the machine on which the scans are dated
     * @param where for messages, such as {@code in /home/ann/.local/state/ecs-canary/scans}
     */
    public StoredScans(ScanStore store, InstantSource clock, String where) {
        this(store, clock, where, result -> true);
    }

    /** @param count those that count: for a store in which not everyone who writes is to be trusted by everyone who reads */
    public StoredScans(ScanStore store, InstantSource clock, String where, Predicate<ScanResult> count) {
        this.count = Objects.requireNonNull(count, "count");
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.where = Objects.requireNonNull(where, "where");
    }

    @Override
    public Optional<KnownScan> newest(String imageId) {
        List<ScanResult> judged = store.all(imageId).stream()
                .filter(result -> result.verdict() != ScanVerdict.CLOSED)
                .filter(count)
                .toList();
        Optional<ScanResult> dated = judged.stream()
                .filter(result -> result.scannedAt() != null)
                .max(Comparator.comparing(ScanResult::scannedAt).thenComparing(ScanResult::at));
        Optional<ScanResult> undated =
                judged.stream().filter(result -> result.scannedAt() == null).max(Comparator.comparing(ScanResult::at));
        return (dated.isEmpty()
                                || undated.filter(last -> outdates(last, dated.get()))
                                        .isPresent()
                        ? undated
                        : dated)
                .map(result -> KnownScan.of(imageId, result, clock.instant()));
    }

    /** One that nobody can date may be as old as its image when it passed, and of today when it did not. */
    private static boolean outdates(ScanResult undated, ScanResult dated) {
        return !undated.passed() && undated.at().isAfter(dated.scannedAt());
    }

    @Override
    public String where() {
        return where;
    }
}
