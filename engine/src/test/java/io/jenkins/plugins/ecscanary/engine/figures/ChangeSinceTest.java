package io.jenkins.plugins.ecscanary.engine.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeSinceTest {

    private static final String A = "sha256:" + "a".repeat(64);
    private static final String B = "sha256:" + "b".repeat(64);

    static Stream<Arguments> images() {
        return Stream.of(
                Arguments.of(revision(1, "shop/web:1.4", A), revision(2, "shop/web:1.5", B), "1.4", "1.5", A, B),
                Arguments.of(
                        revision(1, "host:5000/web", null), revision(2, "web@" + B, null), "latest", null, null, B),
                Arguments.of(revision(1, "web:1.5@" + A, A), revision(2, "web:1.5@" + A, A), "1.5", "1.5", A, A),
                Arguments.of(null, revision(2, "web:1.5", B), null, "1.5", null, B),
                Arguments.of(revision(1, null, A), revision(2, "<not an image>", B), null, null, A, B));
    }

    @ParameterizedTest
    @MethodSource
    void images(Revision before, Revision after, String oldTag, String newTag, String oldDigest, String newDigest) {
        ChangeSince change = ChangeSince.between(before, after);
        assertThat(change.tag()).isEqualTo(new ChangeSince.Step(oldTag, newTag));
        assertThat(change.digest()).isEqualTo(new ChangeSince.Step(oldDigest, newDigest));
        assertThat(change.taskDefinition()).isEqualTo(new ChangeSince.Step(before == null ? null : "web:1", "web:2"));
        assertThat(change.sameImage()).isEqualTo(oldDigest != null && oldDigest.equals(newDigest));
    }

    @Test
    void whatIsNotKnownNeitherDiffersNorIsTheSame() {
        assertThat(new ChangeSince.Step("a", "b").differs()).isTrue();
        assertThat(new ChangeSince.Step("a", "a").same()).isTrue();
        for (ChangeSince.Step step :
                new ChangeSince.Step[] {new ChangeSince.Step(null, "b"), new ChangeSince.Step("a", null)}) {
            assertThat(step.differs()).isFalse();
            assertThat(step.same()).isFalse();
        }
        assertThat(new ChangeSince.Step(null, null).same()).isFalse();
    }

    @Test
    void aRecordWithoutARevisionChangesNothing() {
        assertThat(ChangeSince.of(new Records()
                        .stopped(null, 1, Outcome.REFUSED)
                        .newestFirst()
                        .get(0)))
                .isNull();
    }

    private static Revision revision(int number, String image, String digest) {
        return new Revision("arn:aws:ecs:eu-central-1:1:task-definition/web:" + number, "web", image, digest);
    }
}
