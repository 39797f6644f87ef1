package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.driver.CodeDeployDriver;
import io.jenkins.plugins.ecscanary.engine.model.Arn;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Deregisters old revisions after a promotion, where the request says how many are to stay. What stays registered whatever
 * its age:
 *
 * <ul>
 *   <li>the family's newest revisions, as many as are to be kept;
 *   <li>what a service of the cluster runs or is about to run, in any task set;
 *   <li>what a record of this host names, as shipped or as the original: the history can be redeployed from;
 *   <li>what we have not registered, which the tag {@link CodeDeployDriver#TAG} tells.
 * </ul>
 *
 * ECS lets 20 Register- and DeregisterTaskDefinition calls through at once and one a second after that, for everyone in the
 * account. All deployments of an engine together take half of it and never wait: what is too much now is left to the next
 * promotion.
 */
final class Retention {

    private static final int BURST = 10;
    private static final Duration REFILL = Duration.ofSeconds(2);

    /** Revisions of others are looked at in vain each time; the newest first, so that ours are found. */
    private static final int MOST_LOOKED_AT = 40;

    private static final int NAMED_IN_EVENT = 10;

    private final Aws aws;
    private final RecordStore records;
    private final EngineTime time;
    private double tokens = BURST;
    private Instant filled;

    Retention(Aws aws, RecordStore records, EngineTime time) {
        this.aws = aws;
        this.records = records;
        this.time = time;
    }

    /** The end among the events that has to wait for old revisions to be deregistered, if there is one. */
    static Optional<DeploymentEvent.Ended> due(DeploymentView view, List<DeploymentEvent> events) {
        return view.working().keepRevisions() == null
                ? Optional.empty()
                : events.stream()
                        .filter(DeploymentEvent.Ended.class::isInstance)
                        .map(DeploymentEvent.Ended.class::cast)
                        .filter(ended -> ended.verdict().outcome() == Outcome.PROMOTED
                                && !ended.verdict().provisional())
                        .findFirst();
    }

    /**
     * Blocks. A failure of AWS becomes a warning and ends it.
     *
     * @param acting who deregisters
     * @param journal told what is about to be deregistered before it is; when it throws, nothing is deregistered
     */
    void tidy(Aws acting, DeploymentView view, Consumer<DeploymentEvent> journal) {
        try {
            List<String> old = old(view);
            List<String> going = old.subList(0, take(old.size()));
            if (going.isEmpty()) {
                return;
            }
            journal.accept(
                    new DeploymentEvent.Intending(time.now(), "DeregisterTaskDefinition", words(going, old.size())));
            for (String revision : going) {
                acting.deregisterTaskDefinition(revision);
            }
        } catch (AwsFailure e) {
            journal.accept(new DeploymentEvent.Warned(
                    time.now(), "old revisions stay registered, the next promotion tries again: " + e.getMessage()));
        }
    }

    /** Revisions that may go, newest first. */
    private List<String> old(DeploymentView view) {
        String shipped = view.working().revision().taskDefinition();
        String family = shipped.substring(shipped.lastIndexOf('/') + 1, shipped.lastIndexOf(':'));
        List<String> beyond = aws.activeRevisions(family).stream()
                .filter(arn -> arn.substring(0, arn.lastIndexOf(':')).endsWith("/" + family))
                .sorted(Comparator.comparing(Retention::number).reversed())
                .skip(view.working().keepRevisions())
                .toList();
        if (beyond.isEmpty()) {
            return List.of();
        }
        Set<String> kept = kept(view);
        List<String> old = new ArrayList<>();
        beyond.stream().filter(arn -> !kept.contains(arn)).limit(MOST_LOOKED_AT).forEach(arn -> {
            if (aws.taskDefinitionTags(arn).containsKey(CodeDeployDriver.TAG)) {
                old.add(arn);
            }
        });
        return old;
    }

    private Set<String> kept(DeploymentView view) {
        ServiceKey service = view.service();
        Set<String> kept = new HashSet<>(aws.taskDefinitionsInUse(service.cluster()));
        Stream.of(view.working().revision(), view.working().originalRevision())
                .forEach(revision -> add(kept, revision));
        for (RecordSummary record : records.history()) {
            if (record.service().account().equals(service.account())
                    && record.service().region().equals(service.region())) {
                add(kept, record.revision());
                add(kept, record.original());
            }
        }
        return kept;
    }

    private static void add(Set<String> kept, Revision revision) {
        if (revision != null && revision.taskDefinition() != null) {
            kept.add(revision.taskDefinition());
        }
    }

    private synchronized int take(int wanted) {
        Instant now = time.now();
        if (filled != null && now.isAfter(filled)) {
            double seconds = Duration.between(filled, now).toMillis() / 1000.0;
            tokens = Math.min(BURST, tokens + seconds / REFILL.toSeconds());
        }
        filled = now;
        int taken = Math.min(wanted, (int) tokens);
        tokens -= taken;
        return taken;
    }

    private static int number(String arn) {
        return Integer.parseInt(arn.substring(arn.lastIndexOf(':') + 1));
    }

    private static String words(List<String> going, int all) {
        return going.stream().limit(NAMED_IN_EVENT).map(Arn::last).collect(Collectors.joining(", "))
                + (all > going.size() ? "; " + (all - going.size()) + " more at the next promotion" : "");
    }
}
