package io.jenkins.plugins.ecscanary.localaws.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.wire.DirectCalls;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import io.jenkins.plugins.ecscanary.localaws.world.KeptJson;
import io.jenkins.plugins.ecscanary.localaws.world.ManualTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Logs across a restart. */
class KeptLogsTest {

    private static final List<String> QUESTIONS = List.of(
            "DescribeLogGroups {}",
            "DescribeLogStreams {'logGroupName': 'g'}",
            "GetLogEvents {'logGroupName': 'g', 'logStreamName': 's'}",
            "FilterLogEvents {'logGroupName': 'g', 'filterPattern': 'two'}",
            "ListTagsForResource {'resourceArn': 'arn:aws:logs:eu-central-1:123456789012:log-group:g'}");

    private final ManualTime time = new ManualTime();

    @Test
    void everythingIsAnsweredAsBefore() {
        Logs before = logs();
        DirectCalls old = new DirectCalls(world(), before.api());
        old.call("CreateLogGroup", "{'logGroupName': 'g', 'tags': {'team': 'web'}}");
        old.call("PutRetentionPolicy", "{'logGroupName': 'g', 'retentionInDays': 7}");
        before.open("g", "s", false);
        before.put("g", "s", time.now(), "one");
        before.put("g", "s", time.now(), "two");

        Logs after = logs();
        KeptJson.move(before.kept(), after.kept());
        DirectCalls fresh = new DirectCalls(world(), after.api());
        for (String question : QUESTIONS) {
            String[] parts = question.split(" ", 2);
            assertThat(fresh.call(parts[0], parts[1])).as(question).isEqualTo(old.call(parts[0], parts[1]));
        }
        after.put("g", "s", time.now(), "three");
        assertThat(fresh.call("GetLogEvents", "{'logGroupName': 'g', 'logStreamName': 's'}")
                        .findValuesAsText("message"))
                .containsExactly("one", "two", "three");
    }

    @Test
    void ofALongStreamTheNewestIsKept() {
        Logs before = logs();
        before.open("g", "s", true);
        for (int i = 0; i < KeptLogs.MOST_EVENTS + 5; i++) {
            before.put("g", "s", time.now(), "line " + i);
        }
        Logs after = logs();
        KeptJson.move(before.kept(), after.kept());
        assertThat(new DirectCalls(world(), after.api())
                        .call("GetLogEvents", "{'logGroupName': 'g', 'logStreamName': 's'}")
                        .findValuesAsText("message"))
                .hasSize(KeptLogs.MOST_EVENTS)
                .startsWith("line 5");
    }

    private Logs logs() {
        return new Logs(world());
    }

    private World world() {
        return new World("123456789012", "eu-central-1", time, new Ids(new Random(1)), line -> {});
    }
}
