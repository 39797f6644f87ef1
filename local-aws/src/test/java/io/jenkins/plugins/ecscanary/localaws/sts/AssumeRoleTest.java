package io.jenkins.plugins.ecscanary.localaws.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.ecscanary.localaws.ecr.Ecr;
import io.jenkins.plugins.ecscanary.localaws.wire.WireFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Keys of a role: had, used, expired. */
class AssumeRoleTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/ci/deployer";

    @TempDir
    Path directory;

    private WireFixture wire;
    private StsClient sts;

    @BeforeEach
    void open() {
        open(Roles.ANY);
    }

    private void open(Roles roles) {
        close();
        wire = new WireFixture((world, keys) ->
                List.of(new Sts(world, keys, roles).api(), new Ecr(world, directory.resolve("images")).api()));
        sts = wire.client(StsClient.builder());
    }

    @AfterEach
    void close() {
        if (wire != null) {
            sts.close();
            wire.close();
        }
    }

    @Test
    void theKeysAreLetInAsTheRolesSession() {
        AssumeRoleResponse assumed = assume(r -> r.durationSeconds(900));
        Credentials keys = assumed.credentials();
        assertThat(keys.accessKeyId()).matches("ASIA[A-Z2-7]{16}");
        assertThat(keys.secretAccessKey()).hasSize(40);
        assertThat(keys.expiration()).isEqualTo(wire.world.now().plusSeconds(900));
        String arn = "arn:aws:sts::123456789012:assumed-role/deployer/build-7";
        assertThat(assumed.assumedRoleUser().arn()).isEqualTo(arn);
        assertThat(assumed.assumedRoleUser().assumedRoleId()).matches("AROA[A-F0-9]{17}:build-7");

        try (StsClient asRole = sts(keys);
                EcrClient ecr = ecr(keys)) {
            GetCallerIdentityResponse me = asRole.getCallerIdentity();
            assertThat(me.arn()).isEqualTo(arn);
            assertThat(me.userId()).isEqualTo(assumed.assumedRoleUser().assumedRoleId());
            assertThat(me.account()).isEqualTo("123456789012");
            assertThat(ecr.describeRepositories().repositories()).isEmpty();
        }
        assertThat(sts.getCallerIdentity().arn()).as("others stay who they are").endsWith(":user/AKIDLOCAL");
        assertThat(keys).isNotEqualTo(assume(r -> {}).credentials());
    }

    @Test
    void expiredKeysAreRefusedInEachProtocolsWords() {
        Credentials keys = assume(r -> r.durationSeconds(900)).credentials();
        try (StsClient query = sts(keys);
                EcrClient json = ecr(keys)) {
            wire.time.advance(Duration.ofSeconds(899));
            query.getCallerIdentity();
            wire.time.advance(Duration.ofSeconds(1));
            refused(query::getCallerIdentity, "ExpiredToken", "The security token included in the request is expired");
            refused(json::describeRepositories, "ExpiredTokenException", "expired");
        }
    }

    @Test
    void theTokenIsPartOfTheKeys() {
        Credentials keys = assume(r -> {}).credentials();
        String sentence = "The security token included in the request is invalid.";
        Credentials other = keys.toBuilder().sessionToken("another").build();
        try (StsClient query = sts(other);
                EcrClient json = ecr(other);
                StsClient without = wire.client(
                        StsClient.builder(), keys.accessKeyId(), keys.secretAccessKey(), WireFixture.REGION);
                StsClient wrongSecret =
                        sts(keys.toBuilder().secretAccessKey("x").build())) {
            refused(query::getCallerIdentity, "InvalidClientTokenId", sentence);
            refused(json::describeRepositories, "UnrecognizedClientException", sentence);
            refused(without::getCallerIdentity, "InvalidClientTokenId", sentence);
            refused(wrongSecret::getCallerIdentity, "SignatureDoesNotMatch", "does not match");
        }
    }

    @Test
    void aSessionAssumesFurtherRolesForAnHourAtMost() {
        try (StsClient asRole = sts(assume(r -> {}).credentials())) {
            AssumeRoleResponse chained = asRole.assumeRole(
                    r -> r.roleArn(ROLE).roleSessionName("second").durationSeconds(3600));
            assertThat(chained.assumedRoleUser().arn()).endsWith("/second");
            refused(
                    () -> asRole.assumeRole(
                            r -> r.roleArn(ROLE).roleSessionName("third").durationSeconds(3601)),
                    "ValidationError",
                    "role chaining");
        }
    }

    @Test
    void onceRolesAreNamedOnlyThoseWithTheirExternalId() {
        open(Roles.ANY.with("deployer", "ours-7").with("open", null));
        assume(r -> r.externalId("ours-7"));
        String denied = "User: arn:aws:iam::123456789012:user/AKIDLOCAL is not authorized to perform: sts:AssumeRole on"
                + " resource: " + ROLE;
        refused(() -> assume(r -> {}), "AccessDenied", denied);
        refused(() -> assume(r -> r.externalId("theirs")), "AccessDenied", denied);
        assume(r -> r.roleArn("arn:aws:iam::123456789012:role/open"));
        refused(() -> assume(r -> r.roleArn("arn:aws:iam::123456789012:role/unknown")), "AccessDenied", "unknown");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Roles.ANY.with("a/b", null))
                .withMessageContaining("a/b");
    }

    @Test
    void anotherAccountsRole() {
        refused(() -> assume(r -> r.roleArn("arn:aws:iam::999999999999:role/x")), "AccessDenied", "999999999999");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 899, 43_201})
    void durationsOutOfBounds(int seconds) {
        refused(
                () -> assume(r -> r.durationSeconds(seconds)),
                "ValidationError",
                "'" + seconds + "' at 'durationSeconds'");
    }

    @Test
    void whatIsNoRequest() {
        refused(() -> assume(r -> r.roleSessionName("x")), "ValidationError", "greater than or equal to 2");
        refused(() -> assume(r -> r.roleSessionName("x".repeat(65))), "ValidationError", "less than or equal to 64");
        refused(() -> assume(r -> r.roleSessionName("a b")), "ValidationError", "regular expression pattern");
        refused(() -> assume(r -> r.roleSessionName(null)), "ValidationError", "Member must not be null");
        refused(() -> assume(r -> r.roleArn("deployer")), "ValidationError", "at 'roleArn'");
        refused(() -> assume(r -> r.roleArn("arn:aws:iam::123456789012:user/me")), "ValidationError", "is invalid");
        refused(() -> assume(r -> r.externalId("a b")), "ValidationError", "at 'externalId'");
        refused(() -> assume(r -> r.policy("{}")), "NotImplementedByLocalAws", "Policy of AssumeRole");
        assertThat(assume(r -> r.durationSeconds(43_200)).credentials().expiration())
                .isEqualTo(wire.world.now().plus(Duration.ofHours(12)));
    }

    private AssumeRoleResponse assume(Consumer<AssumeRoleRequest.Builder> change) {
        return sts.assumeRole(AssumeRoleRequest.builder()
                .roleArn(ROLE)
                .roleSessionName("build-7")
                .applyMutation(change)
                .build());
    }

    private StsClient sts(Credentials keys) {
        return StsClient.builder()
                .endpointOverride(wire.endpoint())
                .region(Region.of(WireFixture.REGION))
                .credentialsProvider(provider(keys))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private EcrClient ecr(Credentials keys) {
        return EcrClient.builder()
                .endpointOverride(wire.endpoint())
                .region(Region.of(WireFixture.REGION))
                .credentialsProvider(provider(keys))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static StaticCredentialsProvider provider(Credentials keys) {
        return StaticCredentialsProvider.create(
                AwsSessionCredentials.create(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken()));
    }

    private static void refused(ThrowingCallable call, String code, String part) {
        assertThatExceptionOfType(AwsServiceException.class).isThrownBy(call).satisfies(e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.awsErrorDetails().errorMessage()).contains(part);
        });
    }
}
