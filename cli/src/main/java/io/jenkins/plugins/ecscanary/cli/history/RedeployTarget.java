package io.jenkins.plugins.ecscanary.cli.history;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A revision found in a history, to be shipped again.
 *
 * @param record where it is named, as shipped or as the original
 */
public record RedeployTarget(RecordSummary record, Revision revision) {

    /** What stands for "what ran before what runs now". */
    public static final String PREVIOUS = "previous";

    /**
     * Finds what is meant.
     *
     * @param wanted a record's id, a deployment's id, {@code family:revision} or a task definition's ARN, or
     *     {@link #PREVIOUS}
     * @param history newest first, of the services in question
     * @throws CliFailure if nothing or more than one thing is meant
     */
    public static RedeployTarget find(String wanted, List<RecordSummary> history) {
        if (history.isEmpty()) {
            throw new CliFailure(
                    ExitCode.USAGE, "nothing was deployed from here yet: there is no record to redeploy from");
        }
        return wanted.equals(PREVIOUS) ? previous(history, record -> true) : named(wanted, history);
    }

    /**
     * What ran before what runs now.
     *
     * @param history newest first, of the services in question
     * @param stayed whether one that went live still was when AWS was done with it; asked of the newest, and of older ones only
     *     where it did not
     * @throws CliFailure if they are of more than one service, or there is nothing before
     */
    public static RedeployTarget previous(List<RecordSummary> history, Predicate<RecordSummary> stayed) {
        requireOneService(history, PREVIOUS);
        return history.stream()
                .filter(record -> record.wentLive() && record.original() != null)
                .filter(stayed)
                .findFirst()
                .map(record -> new RedeployTarget(record, record.original()))
                .orElseThrow(() -> new CliFailure(
                        ExitCode.USAGE,
                        "there is no previous revision of " + history.get(0).service()
                                + ": no deployment in its history replaced one"));
    }

    private static RedeployTarget named(String wanted, List<RecordSummary> history) {
        for (RecordSummary record : history) {
            if (wanted.equals(record.id()) || wanted.equals(record.deploymentId())) {
                if (record.revision() == null) {
                    throw new CliFailure(
                            ExitCode.USAGE, wanted + " never got as far as a revision: there is nothing to redeploy");
                }
                return new RedeployTarget(record, record.revision());
            }
        }
        List<RedeployTarget> found = history.stream()
                .flatMap(record -> Stream.of(record.revision(), record.original())
                        .filter(revision -> names(wanted, revision))
                        .map(revision -> new RedeployTarget(record, revision)))
                .toList();
        if (found.isEmpty()) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    "'" + wanted + "' is no record, deployment or revision in the history;"
                            + " 'ecs-canary history' lists them");
        }
        requireOneService(found.stream().map(RedeployTarget::record).toList(), wanted);
        return found.get(0);
    }

    private static boolean names(String wanted, Revision revision) {
        return revision != null
                && (wanted.equals(revision.taskDefinition()) || wanted.equals(revision.shortTaskDefinition()));
    }

    private static void requireOneService(List<RecordSummary> records, String wanted) {
        List<ServiceKey> services =
                records.stream().map(RecordSummary::service).distinct().toList();
        if (services.size() > 1) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    "'" + wanted + "' could be one of several services: "
                            + services.stream().map(ServiceKey::toString).collect(Collectors.joining(", "))
                            + "; say which with --cluster and --service");
        }
    }
}
