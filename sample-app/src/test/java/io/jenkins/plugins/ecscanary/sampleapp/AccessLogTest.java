package io.jenkins.plugins.ecscanary.sampleapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessLogTest {

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-11-23T18:30:00.1234Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final List<String> lines = new ArrayList<>();
    private final SettableClock clock = new SettableClock();
    private final AccessLog log = new AccessLog(new EventLog(lines::add, clock), clock);

    @Test
    void at_most_ten_errors_a_second_are_logged_and_the_next_line_says_how_many_were_not() {
        for (int n = 0; n < 25; n++) {
            log.page("GET", "/", 503, 2_000_000);
        }
        assertThat(lines)
                .hasSize(10)
                .containsOnly("{\"time\":\"2026-11-23T18:30:00.123Z\",\"event\":\"request\",\"method\":\"GET\","
                        + "\"path\":\"/\",\"status\":503,\"ms\":2}");
        clock.now = clock.now.plusSeconds(1);
        log.page("GET", "/", 500, 0);
        assertThat(lines).hasSize(11).last().asString().contains("\"status\":500,", "\"errors_not_logged\":15}");
        log.page("GET", "/", 500, 0);
        assertThat(lines).last().asString().doesNotContain("errors_not_logged");
    }

    @Test
    void of_the_others_one_in_a_thousand_is_logged() {
        for (int n = 0; n < 2001; n++) {
            log.page("GET", "/", 200, 0);
        }
        assertThat(lines).hasSize(3);
    }

    @Test
    void a_path_cannot_break_out_of_its_line() {
        log.page("GET", "/\"},\n{\"event\":\"x", 500, 0);
        assertThat(lines).singleElement().asString().doesNotContain("\n").contains("/\\\"},\\n{\\\"event\\\":\\\"x");
    }
}
