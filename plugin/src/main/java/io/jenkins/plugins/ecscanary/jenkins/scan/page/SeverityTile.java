package io.jenkins.plugins.ecscanary.jenkins.scan.page;

import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.Severity;
import io.jenkins.plugins.ecscanary.engine.scan.Standing;
import java.util.Locale;

/** How many findings of one severity there are, without those waived, and how many of them count. */
public final class SeverityTile {

    private final Severity severity;
    private final int all;
    private final int counted;
    private final boolean limited;

    SeverityTile(Severity severity, ScanResult result) {
        this.severity = severity;
        this.all = (int) result.findings().stream()
                .filter(judged -> judged.standing() != Standing.WAIVED)
                .filter(judged -> judged.finding().severity() == severity)
                .count();
        this.counted = result.counted().getOrDefault(severity, 0);
        this.limited = result.policy() != null && result.policy().limits().containsKey(severity);
    }

    /** In capitals, as Trivy writes it. */
    public String getName() {
        return severity.name();
    }

    /** For how it is shown. */
    public String getTone() {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    public int getAll() {
        return all;
    }

    public int getCounted() {
        return counted;
    }

    /** Whether the severity has a limit, so that its findings could count. */
    public boolean isLimited() {
        return limited;
    }
}
