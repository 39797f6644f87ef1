package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The checks made so far, in order. */
final class Checks {

    private final List<Check> made = new ArrayList<>();

    void passed(String name, String detail) {
        made.add(Check.passed(name, detail));
    }

    void warned(String name, String detail, String remedy) {
        made.add(Check.warned(name, detail, remedy));
    }

    void refused(String name, String detail, String remedy) {
        made.add(Check.refused(name, detail, remedy));
    }

    /**
     * Asks AWS for what a check needs. A failure becomes a refused check, since what could not be looked at is not known to
     * be well.
     *
     * @return empty if the call failed; the check has been made then
     * @throws AwsFailure if no call can work: no or wrong keys, no answer
     */
    <T> Optional<T> ask(String name, Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (AwsFailure e) {
            if (e.kind() == AwsFailure.Kind.CREDENTIALS || e.kind() == AwsFailure.Kind.UNREACHABLE) {
                throw e;
            }
            refused(name, e.getMessage(), null);
            return Optional.empty();
        }
    }

    boolean anyRefused() {
        return made.stream().anyMatch(check -> check.outcome() == CheckOutcome.REFUSED);
    }

    List<Check> made() {
        return List.copyOf(made);
    }
}
