package io.jenkins.plugins.ecscanary.localaws.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightedScheduleTest {

    @ParameterizedTest
    @CsvSource({"90,10,1000,900,100", "1,999,1000,1,999", "50,50,10,5,5", "30,70,100,30,70", "0,100,50,0,50"})
    void sharesAreExactOverWholeRounds(int a, int b, int requests, long toA, long toB) {
        WeightedSchedule<String> schedule = WeightedSchedule.of(weights(a, b));
        Map<String, Long> counts = IntStream.range(0, requests)
                .mapToObj(i -> schedule.next().orElseThrow())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        assertThat(counts.getOrDefault("a", 0L)).isEqualTo(toA);
        assertThat(counts.getOrDefault("b", 0L)).isEqualTo(toB);
    }

    @Test
    void sharesAreSpreadEvenly() {
        WeightedSchedule<String> schedule = WeightedSchedule.of(weights(2, 1));
        List<String> run = IntStream.range(0, 6)
                .mapToObj(i -> schedule.next().orElseThrow())
                .toList();
        assertThat(run).containsExactly("a", "b", "a", "a", "b", "a");
    }

    @Test
    void nothingCanBeChosenWithoutWeight() {
        assertThat(WeightedSchedule.of(weights(0, 0)).next()).isEmpty();
        assertThat(WeightedSchedule.of(Map.of()).next()).isEmpty();
    }

    @Test
    void negativeWeightsAreRefused() {
        assertThatThrownBy(() -> WeightedSchedule.of(weights(-1, 5))).hasMessage("weight -1 is negative");
    }

    private static Map<String, Integer> weights(int a, int b) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        weights.put("a", a);
        weights.put("b", b);
        return weights;
    }
}
