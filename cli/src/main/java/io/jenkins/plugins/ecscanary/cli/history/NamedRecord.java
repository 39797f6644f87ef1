package io.jenkins.plugins.ecscanary.cli.history;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import java.nio.file.Path;

/** The record that an id on the command line names. */
public final class NamedRecord {

    private NamedRecord() {}

    /**
     * @param id a record's or a deployment's
     * @param directory where {@code records} are kept, for the message
     * @throws CliFailure if there is none
     */
    public static RecordSummary of(String id, RecordStore records, Path directory) {
        return records.find(id)
                .orElseThrow(() -> new CliFailure(
                        ExitCode.USAGE,
                        "there is no record or deployment " + id + " in " + directory
                                + "; 'ecs-canary history' lists them"));
    }
}
