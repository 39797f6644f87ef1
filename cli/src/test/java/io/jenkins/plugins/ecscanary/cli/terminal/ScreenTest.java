package io.jenkins.plugins.ecscanary.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private static final int CTRL_C = 3;
    private static final int WIDTH = 40;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private LineDisciplineTerminal terminal;

    @BeforeEach
    void terminal() throws IOException {
        terminal = new LineDisciplineTerminal("test", "xterm", written, StandardCharsets.UTF_8);
        terminal.setSize(new Size(WIDTH, 12));
    }

    @Test
    void whatIsDrawnStaysInPlace() {
        try (Screen screen = new Screen(terminal)) {
            screen.draw(lines("shop/web", "SHIFTING", "10 %"));
            screen.draw(lines("shop/web", "SHIFTING", "20 %", "an alarm"));
            screen.draw(lines("shop/web", "BAKING", "100 %"));
        }
        assertThat(shown()).containsExactly("shop/web", "BAKING", "100 %");
    }

    @Test
    void whatIsSaidStandsAboveItAndNothingOfTheEchoIsLeft() throws IOException {
        String asked = "Ctrl-C: asking AWS to roll back";
        try (Screen screen = new Screen(terminal)) {
            screen.above(new AttributedString("page: http://127.0.0.1:1/"));
            screen.draw(lines("shop/web", "SHIFTING", "20 %"));
            terminal.processInputByte(CTRL_C);
            terminal.flush();
            assertThat(shown()).anyMatch(line -> line.startsWith("^C"));
            screen.above(new AttributedString(asked));
            screen.draw(lines("shop/web", "ROLLING BACK", "0 %"));
            screen.draw(lines("shop/web", "ENDED", "0 %"));
        }
        assertThat(shown()).containsExactly("page: http://127.0.0.1:1/", asked, "shop/web", "ENDED", "0 %");
    }

    @Test
    void whatDoesNotFitIsLeftOutAtTheEnd() {
        try (Screen screen = new Screen(terminal)) {
            screen.draw(Stream.iterate(1, i -> i + 1)
                    .limit(20)
                    .map(i -> new AttributedString("line " + i))
                    .toList());
        }
        assertThat(shown()).hasSize(11).last().isEqualTo("line 11");
    }

    private List<String> shown() {
        terminal.flush();
        List<String> rows = Paper.after(written.toString(StandardCharsets.UTF_8), WIDTH);
        int size = rows.size();
        while (size > 0 && rows.get(size - 1).isEmpty()) {
            size--;
        }
        return rows.subList(0, size);
    }

    private static List<AttributedString> lines(String... texts) {
        return Stream.of(texts).map(AttributedString::new).toList();
    }
}
