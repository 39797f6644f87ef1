package io.jenkins.plugins.ecscanary.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {

    @ParameterizedTest
    @CsvSource({"90s, PT90S", "45m, PT45M", "2h, PT2H", "7d, P7D", "999999d, P999999D"})
    void isAsPeopleWriteIt(String text, Duration time) {
        assertThat(TimeSpan.parse(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "d", "0d", "-1d", "1.5h", "7 d", "7D", "1w", "1000000s"})
    void isNothingElse(String text) {
        assertThatThrownBy(() -> TimeSpan.parse(text))
                .hasMessage("'" + text + "' is not a time such as 90s, 45m or 2h");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 seconds",
        "PT1S, 1 second",
        "PT119S, 119 seconds",
        "PT120S, 2 minutes",
        "PT1H59M, 119 minutes",
        "PT47H59M, 47 hours",
        "P7D, 7 days",
        "-PT3M, -180 seconds"
    })
    void isToldInTheLargestUnitThatTellsEnough(Duration time, String text) {
        assertThat(TimeSpan.about(time)).isEqualTo(text);
    }
}
