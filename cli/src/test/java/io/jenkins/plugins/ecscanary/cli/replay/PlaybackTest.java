package io.jenkins.plugins.ecscanary.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.cli.Timelines;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaybackTest {

    private final Playback playback = new Playback(Timelines.planned("r1", "ann")
            .shifting()
            .ended(Outcome.PROMOTED, "all is well", 0, 100)
            .entries());

    private static Instant at(long seconds) {
        return Timelines.START.plusSeconds(seconds);
    }

    @Test
    void playsTheWholeInHalfAMinuteAndStops() {
        assertThat(playback.length()).isEqualTo(Duration.ofMinutes(15));
        assertThat(playback.pace()).isEqualTo(30);
        assertThat(playback.view().replacement().weight()).isNull();

        playback.pass(Duration.ofSeconds(7));
        assertThat(playback.at()).isEqualTo(at(210));
        assertThat(playback.view().replacement().weight()).isEqualTo(10);
        assertThat(playback.view().ended()).isFalse();

        playback.pass(Duration.ofSeconds(40));
        assertThat(playback.at()).isEqualTo(at(900));
        assertThat(playback.view().ended()).isTrue();
        assertThat(playback.playing()).isFalse();

        playback.toggle();
        assertThat(playback.at()).isEqualTo(at(0));
        assertThat(playback.playing()).isTrue();
    }

    @Test
    void standsStillWhilePaused() {
        playback.toggle();
        playback.pass(Duration.ofSeconds(10));
        assertThat(playback.at()).isEqualTo(at(0));
    }

    @Test
    void goesFromMomentToMomentBothWays() {
        playback.toEnd();
        playback.back();
        assertThat(playback.at()).isEqualTo(at(260));
        playback.back();
        assertThat(playback.at()).isEqualTo(at(240));
        assertThat(playback.view().replacement().weight()).isEqualTo(20);
        playback.back();
        assertThat(playback.view().replacement().weight()).isEqualTo(10);
        playback.forth();
        assertThat(playback.view().replacement().weight()).isEqualTo(20);
        playback.toStart();
        playback.back();
        assertThat(playback.at()).isEqualTo(at(0));
        playback.toEnd();
        playback.forth();
        assertThat(playback.at()).isEqualTo(at(900));
    }

    @Test
    void changesItsPaceWithinLimits() {
        playback.faster();
        assertThat(playback.pace()).isEqualTo(60);
        for (int i = 0; i < 20; i++) {
            playback.slower();
        }
        assertThat(playback.pace()).isEqualTo(1);
        for (int i = 0; i < 20; i++) {
            playback.faster();
        }
        assertThat(playback.pace()).isEqualTo(3600);
    }

    @Test
    void anEmptyTimelineIsRefused() {
        assertThatThrownBy(() -> new Playback(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
