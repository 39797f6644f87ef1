package io.jenkins.plugins.ecscanary.bench;

import io.jenkins.plugins.ecscanary.engine.scan.Consequence;
import io.jenkins.plugins.ecscanary.engine.scan.Gate;
import io.jenkins.plugins.ecscanary.engine.scan.ReportReader;
import io.jenkins.plugins.ecscanary.engine.scan.ScanPolicy;
import io.jenkins.plugins.ecscanary.engine.scan.ScanReport;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads and judges one report: what {@link ScanReading} measures, in a JVM of its own. */
final class ReadingReport {

    private ReadingReport() {}

    /** @param args the report; prints {@code read FINDINGS HEAP}, the latter being the bytes of heap at its fullest */
    public static void main(String[] args) throws Exception {
        ScanReport report = ReportReader.read(Path.of(args[0]));
        ScanResult result = Gate.judge(
                report,
                ScanPolicy.of("HIGH,CRITICAL", 0, Consequence.FAIL),
                List.of(),
                Optional.empty(),
                Instant.parse("2026-06-15T12:00:00Z"));
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        System.out.println("read " + result.findings().size() + " " + heap);
    }
}
