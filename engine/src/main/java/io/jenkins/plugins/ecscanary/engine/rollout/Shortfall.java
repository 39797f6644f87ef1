package io.jenkins.plugins.ecscanary.engine.rollout;

import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.CriterionView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * That a replacement with all the traffic has not had the success rate that was wanted. It changes no verdict, since alarms
 * decide, and not everybody has chosen a threshold; but what is called promoted is never so without this being said. Two things
 * are looked at, for the two that whoever reads the verdict wants to know:
 *
 * <ul>
 *   <li>all requests since the first shift together: what users got from this deployment. It is the figure that the view shows
 *       beside the threshold;
 *   <li>where that is as wanted, the last periods with enough requests, as many as the criterion has datapoints, if each of them
 *       is below: what users get now. So a replacement that becomes worse is not hidden by how well it began. One bad period
 *       among good ones is none, as it is for the success-rate alarm.
 * </ul>
 */
final class Shortfall {

    private final CriterionView criterion;
    private final List<Period> periods;

    private Shortfall(CriterionView criterion, List<Period> periods) {
        this.criterion = criterion;
        this.periods = periods;
    }

    /** In words that go on a sentence about the replacement; empty if it has done as wanted, or had no requests. */
    static Optional<String> of(DeploymentView view, Observation seen) {
        Map<Instant, Period> known = new TreeMap<>();
        view.rates().stream()
                .filter(rate -> rate.target() == Side.REPLACEMENT)
                .forEach(rate -> known.put(rate.periodStart(), new Period(rate.requests(), rate.errors())));
        if (seen.rates() != null) {
            seen.rates().stream()
                    .filter(rate -> rate.side() == Side.REPLACEMENT)
                    .forEach(rate -> known.put(rate.periodStart(), new Period(rate.requests(), rate.errors())));
        }
        Instant from = view.working().judgedFrom();
        List<Period> judged = known.entrySet().stream()
                .filter(period -> from != null && !period.getKey().isBefore(from))
                .map(Map.Entry::getValue)
                .toList();
        String alarms = view.working().watchedAlarms().isEmpty() ? "no alarm watched it" : "no alarm stopped it";
        return new Shortfall(view.criterion(), judged).words().map(words -> words + ", and " + alarms);
    }

    private Optional<String> words() {
        Period all = sum(periods);
        if (below(all)) {
            return Optional.of(words(all, ""));
        }
        List<Period> enough = periods.stream()
                .filter(period -> period.requests > 0 && period.requests >= criterion.minRequests())
                .toList();
        int wanted = criterion.datapoints();
        List<Period> last = enough.subList(Math.max(0, enough.size() - wanted), enough.size());
        return last.size() == wanted && last.stream().allMatch(this::below)
                ? Optional.of(
                        words(sum(last), wanted == 1 ? " in the last period" : " in the last " + wanted + " periods"))
                : Optional.empty();
    }

    private String words(Period of, String when) {
        return figure(of.rate()) + " % of " + of.requests + " requests" + when + " succeeded, below the "
                + figure(criterion.threshold()) + " % that were wanted";
    }

    private boolean below(Period period) {
        return period.requests > 0 && period.rate() < criterion.threshold();
    }

    private static Period sum(List<Period> periods) {
        return new Period(
                periods.stream().mapToLong(Period::requests).sum(),
                periods.stream().mapToLong(Period::errors).sum());
    }

    /** Cut after two digits, a rate never looks better than it was; a threshold is given with as many as it has. */
    private String figure(double percent) {
        BigDecimal exact = BigDecimal.valueOf(percent);
        BigDecimal shown = percent == criterion.threshold() ? exact : exact.setScale(2, RoundingMode.FLOOR);
        return shown.stripTrailingZeros().toPlainString();
    }

    private record Period(long requests, long errors) {
        double rate() {
            return 100.0 * Math.max(0, requests - errors) / requests;
        }
    }
}
