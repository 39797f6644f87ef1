package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.observe.Look;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which looks at one deployment fail, and what of that is to be told: that AWS does not answer only of those that the verdict
 * rests on, and that it answers again only when all of them do. The others explain, each from another service with rates and
 * rights of its own; where one of them goes on failing while AWS answers, that is told once. So the timeline does not fill up
 * however long it lasts. Not safe for several threads at once.
 */
final class Outages {

    private final Map<Look, Instant> failingSince = new EnumMap<>(Look.class);
    private final Set<Look> silent = EnumSet.noneOf(Look.class);
    private final Set<Look> told = EnumSet.noneOf(Look.class);
    private Instant answered = Instant.MIN;

    /** @return what is to be told, if anything; a right that is missing is the caller's to tell */
    Optional<String> failed(Look look, AwsFailure failure, Instant now) {
        Instant since = failingSince.merge(look, now, (first, again) -> first);
        if (lacking(failure)) {
            return Optional.empty();
        }
        if (look.decides()) {
            boolean news = silent.isEmpty();
            silent.add(look);
            return news
                    ? Optional.of(failure.getMessage() + "; the deployment goes on in AWS and is looked for again")
                    : Optional.empty();
        }
        return answered.isAfter(since) && told.add(look)
                ? Optional.of(failure.getMessage() + "; the deployment is followed without it, and it is tried again")
                : Optional.empty();
    }

    /** @return whether all of AWS that matters answers again */
    boolean answered(Look look, Instant now) {
        failingSince.remove(look);
        if (!look.decides()) {
            return false;
        }
        answered = now;
        if (look == Look.READ_BACK) { // has all that the others have
            failingSince.keySet().removeIf(Look::decides);
        }
        boolean before = !silent.isEmpty();
        silent.retainAll(failingSince.keySet());
        return before && silent.isEmpty();
    }

    /**
     * Whether how it ends can't be seen any more: for so long there was no answer to a look that shows it. Weights alone do not,
     * nor does it matter what else fails while AWS says that it runs.
     */
    boolean blind(Look look, Duration lasting, Instant now) {
        Instant since = failingSince.get(look);
        return (look == Look.STATUS || look == Look.READ_BACK) && since != null && now.isAfter(since.plus(lasting));
    }

    /** A right that is missing is missing the next time too. */
    static boolean lacking(AwsFailure failure) {
        return failure.kind() == AwsFailure.Kind.DENIED || failure.kind() == AwsFailure.Kind.INVALID;
    }
}
