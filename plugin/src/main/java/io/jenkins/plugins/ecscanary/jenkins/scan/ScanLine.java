package io.jenkins.plugins.ecscanary.jenkins.scan;

import io.jenkins.plugins.ecscanary.engine.scan.Judged;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.ScanVerdict;
import io.jenkins.plugins.ecscanary.engine.scan.Severity;
import io.jenkins.plugins.ecscanary.engine.scan.Standing;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import net.sf.json.JSONException;
import net.sf.json.JSONObject;

/**
 * A scan in a job's index: what a chart over builds needs, so that it reads no build.
 *
 * @param name of what was scanned, without a version
 * @param open how many findings there are by severity, without those waived, whether or not they count
 * @param fresh how many of all are new against the scan before
 */
public record ScanLine(
        int build,
        String id,
        String name,
        ScanVerdict verdict,
        Instant at,
        Map<Severity, Integer> open,
        int waived,
        int fresh) {

    public ScanLine {
        open = Collections.unmodifiableMap(new EnumMap<>(open));
    }

    static ScanLine of(int build, String id, ScanResult result) {
        Map<Severity, Integer> open = zeros();
        int waived = 0;
        for (Judged judged : result.findings()) {
            if (judged.standing() == Standing.WAIVED) {
                waived++;
            } else {
                open.merge(judged.finding().severity(), 1, Integer::sum);
            }
        }
        return new ScanLine(
                build, id, ScanName.of(result.subject()), result.verdict(), result.at(), open, waived, result.fresh());
    }

    private static Map<Severity, Integer> zeros() {
        Map<Severity, Integer> zeros = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            zeros.put(severity, 0);
        }
        return zeros;
    }

    /** Whether the gate let it through, with or without complaint. */
    public boolean letThrough() {
        return verdict == ScanVerdict.PASSED || verdict == ScanVerdict.UNSTABLE;
    }

    /** One line. */
    String json() {
        JSONObject json = new JSONObject();
        json.put("build", build);
        json.put("id", id);
        json.put("name", name);
        json.put("verdict", verdict.name());
        json.put("at", at.toString());
        open.forEach((severity, count) -> json.put(severity.name(), count));
        json.put("waived", waived);
        json.put("fresh", fresh);
        return json.toString();
    }

    /** Empty for a line that is torn or was written by nobody here. */
    static Optional<ScanLine> parse(String line) {
        try {
            JSONObject json = JSONObject.fromObject(line);
            Map<Severity, Integer> open = zeros();
            open.replaceAll((severity, zero) -> json.optInt(severity.name(), 0));
            return Optional.of(new ScanLine(
                    json.getInt("build"),
                    json.getString("id"),
                    json.getString("name"),
                    ScanVerdict.valueOf(json.getString("verdict")),
                    Instant.parse(json.getString("at")),
                    open,
                    json.optInt("waived", 0),
                    json.optInt("fresh", 0)));
        } catch (JSONException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
