package io.jenkins.plugins.ecscanary.engine.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleLinksTest {

    private final ConsoleLinks console = new ConsoleLinks("eu-central-1");

    @ParameterizedTest
    @CsvSource({
        "eu-central-1, eu-central-1.console.aws.amazon.com",
        "cn-north-1, cn-north-1.console.amazonaws.cn",
        "us-gov-west-1, console.amazonaws-us-gov.com"
    })
    void eachPartitionHasItsConsole(String region, String host) {
        ConsoleLinks there = new ConsoleLinks(region);
        assertThat(List.of(
                        there.deployment("d-1"),
                        there.service("shop", "web"),
                        there.taskDefinition("web:1"),
                        there.targetGroup("arn"),
                        there.loadBalancer("arn"),
                        there.alarm("a"),
                        there.logGroup("/l")))
                .allMatch(link -> link.startsWith("https://" + host + "/"))
                .allMatch(link -> link.contains("region=" + region));
    }

    @Test
    void linksAreThoseOfTheConsolesAddressBar() {
        assertThat(console.service("shop", "web"))
                .isEqualTo("https://eu-central-1.console.aws.amazon.com/ecs/v2/clusters/shop/services/web/health"
                        + "?region=eu-central-1");
        assertThat(console.taskDefinition("web:12"))
                .isEqualTo("https://eu-central-1.console.aws.amazon.com/ecs/v2/task-definitions/web/12/containers"
                        + "?region=eu-central-1");
        assertThat(console.logGroup("/ecs/web"))
                .isEqualTo("https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1"
                        + "#logsV2:log-groups/log-group/$252Fecs$252Fweb");
        assertThat(console.alarm("rate < 99.5 %"))
                .isEqualTo("https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1"
                        + "#alarmsV2:alarm/rate%20%3C%2099.5%20%25");
    }

    @Test
    void hostileNamesStayWithinTheirPlace() {
        String hostile = "x/../\"><script>?a=b#c javascript:";
        assertThat(List.of(
                        console.deployment(hostile),
                        console.service(hostile, hostile),
                        console.taskDefinition(hostile),
                        console.targetGroup(hostile),
                        console.alarm(hostile),
                        console.logGroup(hostile),
                        new ConsoleLinks("evil.example/#").deployment("d-1")))
                .allSatisfy(link -> {
                    assertThat(link).doesNotContain("evil.example/", "<", ">", "\"", " ", "/../");
                    assertThat(URI.create(link).getHost()).endsWith("console.aws.amazon.com");
                });
    }
}
