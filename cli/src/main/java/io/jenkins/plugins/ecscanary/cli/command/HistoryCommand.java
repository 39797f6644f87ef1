package io.jenkins.plugins.ecscanary.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.cli.history.HistoryFilter;
import io.jenkins.plugins.ecscanary.cli.history.HistoryTable;
import io.jenkins.plugins.ecscanary.cli.settings.StateDirectory;
import io.jenkins.plugins.ecscanary.cli.terminal.CleanText;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import io.jenkins.plugins.ecscanary.engine.record.Histories;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ecs-canary history}. */
@Command(name = "history", description = "What was deployed from here, newest first.")
public final class HistoryCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Option(names = "--cluster", description = "Only this cluster's services.")
    private String cluster;

    @Option(names = "--service", description = "Only services of this name.")
    private String service;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(names = "--state", paramLabel = "DIR", description = "Where records are kept. Default: as for deploy.")
    private Path state;

    public HistoryCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        Path directory = StateDirectory.of(state, surroundings);
        Histories histories = new HistoryFilter(null, cluster, service).of(new RecordStore(directory).histories());
        List<RecordSummary> history = histories.all();
        if (json) {
            for (RecordSummary record : history) {
                surroundings.console().out(Json.mapper().writeValueAsString(record));
            }
        } else if (history.isEmpty() && histories.unreadable().isEmpty()) {
            surroundings.console().out("nothing was deployed yet (records are kept in " + directory + ")");
        } else {
            new HistoryTable(surroundings.zone()).lines(history).forEach(surroundings.console()::out);
        }
        for (Histories.Unreadable left : histories.unreadable()) {
            surroundings
                    .console()
                    .err("ecs-canary: "
                            + CleanText.of("the records of " + left.service() + " are left out: " + left.why()));
        }
        return (histories.unreadable().isEmpty() ? ExitCode.OK : ExitCode.FAILED).code();
    }
}
