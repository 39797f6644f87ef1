package io.jenkins.plugins.ecscanary.engine.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.aws.WireServer.Reply;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls go through the proxy that is given, and only those that need it. */
class HttpProxyTest {

    /** A name that no resolver knows: only a proxy gets anywhere with it. */
    private static final URI ELSEWHERE = URI.create("http://aws.invalid");

    private final WireServer proxy = new WireServer();

    @AfterEach
    void stop() {
        proxy.close();
    }

    private HttpProxy throughIt(Set<String> directHosts) {
        return new HttpProxy("127.0.0.1", proxy.uri().getPort(), "ann", "pass-word", directHosts);
    }

    private static String account(URI endpoint, HttpProxy between) {
        AwsAccess access = new AwsAccess("eu-central-1", endpoint, () -> new AwsKeys("AKIDEXAMPLE", "secret", null));
        try (SdkAws aws = SdkAws.open(access.through(between))) {
            return aws.identity().account();
        }
    }

    private static Reply identity() {
        return Reply.xml(
                200,
                """
                <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
                <Arn>arn:aws:iam::123456789012:user/ann</Arn><UserId>AIDA</UserId><Account>123456789012</Account>
                </GetCallerIdentityResult></GetCallerIdentityResponse>""");
    }

    @Test
    void aForeignHostIsReachedThroughIt() {
        proxy.on("GetCallerIdentity", identity());
        assertThat(account(ELSEWHERE, throughIt(Set.of("other.invalid")))).isEqualTo("123456789012");
    }

    @Test
    void aDirectHostIsNot() {
        proxy.on("GetCallerIdentity", identity());
        assertThatThrownBy(() -> account(ELSEWHERE, throughIt(Set.of("aws\\.invalid"))))
                .isInstanceOf(AwsFailure.class);
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void thisMachineIsReachedWithoutIt() {
        try (WireServer local = new WireServer()) {
            local.on("GetCallerIdentity", identity());
            assertThat(account(local.uri(), throughIt(Set.of()))).isEqualTo("123456789012");
        }
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void itsPasswordIsNotShown() {
        assertThat(throughIt(Set.of()).toString()).doesNotContain("pass-word");
    }
}
