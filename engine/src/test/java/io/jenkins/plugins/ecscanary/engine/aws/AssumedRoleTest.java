package io.jenkins.plugins.ecscanary.engine.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure.Kind;
import io.jenkins.plugins.ecscanary.engine.aws.WireServer.Reply;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An assumed role's keys over hours, on a clock that stands still until it is advanced. */
class AssumedRoleTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/ci/deployer";
    private static final String SECRET = "very+secret/very+secret/very+secret/ABCD";
    private static final Reply NO_SERVICE = Reply.json("{\"services\":[]}");

    private final WireServer server = new WireServer().on("DescribeServices", NO_SERVICE);
    private final ManualTime time = new ManualTime();
    private final SdkAws aws = open(new RoleToAssume(ROLE, "team-7", "ann@ci", null));

    private SdkAws open(RoleToAssume role) {
        return SdkAws.open(
                new AwsAccess("eu-central-1", server.uri(), () -> new AwsKeys("AKIDOWN", SECRET, null)).as(role),
                time::now);
    }

    @AfterEach
    void stop() {
        aws.close();
        server.close();
    }

    @Test
    void callsAreMadeAsTheRole() {
        server.on("AssumeRole", keys("ASIAFIRST", Duration.ofHours(1)));
        call();
        call();
        assertThat(operations()).containsExactly("AssumeRole", "DescribeServices", "DescribeServices");
        assertThat(server.requests().get(0).authorization()).contains("Credential=AKIDOWN/");
        assertThat(server.requests().get(0).form())
                .containsEntry("RoleArn", ROLE)
                .containsEntry("ExternalId", "team-7")
                .containsEntry("RoleSessionName", "ann@ci")
                .containsEntry("DurationSeconds", "3600");
        assertThat(server.last().authorization()).contains("Credential=ASIAFIRST/", "x-amz-security-token");
    }

    @Test
    void withoutAnExternalIdNoneIsSent() {
        server.on("AssumeRole", keys("ASIAFIRST", Duration.ofHours(1)));
        try (SdkAws other = open(new RoleToAssume(ROLE, null, "ann", Duration.ofMinutes(15)))) {
            other.service("shop", "web");
        }
        assertThat(server.requests().get(0).form())
                .doesNotContainKey("ExternalId")
                .containsEntry("DurationSeconds", "900");
    }

    @Test
    void keysAreRenewedBeforeTheyExpireForHours() {
        for (int hour = 0; hour < 5; hour++) {
            server.on("AssumeRole", keys("ASIA" + hour, Duration.ofHours(1)));
            call();
            assertThat(server.last().authorization()).contains("Credential=ASIA" + hour + "/");
            time.advance(Duration.ofMinutes(54));
            call();
            assertThat(server.last().authorization()).contains("Credential=ASIA" + hour + "/");
            time.advance(Duration.ofMinutes(1));
        }
        assertThat(operations()).filteredOn("AssumeRole"::equals).hasSize(5);
    }

    @Test
    void keysThatAwsCallsExpiredAreReplacedAndTheCallMadeAgain() {
        server.on("AssumeRole", keys("ASIAFIRST", Duration.ofHours(1)), keys("ASIASECOND", Duration.ofHours(1)));
        server.on("DescribeServices", NO_SERVICE, refused("ExpiredTokenException", "The security token expired"));
        call();
        server.on("DescribeServices", refused("ExpiredTokenException", "The security token expired"), NO_SERVICE);
        call();
        assertThat(operations())
                .containsExactly(
                        "AssumeRole", "DescribeServices", "DescribeServices", "AssumeRole", "DescribeServices");
        assertThat(server.last().authorization()).contains("Credential=ASIASECOND/");
    }

    @Test
    void evenCreatingADeploymentIsTriedAgainThenForNothingWasDone() {
        server.on("AssumeRole", keys("ASIAFIRST", Duration.ofHours(1)), keys("ASIASECOND", Duration.ofHours(1)));
        server.on(
                "CreateDeployment",
                refused("ExpiredTokenException", "The security token expired"),
                Reply.json("{\"deploymentId\":\"d-1\"}"));
        assertThat(aws.createDeployment(new AwsCodeDeploy.NewDeployment(
                        new CodeDeployGroup("app", "group", null), "arn:12", "web", 3000, "text", null)))
                .isEqualTo("d-1");
        assertThat(operations()).containsExactly("AssumeRole", "CreateDeployment", "AssumeRole", "CreateDeployment");
    }

    @Test
    void keysThatAwsKeepsCallingExpiredAreAFailure() {
        server.on("AssumeRole", keys("ASIAFIRST", Duration.ofHours(1)));
        server.on("DescribeServices", refused("ExpiredTokenException", "The security token expired"));
        AwsFailure failure = catchThrowableOfType(AwsFailure.class, this::call);
        assertThat(failure.kind()).isEqualTo(Kind.CREDENTIALS);
        assertThat(operations()).hasSize(4);
    }

    @Test
    void aRenewalThatFailsIsTriedAgainWhileTheOldKeysAreGoodAndToldWhenTheyAreNot() {
        server.on("AssumeRole", keys("ASIAFIRST", Duration.ofHours(1)));
        call();
        server.on("AssumeRole", denied());
        time.advance(Duration.ofMinutes(56));
        call();
        // The SDK itself tries a 403 again where AWS's clock, as the Date header has it, is far from this machine's.
        long tried = assumptions();
        assertThat(tried).isGreaterThan(1);
        call();
        assertThat(server.last().authorization()).contains("Credential=ASIAFIRST/");
        assertThat(assumptions()).as("not again at once").isEqualTo(tried);
        time.advance(Duration.ofSeconds(30));
        call();
        assertThat(assumptions()).isGreaterThan(tried);

        time.advance(Duration.ofMinutes(4));
        AwsFailure failure = catchThrowableOfType(AwsFailure.class, this::call);
        assertThat(failure.kind()).isEqualTo(Kind.CREDENTIALS);
        assertThat(failure.code()).isEqualTo("AccessDenied");
        assertThat(failure)
                .hasMessageContainingAll("sts:AssumeRole", ROLE, "not authorized", "trust policy", "external id")
                .hasMessageNotContaining("AKIDOWN")
                .hasMessageNotContaining(SECRET);

        server.on("AssumeRole", keys("ASIASECOND", Duration.ofHours(1)));
        call();
        assertThat(server.last().authorization()).contains("Credential=ASIASECOND/");
    }

    @Test
    void thatAwsDoesNotAnswerMayPass() {
        server.on("AssumeRole", Reply.hangUp());
        AwsFailure failure = catchThrowableOfType(AwsFailure.class, this::call);
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.mayHaveHappened()).isFalse();
    }

    @Test
    void anAnswerWithoutKeysIsNotAws() {
        server.on(
                "AssumeRole",
                Reply.xml(
                        200,
                        """
                <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
                </AssumeRoleResult></AssumeRoleResponse>"""));
        AwsFailure failure = catchThrowableOfType(AwsFailure.class, this::call);
        assertThat(failure.kind()).isEqualTo(Kind.SERVER);
        assertThat(failure).hasMessageContaining("sts:AssumeRole");
    }

    @Test
    void oneRoleIsAssumedAsAnother() {
        server.on("AssumeRole", keys("ASIAFIRST", Duration.ofHours(1)), keys("ASIASECOND", Duration.ofHours(1)));
        RoleToAssume first = new RoleToAssume(ROLE + "-first", null, "ann", null);
        try (SdkAws chained = SdkAws.open(
                new AwsAccess("eu-central-1", server.uri(), () -> new AwsKeys("AKIDOWN", SECRET, null))
                        .as(first)
                        .as(new RoleToAssume(ROLE, "team-7", "ann", null)),
                time::now)) {
            chained.service("shop", "web");
            chained.service("shop", "web");
            assertThat(operations())
                    .containsExactly("AssumeRole", "AssumeRole", "DescribeServices", "DescribeServices");
            assertThat(server.requests().get(0).authorization()).contains("Credential=AKIDOWN/");
            assertThat(server.requests().get(0).form()).containsEntry("RoleArn", ROLE + "-first");
            assertThat(server.requests().get(1).authorization()).contains("Credential=ASIAFIRST/");
            assertThat(server.requests().get(1).form()).containsEntry("RoleArn", ROLE);
            assertThat(server.last().authorization()).contains("Credential=ASIASECOND/");

            // Both last as long: both are renewed in time.
            time.advance(Duration.ofMinutes(56));
            server.on("AssumeRole", keys("ASIATHIRD", Duration.ofHours(1)), keys("ASIAFOURTH", Duration.ofHours(1)));
            chained.service("shop", "web");
            assertThat(server.last().authorization()).contains("Credential=ASIAFOURTH/");
        }
    }

    @Test
    void eachSessionHasKeysOfItsOwnAndNoneAreAskedForTwice() {
        server.on(
                "AssumeRole",
                keys("ASIAONE", Duration.ofHours(1)),
                keys("ASIATWO", Duration.ofHours(1)),
                keys("ASIATHREE", Duration.ofHours(1)));
        call();
        SdkAws one = aws.inSession("web-1");
        SdkAws two = aws.inSession("web-2");
        one.service("shop", "web");
        assertThat(server.last().authorization()).contains("Credential=ASIATWO/");
        two.service("shop", "web");
        assertThat(server.last().authorization()).contains("Credential=ASIATHREE/");
        one.service("shop", "web");
        assertThat(server.last().authorization()).contains("Credential=ASIATWO/");
        call();
        assertThat(server.last().authorization()).contains("Credential=ASIAONE/");
        assertThat(sessions()).containsExactly("ann@ci", "web-1", "web-2");
    }

    @Test
    void withoutARoleThereAreNoSessions() {
        try (SdkAws plain = SdkAws.open(
                new AwsAccess("eu-central-1", server.uri(), () -> new AwsKeys("AKIDOWN", SECRET, null)), time::now)) {
            assertThat(plain.inSession("web-1")).isSameAs(plain);
        }
    }

    @Test
    void whoeverCallsFirstGetsTheKeysForAllWhoCallMeanwhile() throws Exception {
        server.on("AssumeRole", keys("ASIAFIRST", Duration.ofHours(1)));
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            callers.add(new Thread(() -> {
                try {
                    begin.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                call();
            }));
        }
        callers.forEach(Thread::start);
        begin.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(operations()).hasSize(9);
        assertThat(assumptions()).isEqualTo(1);
    }

    @Test
    void keysOfItsOwnThatAreNoneAreSaidToBeSo() {
        try (SdkAws none = SdkAws.open(
                new AwsAccess("eu-central-1", server.uri(), () -> null).as(new RoleToAssume(ROLE, null, "ann", null)),
                time::now)) {
            assertThatThrownBy(() -> none.service("shop", "web")).hasMessageContaining("none were supplied");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ann@build-7, ann@build-7",
        "Ann Lee (ops), Ann-Lee-ops-",
        "job/main #12, job-main-12",
        "ü, ecs-canary--",
        "'', ecs-canary-"
    })
    void aSessionIsNamedAfterWhoStartsIt(String who, String name) {
        assertThat(RoleToAssume.sessionName(who)).isEqualTo(name);
        assertThat(new RoleToAssume(ROLE, null, RoleToAssume.sessionName(who), null).sessionName())
                .isEqualTo(name);
    }

    @Test
    void aLongNameIsCut() {
        assertThat(RoleToAssume.sessionName("x".repeat(200))).hasSize(64);
    }

    @ParameterizedTest
    @CsvSource({
        "jenkins-web, -7, jenkins-web-7",
        "job/a b, #12, job-a-b-12",
        "'', 7, ecs-canary-7",
        "'', '', ecs-canary-"
    })
    void whatTellsItFromOthersIsBehind(String who, String which, String name) {
        assertThat(RoleToAssume.sessionName(who, which)).isEqualTo(name);
    }

    @Test
    void thatStaysWhereTheNameIsCut() {
        assertThat(RoleToAssume.sessionName("x".repeat(200), "-1234567"))
                .hasSize(64)
                .endsWith("xx-1234567");
        assertThat(RoleToAssume.sessionName("x".repeat(56), "-1234567")).isEqualTo("x".repeat(56) + "-1234567");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "deployer", "arn:aws:iam::123456789012:user/ann", "arn:aws:iam::12:role/x", ROLE + " "})
    void whatIsNoRoleIsSaidAtOnce(String arn) {
        assertThatThrownBy(() -> new RoleToAssume(arn, null, "ann", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no role's ARN");
    }

    @Test
    void whatElseAwsDoesNotTakeIsSaidAtOnce() {
        Map<String, Runnable> wrong = Map.of(
                "external id", () -> new RoleToAssume(ROLE, "a b", "ann", null),
                "name for a role's session", () -> new RoleToAssume(ROLE, null, "a", null),
                "not between 15 minutes and 12 hours",
                        () -> new RoleToAssume(ROLE, null, "ann", Duration.ofMinutes(14)));
        wrong.forEach((text, making) -> assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text));
    }

    private void call() {
        aws.service("shop", "web");
    }

    private long assumptions() {
        return operations().stream().filter("AssumeRole"::equals).count();
    }

    private List<String> sessions() {
        return server.requests().stream()
                .filter(request -> request.operation().equals("AssumeRole"))
                .map(request -> request.form().get("RoleSessionName"))
                .toList();
    }

    private List<String> operations() {
        return server.requests().stream().map(WireServer.Request::operation).toList();
    }

    private Reply keys(String id, Duration lasting) {
        Instant expiration = time.now().plus(lasting);
        return Reply.xml(
                200,
                """
                <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
                <AccessKeyId>%s</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
                <Expiration>%s</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"""
                        .formatted(id, expiration));
    }

    private static Reply denied() {
        return Reply.xml(
                403,
                """
                <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
                <Code>AccessDenied</Code><Message>User: arn:aws:iam::123456789012:user/ci is not authorized to perform:
                sts:AssumeRole on resource: %s</Message></Error><RequestId>r-1</RequestId></ErrorResponse>"""
                        .formatted(ROLE));
    }

    private static Reply refused(String code, String message) {
        return Reply.error(400, "{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}");
    }
}
