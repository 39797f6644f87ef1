package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;

import hudson.FilePath;
import io.jenkins.plugins.ecscanary.jenkins.scan.ScanId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports that nobody could delete in time. */
class ScanDirectoryTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @Test
    void whatScansOfLongAgoHaveLeftIsDeletedAndNothingElse(@TempDir Path directory) throws Exception {
        FilePath workspace = new FilePath(directory.resolve("web").toFile());
        FilePath own = ScanDirectory.of(workspace, ScanId.fresh());
        ScanDirectory.deleteForgotten(own, NOW); // nothing is there yet
        Path temporary = directory.resolve("web@tmp");
        for (String name : new String[] {
            "ecs-canary-scan-20261124T115959Z-0123456789abcdef",
            "ecs-canary-scan-20261124T120000Z-0123456789abcdef",
            "ecs-canary-scan-20261126T115900Z-0123456789abcdef",
            "ecs-canary-scan-20241399T000000Z-0123456789abcdef",
            "ecs-canary-scan-of-somebody",
            "durable-0123"
        }) {
            Files.writeString(Files.createDirectories(temporary.resolve(name)).resolve("report.json"), "{}");
        }
        ScanDirectory.deleteForgotten(own, NOW);
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(
                    left.map(path -> path.getFileName().toString()).toList(),
                    containsInAnyOrder(
                            "ecs-canary-scan-20261124T120000Z-0123456789abcdef",
                            "ecs-canary-scan-20261126T115900Z-0123456789abcdef",
                            "ecs-canary-scan-20241399T000000Z-0123456789abcdef",
                            "ecs-canary-scan-of-somebody",
                            "durable-0123"));
        }
    }
}
