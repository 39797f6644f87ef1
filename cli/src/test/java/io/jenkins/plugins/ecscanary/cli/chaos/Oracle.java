package io.jenkins.plugins.ecscanary.cli.chaos;

import io.jenkins.plugins.ecscanary.cli.chaos.Truth.Deployed;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what was recorded of one scenario with what is, once nothing moves any more. */
final class Oracle {

    /** What can be wrong; anything at all fails the suite. */
    enum Wrong {
        VERDICT,
        SECOND_START,
        MIXED_WEIGHTS,
        HANGING
    }

    record Finding(Wrong wrong, String text) {}

    private final ChaosService service;
    private final RecordStore records;
    private final String serving;
    private final Set<String> recordsBefore;
    private final Set<String> deploymentsBefore;

    /** Looks how things are before a scenario. */
    Oracle(ChaosService service, RecordStore records) {
        this.service = service;
        this.records = records;
        this.serving = service.truth().serving();
        this.recordsBefore =
                records.history(service.key()).stream().map(RecordSummary::id).collect(Collectors.toSet());
        this.deploymentsBefore =
                service.truth().deployments().stream().map(Deployed::id).collect(Collectors.toSet());
    }

    /** The records that have come since, oldest first. */
    List<DeploymentView> views() {
        List<DeploymentView> views = new ArrayList<>();
        for (RecordSummary record : records.history(service.key())) {
            if (!recordsBefore.contains(record.id())) {
                views.add(0, ViewFold.fold(records.timeline(record.id())));
            }
        }
        return views;
    }

    /** The deployments that have come since, oldest first, without AWS's roll backs. */
    List<Deployed> deployed() {
        return service.truth().deployments().stream()
                .filter(each -> each.ours() && !deploymentsBefore.contains(each.id()))
                .toList();
    }

    List<Finding> judge() {
        List<Finding> findings = new ArrayList<>();
        List<DeploymentView> views = views();
        List<Deployed> deployed = deployed();
        starts(views, deployed, findings);
        boolean mixed = service.truth().serving().isEmpty();
        boolean told = false;
        for (int i = 0; i < views.size(); i++) {
            DeploymentView view = views.get(i);
            List<Deployed> own = deployed.stream()
                    .filter(each -> each.carries(view.working().token()))
                    .toList();
            boolean last = own.isEmpty() || own.get(0).equals(deployed.get(deployed.size() - 1));
            verdict(view, own, last, findings);
            told |= view.ended() && view.verdict().outcome() == Outcome.ROLLBACK_FAILED;
        }
        if (mixed && !told) {
            findings.add(new Finding(
                    Wrong.MIXED_WEIGHTS, "the weights are " + service.truth().weights() + " and nobody says so"));
        }
        return findings;
    }

    /** One request: one deployment. Asked for again after the first was over, it is another request. */
    private static void starts(List<DeploymentView> views, List<Deployed> deployed, List<Finding> findings) {
        for (DeploymentView view : views) {
            long own = deployed.stream()
                    .filter(each -> each.carries(view.working().token()))
                    .count();
            if (own > 1) {
                findings.add(new Finding(Wrong.SECOND_START, own + " deployments of " + view.id()));
            }
        }
        for (int i = 1; i < deployed.size(); i++) {
            Deployed first = deployed.get(i - 1);
            Deployed second = deployed.get(i);
            boolean another = views.stream()
                    .filter(view -> second.carries(view.working().token()))
                    .anyMatch(view ->
                            first.completed() != null && !view.startedAt().isBefore(first.completed()));
            if (!another) {
                findings.add(new Finding(Wrong.SECOND_START, second + " although there was " + first));
            }
        }
    }

    private void verdict(DeploymentView view, List<Deployed> own, boolean last, List<Finding> findings) {
        if (!view.ended()) {
            findings.add(new Finding(Wrong.HANGING, view.id() + " has no verdict: " + view.phase() + ", " + own));
            return;
        }
        long ends = records.timeline(view.id()).stream()
                .map(TimelineEntry::event)
                .filter(DeploymentEvent.Ended.class::isInstance)
                .count();
        Verdict verdict = view.verdict();
        String status = own.isEmpty() ? "none" : own.get(0).status();
        boolean undone = status.equals("Stopped") || status.equals("Failed");
        boolean right = ends == 1
                && switch (verdict.outcome()) {
                    case PROMOTED -> status.equals("Succeeded") && weights(verdict, 0, 100) && (!last || promoted());
                    case INCONCLUSIVE -> status.equals("Succeeded") && weights(verdict, 0, 100) && (!last || moved());
                    case ROLLED_BACK ->
                        undone
                                && weights(verdict, 100, 0)
                                && (!last || service.truth().serving().equals(original()));
                    case ROLLBACK_FAILED ->
                        undone && (!last || !service.truth().serving().equals(original()));
                    case REFUSED, ABORTED -> own.isEmpty();
                    case UNKNOWN -> false; // AWS could be asked all the time, if not at every call
                };
        boolean same = own.isEmpty() || own.get(0).id().equals(view.deploymentId());
        if (!right || !same) {
            Map<String, Integer> weights = service.truth().weights();
            findings.add(new Finding(
                    Wrong.VERDICT,
                    view.id() + " says " + verdict + " of " + view.deploymentId() + "; AWS says " + own + ", weights "
                            + weights + ", serving before was " + serving));
        }
    }

    private static boolean weights(Verdict verdict, int original, int replacement) {
        return Integer.valueOf(original).equals(verdict.originalWeight())
                && Integer.valueOf(replacement).equals(verdict.replacementWeight());
    }

    private boolean moved() {
        String now = service.truth().serving();
        return !now.isEmpty() && !now.equals(original());
    }

    /** The target group that served before the last deployment: each one that succeeds makes the other one serve. */
    private String original() {
        List<Deployed> all = deployed();
        long moves = all.subList(0, Math.max(0, all.size() - 1)).stream()
                .filter(each -> each.status().equals("Succeeded"))
                .count();
        return moves % 2 == 0 ? serving : service.truth().otherThan(serving);
    }

    private boolean promoted() {
        return moved() && service.truth().healthy(service.truth().serving()) > 0;
    }
}
