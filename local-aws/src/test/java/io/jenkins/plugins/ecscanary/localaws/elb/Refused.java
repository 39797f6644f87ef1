package io.jenkins.plugins.ecscanary.localaws.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Calls that must not succeed. */
final class Refused {

    private Refused() {}

    static void assertRefused(String code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
