package io.jenkins.plugins.ecscanary.infra.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table in docs/infrastructure.md is that of {@link Setting}. It is written to target/settings.md. */
class SettingsTableTest {

    @Test
    void everySettingHasItsRowInTheDocs() throws IOException {
        List<String> rows = Arrays.stream(Setting.values())
                .map(setting -> "| `" + setting.context() + "` | "
                        + setting.deployConfig().map(key -> "`" + key + "`").orElse("–") + " | "
                        + setting.usual().map(usual -> "`" + usual + "`").orElse("–") + " | " + setting.meaning()
                        + " |")
                .toList();
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target", "settings.md"), rows);
        assertThat(Files.readAllLines(Path.of("..", "docs", "infrastructure.md")))
                .filteredOn(line -> line.startsWith("| `")
                        && line.chars().filter(c -> c == '|').count() == 5)
                .isEqualTo(rows);
    }
}
