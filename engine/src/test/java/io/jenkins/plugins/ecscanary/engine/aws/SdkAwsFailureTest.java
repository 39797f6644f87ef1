package io.jenkins.plugins.ecscanary.engine.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.NewDeployment;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure.Kind;
import io.jenkins.plugins.ecscanary.engine.aws.WireServer.Reply;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way a call can fail becomes one clear failure, with nothing in it that must not be seen. */
class SdkAwsFailureTest {

    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final CodeDeployGroup GROUP = new CodeDeployGroup("shop-app", "web-group", null);
    private static final NewDeployment DEPLOYMENT =
            new NewDeployment(GROUP, "arn:12", "web", 3000, "ecs-canary t by ann", null);

    private final WireServer server = new WireServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private SdkAws open(Supplier<AwsKeys> keys) {
        return SdkAws.open(new AwsAccess("eu-central-1", server.uri(), keys));
    }

    private SdkAws open() {
        return open(() -> new AwsKeys("AKIDEXAMPLE", SECRET, null));
    }

    private static AwsFailure failure(Runnable call) {
        AwsFailure failure = catchThrowableOfType(AwsFailure.class, call::run);
        assertThat(failure).as("the call should have failed").isNotNull();
        StringWriter all = new StringWriter();
        failure.printStackTrace(new PrintWriter(all, true));
        assertThat(all.toString()).doesNotContain(SECRET);
        return failure;
    }

    private static String error(String code, String message) {
        return "{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}";
    }

    @Test
    void notFoundSaysWhatWhereAndWhatToDo() {
        server.on(
                "GetCallerIdentity",
                Reply.xml(
                        200,
                        """
                <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
                <Arn>arn</Arn><UserId>u</UserId><Account>123456789012</Account>
                </GetCallerIdentityResult></GetCallerIdentityResponse>"""));
        server.on(
                "DescribeServices",
                Reply.error(400, error("com.amazonaws.ecs#ClusterNotFoundException", "Cluster not found.")));
        try (SdkAws aws = open()) {
            aws.identity();
            AwsFailure failure = failure(() -> aws.service("shop2", "web"));
            assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
            assertThat(failure.code()).isEqualTo("ClusterNotFoundException");
            assertThat(failure.requestId()).isEqualTo("req-7");
            assertThat(failure)
                    .hasMessage("cluster shop2 not found in eu-central-1 (123456789012) at " + server.uri()
                            + ": ClusterNotFoundException, request id req-7; check the cluster's name and the region");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AccessDeniedException,                400, DENIED",
        "UnauthorizedOperation,                403, DENIED",
        "UnrecognizedClientException,          400, CREDENTIALS",
        "InvalidSignatureException,            400, CREDENTIALS",
        "SignatureDoesNotMatch,                403, CREDENTIALS",
        "ExpiredTokenException,                400, CREDENTIALS",
        "ExpiredToken,                         403, CREDENTIALS",
        "InvalidClientTokenId,                 403, CREDENTIALS",
        "MissingAuthenticationTokenException,  403, CREDENTIALS",
        "IncompleteSignatureException,         400, CREDENTIALS",
        "ThrottlingException,                  400, THROTTLED",
        "Throttling,                           400, THROTTLED",
        "TooManyRequestsException,             429, THROTTLED",
        "ServerException,                      500, SERVER",
        "InternalFailure,                      500, SERVER",
        "ServiceUnavailable,                   503, SERVER",
        "DeploymentLimitExceededException,     400, BUSY",
        "ApplicationDoesNotExistException,     400, NOT_FOUND",
        "InvalidRevisionException,             400, INVALID",
        "NotImplementedByLocalAws,             501, SERVER",
        "SomethingNew,                         403, DENIED"
    })
    void codesBecomeKinds(String code, int status, Kind kind) {
        server.on("CreateDeployment", Reply.error(status, error(code, "because")));
        try (SdkAws aws = open()) {
            AwsFailure failure = failure(() -> aws.createDeployment(DEPLOYMENT));
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure)
                    .hasMessageContainingAll(code, "eu-central-1", server.uri().toString(), "req-7");
            assertThat(failure.mayHaveHappened()).isEqualTo(kind == Kind.SERVER);
            assertThat(server.requests())
                    .as("CreateDeployment is never sent twice")
                    .hasSize(1);
        }
    }

    @Test
    void deniedKeepsAwsReason() {
        String said = "User: arn:aws:iam::123456789012:user/ann is not authorized to perform:"
                + " codedeploy:UpdateDeploymentGroup on resource: arn:x";
        server.on("CreateDeployment", Reply.error(400, error("AccessDeniedException", said)));
        try (SdkAws aws = open()) {
            assertThat(failure(() -> aws.createDeployment(DEPLOYMENT))).hasMessageContaining(said);
        }
    }

    @Test
    void theSignedRequestIsNotQuoted() {
        server.on(
                "DescribeServices",
                Reply.error(
                        400,
                        error(
                                "InvalidSignatureException",
                                "The request signature does not match. The Canonical String should have been"
                                        + " POST x-amz-security-token:THETOKEN")));
        try (SdkAws aws = open()) {
            assertThat(failure(() -> aws.service("shop", "web")).getMessage())
                    .doesNotContain("THETOKEN")
                    .contains("check the secret access key");
        }
    }

    @Test
    void readsAreTriedAgain() {
        server.on(
                "DescribeServices",
                Reply.error(500, error("ServerException", "x")),
                Reply.hangUp(),
                Reply.json("{\"services\":[]}"));
        try (SdkAws aws = open()) {
            assertThat(aws.service("shop", "web")).isEmpty();
        }
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void readsAreGivenUpAfterThree() {
        server.on("DescribeServices", Reply.error(500, error("ServerException", "x")));
        try (SdkAws aws = open()) {
            AwsFailure failure = failure(() -> aws.service("shop", "web"));
            assertThat(failure.kind()).isEqualTo(Kind.SERVER);
            assertThat(failure.mayHaveHappened()).isFalse();
            assertThat(failure.passing()).isTrue();
        }
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void lostAnswerOfAChangeMayHaveHappened() {
        server.on("CreateDeployment", Reply.hangUp());
        try (SdkAws aws = open()) {
            AwsFailure failure = failure(() -> aws.createDeployment(DEPLOYMENT));
            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure.mayHaveHappened()).isTrue();
        }
        assertThat(server.requests()).as("CreateDeployment is never sent twice").hasSize(1);
    }

    @Test
    void refusedConnectionNeverHappened() throws IOException {
        URI closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (SdkAws aws =
                SdkAws.open(new AwsAccess("eu-central-1", closed, () -> new AwsKeys("AKIDEXAMPLE", SECRET, null)))) {
            AwsFailure failure = failure(() -> aws.createDeployment(DEPLOYMENT));
            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure.mayHaveHappened()).isFalse();
            assertThat(failure)
                    .hasMessage("AWS in eu-central-1 at " + closed + " does not answer codedeploy:CreateDeployment:"
                            + " java.net.ConnectException: Connection refused; check the endpoint");
        }
    }

    @Test
    void anAnswerThatIsNotAws() {
        Reply page = new Reply(200, "text/html", "<html>please<br>log in".getBytes(StandardCharsets.UTF_8));
        server.on("DescribeServices", page).on("DescribeListeners", page).on("DescribeAlarms", page);
        try (SdkAws aws = open()) {
            for (Runnable call : List.<Runnable>of(
                    () -> aws.service("shop", "web"),
                    () -> aws.listeners(List.of("l")),
                    () -> aws.alarms(List.of("a")))) {
                AwsFailure failure = failure(call);
                assertThat(failure.kind()).isEqualTo(Kind.SERVER);
                assertThat(failure).hasMessageContaining("is not AWS's");
            }
        }
    }

    @Test
    void keysAreAskedForAtEachCall() {
        server.on("DescribeServices", Reply.json("{\"services\":[]}"));
        Iterator<AwsKeys> keys = List.of(new AwsKeys("AKIDFIRST", SECRET, null), new AwsKeys("AKIDSECOND", SECRET, "t"))
                .iterator();
        try (SdkAws aws = open(keys::next)) {
            aws.service("shop", "web");
            assertThat(server.last().authorization()).contains("Credential=AKIDFIRST/");
            aws.service("shop", "web");
            assertThat(server.last().authorization()).contains("Credential=AKIDSECOND/", "x-amz-security-token");
        }
    }

    @Test
    void noKeys() {
        try (SdkAws aws = open(() -> null)) {
            AwsFailure failure = failure(aws::identity);
            assertThat(failure.kind()).isEqualTo(Kind.CREDENTIALS);
            assertThat(failure).hasMessageContainingAll("none were supplied", "supply an access key");
        }
        try (SdkAws aws = open(() -> {
            throw new IllegalStateException("the credentials id is unknown");
        })) {
            assertThat(failure(aws::identity)).hasMessageContaining("the credentials id is unknown");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void malformedKeysAreNeverShown() {
        for (AwsKeys keys : List.of(
                new AwsKeys("AKIDEXAMPLE", SECRET + "\n", null),
                new AwsKeys("AKIDEXAMPLE", "s", SECRET + "\r\n"),
                new AwsKeys("AKIDEXAMPLE", "", null))) {
            try (SdkAws aws = open(() -> keys)) {
                assertThat(failure(aws::identity).kind()).isEqualTo(Kind.CREDENTIALS);
            }
        }
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "EU Central, http://127.0.0.1:1",
        "'', http://127.0.0.1:1",
        "eu-central-1, 127.0.0.1",
        "eu-central-1, ftp://h"
    })
    void regionAndEndpointAreCheckedAtOnce(String region, String endpoint) {
        assertThat(failure(() -> SdkAws.open(new AwsAccess(region, URI.create(endpoint), null)))
                        .kind())
                .isEqualTo(Kind.INVALID);
    }
}
