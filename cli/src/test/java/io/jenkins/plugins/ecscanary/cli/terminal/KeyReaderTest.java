package io.jenkins.plugins.ecscanary.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyReaderTest {

    private static KeyReader typed(String characters, int afterwards) {
        int[] next = {0};
        return new KeyReader(timeout -> next[0] < characters.length() ? characters.charAt(next[0]++) : afterwards);
    }

    @ParameterizedTest
    @CsvSource({
        "' ', SPACE",
        "q, QUIT",
        "+, PLUS",
        "-, MINUS",
        "^[D, LEFT",
        "^OD, LEFT",
        "^[C, RIGHT",
        "^[H, HOME",
        "^OF, END",
        "^[1~, HOME",
        "^[4~, END",
        "^[7~, HOME",
        "^[8~, END",
        "^[5~, OTHER",
        "^[1;5D, LEFT",
        "^, OTHER",
        "^x, OTHER",
        "^[, OTHER",
        "x, OTHER"
    })
    void readsAKeyWhicheverWayTheTerminalWritesIt(String characters, Key key) throws IOException {
        KeyReader reader = typed(characters.replace('^', '\u001b'), KeyReader.NOTHING);

        assertThat(reader.read(1)).contains(key);
        assertThat(reader.read(1)).isEqualTo(Optional.empty());
    }

    @Test
    void theEndOfTheInputQuits() throws IOException {
        assertThat(typed("", -1).read(1)).contains(Key.QUIT);
    }
}
