package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmRule.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of CloudWatch's documentation: 0 is fine, X breaches, - is missing, oldest first; N is 3. */
class AlarmRuleTest {

    @ParameterizedTest
    @CsvSource({
        // points, M, missing, ignore, breaching, notBreaching
        "0-X-X, 3, OK, OK, OK, OK",
        "----0, 3, OK, OK, OK, OK",
        "-----, 3, INSUFFICIENT_DATA, keeps, ALARM, OK",
        "0XX-X, 3, ALARM, ALARM, ALARM, ALARM",
        "--X--, 3, ALARM, keeps, ALARM, OK",
        "0-X-X, 2, ALARM, ALARM, ALARM, ALARM",
        "00X0X, 2, ALARM, ALARM, ALARM, ALARM",
        "0-X--, 2, OK, OK, ALARM, OK",
        "----0, 2, OK, OK, ALARM, OK",
        "---X-, 2, ALARM, keeps, ALARM, OK",
        // what the text around the tables says of premature alarms
        "----X, 3, keeps, keeps, ALARM, OK",
        "---X-, 3, keeps, keeps, ALARM, OK",
        "---X0, 3, OK, OK, OK, OK",
        "--X-0, 3, OK, OK, OK, OK",
        "--X-X, 3, ALARM, keeps, ALARM, OK",
        // what is older than the last three existing points does not count
        "XX000, 2, OK, OK, OK, OK",
        "XX--0, 2, ALARM, ALARM, ALARM, ALARM",
    })
    void decides(String points, int m, String missing, String ignore, String breaching, String notBreaching) {
        assertThat(state(points, m, MissingData.MISSING)).as("missing").isEqualTo(missing);
        assertThat(state(points, m, MissingData.IGNORE)).as("ignore").isEqualTo(ignore);
        assertThat(state(points, m, MissingData.BREACHING)).as("breaching").isEqualTo(breaching);
        assertThat(state(points, m, MissingData.NOT_BREACHING))
                .as("notBreaching")
                .isEqualTo(notBreaching);
    }

    private static String state(String text, int m, MissingData missingData) {
        AlarmRule rule = new AlarmRule(3, m, Comparison.GREATER, 5, missingData);
        assertThat(text).hasSize(rule.range());
        List<Point> points = new ArrayList<>();
        for (char point : text.toCharArray()) {
            Double value = point == '-' ? null : point == 'X' ? 10d : 0d;
            points.add(new Point(Instant.EPOCH.plusSeconds(60L * points.size()), value));
        }
        return rule.decide(points).state().map(Enum::name).orElse("keeps");
    }

    @ParameterizedTest
    @CsvSource({
        "GreaterThanThreshold, 5, false",
        "GreaterThanOrEqualToThreshold, 5, true",
        "LessThanThreshold, 5, false",
        "LessThanOrEqualToThreshold, 5, true",
        "GreaterThanThreshold, 6, true",
        "LessThanThreshold, 4, true"
    })
    void compares(String operator, double value, boolean breaches) {
        AlarmRule rule = new AlarmRule(1, 1, Comparison.parse(operator), 5, MissingData.MISSING);
        assertThat(rule.breaches(new Point(Instant.EPOCH, value))).isEqualTo(breaches);
    }
}
