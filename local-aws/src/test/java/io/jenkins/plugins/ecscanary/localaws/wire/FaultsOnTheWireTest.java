package io.jenkins.plugins.ecscanary.localaws.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.ecscanary.localaws.faults.FaultRule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** Faults as the official SDK's clients meet them, one attempt each. */
@Timeout(60)
class FaultsOnTheWireTest {

    private final AtomicInteger counter = new AtomicInteger();
    private WireFixture wire;
    private EcsClient ecs;
    private ElasticLoadBalancingV2Client elb;
    private CloudWatchClient cloudWatch;

    @BeforeEach
    void start() {
        wire = new WireFixture(world -> List.of(counting(), SampleApis.elb(), SampleApis.monitoring()));
        ecs = wire.client(EcsClient.builder().overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1))));
        elb = wire.client(ElasticLoadBalancingV2Client.builder()
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1))));
        cloudWatch = wire.client(
                CloudWatchClient.builder().overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1))));
    }

    @AfterEach
    void stop() {
        cloudWatch.close();
        elb.close();
        ecs.close();
        wire.close();
    }

    /** ListTasks answers how often it has been called. */
    private ServiceApi counting() {
        return ServiceApi.json(
                "ecs",
                "AmazonEC2ContainerServiceV20141113",
                List.of(
                        Operation.of(
                                "ListTasks",
                                SampleApis.ListTasks.class,
                                in -> new SampleApis.TaskArns(List.of("call/" + counter.incrementAndGet()))),
                        Operation.of("DescribeTasks", SampleApis.DescribeTasks.class, in -> {
                            if (counter.incrementAndGet() == 1) {
                                throw new AwsError("InvalidParameterException", "there is no such task yet");
                            }
                            return new SampleApis.Tasks(List.of());
                        })));
    }

    @Test
    void throttlingIsEachServicesOwn() {
        on("*=throttle");
        assertThatExceptionOfType(AwsServiceException.class)
                .isThrownBy(() -> ecs.listTasks())
                .satisfies(e -> is(e, 400, "ThrottlingException"))
                .satisfies(e -> assertThat(e.isThrottlingException()).isTrue());
        assertThatExceptionOfType(AwsServiceException.class)
                .isThrownBy(() -> elb.describeTargetGroups())
                .satisfies(e -> is(e, 400, "Throttling"))
                .satisfies(e -> assertThat(e.isThrottlingException()).isTrue());
        assertThatExceptionOfType(AwsServiceException.class)
                .isThrownBy(() -> cloudWatch.describeAlarms())
                .satisfies(e -> is(e, 400, "Throttling"))
                .satisfies(e -> assertThat(e.isThrottlingException()).isTrue());
        assertThat(counter).hasValue(0);
        assertThat(wire.calls).extracting(WireCall::fault).containsExactly("throttle", "throttle", "throttle");
        assertThat(wire.calls)
                .extracting(WireCall::error)
                .containsExactly("ThrottlingException", "Throttling", "Throttling");
    }

    @ParameterizedTest
    @CsvSource({
        "error, 500, InternalFailure, 0",
        "'error:503', 503, ServiceUnavailable, 0",
        "'error:500,after', 500, InternalFailure, 1",
        "'error:503,after', 503, ServiceUnavailable, 1"
    })
    void errors(String fault, int status, String code, int ran) {
        on("ecs:ListTasks=" + fault + "@next:1");
        assertThatExceptionOfType(AwsServiceException.class)
                .isThrownBy(() -> ecs.listTasks())
                .satisfies(e -> is(e, status, code));
        assertThat(counter).hasValue(ran);
        assertThat(ecs.listTasks().taskArns()).containsExactly("call/" + (ran + 1));
    }

    @ParameterizedTest
    @CsvSource({"reset, 0", "'reset:after', 1"})
    void resets(String fault, int ran) {
        on("ecs:*=" + fault + "@next:1");
        assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> ecs.listTasks());
        assertThat(counter).hasValue(ran);
        assertThat(wire.calls).extracting(WireCall::status).containsExactly(0);
        assertThat(ecs.listTasks().taskArns()).containsExactly("call/" + (ran + 1));
    }

    /** Far more slow calls than the wire has threads: the quick one is answered while all of them wait. */
    @Test
    void slownessHoldsNobodyElseUp() throws Exception {
        on("ecs:ListTasks=slow:2s");
        int calls = 64;
        ExecutorService callers = Executors.newFixedThreadPool(calls);
        try (EcsClient slow = wire.client(EcsClient.builder())) {
            List<CompletableFuture<Void>> waiting = IntStream.range(0, calls)
                    .mapToObj(i -> CompletableFuture.runAsync(slow::listTasks, callers))
                    .toList();
            while (counter.get() < calls) {
                Thread.onSpinWait();
            }
            assertThatExceptionOfType(AwsServiceException.class).isThrownBy(() -> elb.describeTargetGroups());
            // The quick call was told first although it came last.
            assertThat(wire.calls.get(0).service()).isEqualTo("elasticloadbalancing");
            CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)).get(50, TimeUnit.SECONDS);
        } finally {
            callers.shutdownNow();
        }
        assertThat(wire.calls).hasSize(calls + 1).last().satisfies(call -> {
            assertThat(call.fault()).isEqualTo("slow");
            assertThat(call.took()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        });
    }

    @Test
    void staleAnswersAreEarlierOnes() {
        on("ecs:*=stale:30s");
        assertThat(ecs.listTasks().taskArns()).containsExactly("call/1");
        wire.time.advance(Duration.ofSeconds(30));
        assertThat(ecs.listTasks().taskArns()).containsExactly("call/1");
        assertThat(ecs.listTasks(r -> r.cluster("another")).taskArns()).containsExactly("call/2");
        wire.time.advance(Duration.ofSeconds(1));
        assertThat(ecs.listTasks().taskArns()).containsExactly("call/3");
    }

    @Test
    void anErrorCanBeStaleToo() {
        on("ecs:DescribeTasks=stale:30s@next:1");
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(() -> ecs.describeTasks(r -> r.tasks("t")))
                    .satisfies(e -> is(e, 400, "InvalidParameterException"));
        }
        assertThat(ecs.describeTasks(r -> r.tasks("t")).tasks()).isEmpty();
    }

    @Test
    void bucketsFillInSimulatedTime() {
        wire.faults.switchOn(FaultRule.awsThrottling());
        for (int i = 0; i < 100; i++) {
            ecs.listTasks();
        }
        assertThatExceptionOfType(AwsServiceException.class).isThrownBy(() -> ecs.listTasks());
        wire.time.advance(Duration.ofMillis(50));
        assertThat(ecs.listTasks().taskArns()).containsExactly("call/101");
    }

    @Test
    void strangersAreRefusedBeforeAnythingGoesWrong() {
        on("*=reset");
        try (EcsClient stranger = wire.client(EcsClient.builder(), WireFixture.KEY, "wrong", WireFixture.REGION)) {
            assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(() -> stranger.listTasks())
                    .satisfies(e -> is(e, 400, "InvalidSignatureException"));
        }
        assertThat(wire.faults.active().get(0).matched()).isZero();
    }

    private void on(String rule) {
        wire.faults.switchOn(FaultRule.parse(rule));
    }

    private static void is(AwsServiceException e, int status, String code) {
        assertThat(e.statusCode()).isEqualTo(status);
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
    }
}
