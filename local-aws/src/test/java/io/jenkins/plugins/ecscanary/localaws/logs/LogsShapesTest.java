package io.jenkins.plugins.ecscanary.localaws.logs;

import static io.jenkins.plugins.ecscanary.localaws.wire.AwsShapes.assertMatches;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import io.jenkins.plugins.ecscanary.localaws.world.ManualTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;

class LogsShapesTest {

    private static final Map<String, Class<?>> ANSWERS = Map.of(
            "DescribeLogGroups", LogGroupOperations.DescribeLogGroupsResponse.class,
            "DescribeLogStreams", LogStreamOperations.DescribeLogStreamsResponse.class,
            "GetLogEvents", LogReads.GetLogEventsResponse.class,
            "FilterLogEvents", LogReads.FilterLogEventsResponse.class,
            "PutLogEvents", PutLogEvents.Response.class,
            "ListTagsForResource", LogTags.ListTagsForResourceResponse.class);

    @Test
    void recordsMatchTheSdk() throws Exception {
        World world = new World("123456789012", "eu-central-1", new ManualTime(), new Ids(new Random(1)), line -> {});
        var operations = new Logs(world).api().operations();
        for (Operation<?, ?> operation : operations) {
            assertMatches(operation.input(), sdk(operation.name() + "Request"));
            if (ANSWERS.containsKey(operation.name())) {
                assertMatches(ANSWERS.get(operation.name()), sdk(operation.name() + "Response"));
            }
        }
        assertThat(operations).extracting(Operation::name).containsAll(ANSWERS.keySet());
    }

    private static SdkPojo sdk(String name) throws ReflectiveOperationException {
        Object builder = Class.forName("software.amazon.awssdk.services.cloudwatchlogs.model." + name)
                .getMethod("builder")
                .invoke(null);
        return (SdkPojo) builder;
    }
}
