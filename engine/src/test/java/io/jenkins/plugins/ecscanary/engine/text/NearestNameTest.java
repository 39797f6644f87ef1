package io.jenkins.plugins.ecscanary.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

    @Test
    void findsSlips() {
        List<String> known = List.of("CLUSTER", "SERVICE", "containerPort", "CPU");
        assertThat(NearestName.of("CLUTSER", known)).contains("CLUSTER");
        assertThat(NearestName.of("containerport", known)).contains("containerPort");
        assertThat(NearestName.of("CPUS", known)).contains("CPU");
        assertThat(NearestName.hint("SERVCE", known)).isEqualTo("; did you mean SERVICE?");
    }

    @Test
    void saysNothingWhereNothingIsNear() {
        assertThat(NearestName.of("MEMORY", List.of("CLUSTER", "CPU"))).isEmpty();
        assertThat(NearestName.of("A", List.of())).isEmpty();
        assertThat(NearestName.hint("MEMORY", List.of("CPU"))).isEmpty();
    }

    @Test
    void equallyNearNamesAreTakenInOrder() {
        assertThat(NearestName.of("CAT", List.of("CAR", "CAB"))).contains("CAB");
    }
}
