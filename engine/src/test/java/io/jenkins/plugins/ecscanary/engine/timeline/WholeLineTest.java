package io.jenkins.plugins.ecscanary.engine.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WholeLineTest {

    private static final byte[] LINE = "{\"second\":2}\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    static Stream<OpenOption> waysToOpen() {
        return Stream.of(StandardOpenOption.APPEND, StandardOpenOption.WRITE);
    }

    @ParameterizedTest
    @MethodSource("waysToOpen")
    void halfALineIsTakenBackWhenTheDiskIsFull(OpenOption how) throws Exception {
        Path file = Files.writeString(folder.resolve("lines"), "{}\n");
        for (int room = 0; room < LINE.length; room++) {
            try (SmallDisk disk = new SmallDisk(FileChannel.open(file, how), room)) {
                assertThatThrownBy(() -> WholeLine.append(disk, LINE))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("No space left");
            }
            assertThat(Files.readString(file)).isEqualTo("{}\n");
        }
        try (SmallDisk disk = new SmallDisk(FileChannel.open(file, how), LINE.length)) {
            WholeLine.append(disk, LINE);
        }
        assertThat(Files.readString(file)).isEqualTo("{}\n{\"second\":2}\n");
    }
}
