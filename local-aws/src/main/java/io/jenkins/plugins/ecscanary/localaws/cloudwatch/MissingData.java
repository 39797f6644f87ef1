package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.Arrays;

/** What an alarm takes missing data points for. */
enum MissingData {
    MISSING("missing", "Missing"),
    IGNORE("ignore", "Ignored"),
    BREACHING("breaching", "Breaching"),
    NOT_BREACHING("notBreaching", "NonBreaching");

    private final String wire;
    private final String word;

    MissingData(String wire, String word) {
        this.wire = wire;
        this.word = word;
    }

    static MissingData parse(String text) {
        return text == null
                ? MISSING
                : Arrays.stream(values())
                        .filter(treatment -> treatment.wire.equals(text))
                        .findFirst()
                        .orElseThrow(
                                () -> new AwsError(
                                        "ValidationError",
                                        "The value '" + text
                                                + "' for TreatMissingData is not one of breaching, notBreaching, ignore, missing"));
    }

    /** As state reasons spell it. */
    String word() {
        return word;
    }
}
