package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.ScanVerdict;
import io.jenkins.plugins.ecscanary.engine.scan.Severity;
import io.jenkins.plugins.ecscanary.engine.scan.Standing;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What came of a scan that was let through, for the Pipeline that asked for it. Readable in the sandbox; numbers only, the page has the rest. */
public final class TrivyScanResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String verdict;
    private final String cause;
    private final String imageId;
    private final HashMap<String, Integer> counted;
    private final int fresh;
    private final int waived;
    private final String url;

    private TrivyScanResult(String id, ScanResult result, HashMap<String, Integer> counted, String url) {
        this.id = id;
        this.verdict = result.verdict().name();
        this.cause = result.cause();
        this.imageId = result.subject().imageId();
        this.counted = counted;
        this.fresh = result.fresh();
        this.waived = result.count(Standing.WAIVED).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        this.url = url;
    }

    /** @param url of the scan's page, absolute where Jenkins knows its own address */
    static TrivyScanResult of(String id, ScanResult result, String url) {
        HashMap<String, Integer> counted = new HashMap<>();
        for (Severity severity : Severity.values()) {
            counted.put(severity.name(), result.counted().getOrDefault(severity, 0));
        }
        return new TrivyScanResult(id, result, counted, url);
    }

    /** Of the scan's page. */
    @Whitelisted
    public String getId() {
        return id;
    }

    /** {@code PASSED} or {@code UNSTABLE}: the step fails otherwise. */
    @Whitelisted
    public String getVerdict() {
        return verdict;
    }

    @Whitelisted
    public boolean isPassed() {
        return ScanVerdict.PASSED.name().equals(verdict);
    }

    /** One sentence. */
    @Whitelisted
    public String getCause() {
        return cause;
    }

    /** The digest of the image's configuration, {@code sha256:…}; null for what is no image. */
    @Whitelisted
    public String getImageId() {
        return imageId;
    }

    /** How many findings count, by severity in capitals. */
    @Whitelisted
    public Map<String, Integer> getCounted() {
        return new HashMap<>(counted);
    }

    /** How many findings the scan before did not have. */
    @Whitelisted
    public int getFresh() {
        return fresh;
    }

    @Whitelisted
    public int getWaived() {
        return waived;
    }

    @Whitelisted
    public String getUrl() {
        return url;
    }

    @Override
    @Whitelisted
    public String toString() {
        return verdict + " (" + cause + ")";
    }
}
