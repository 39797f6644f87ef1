package io.jenkins.plugins.ecscanary.localaws.elb;

import static io.jenkins.plugins.ecscanary.localaws.elb.ElbFixture.forwardTo;
import static io.jenkins.plugins.ecscanary.localaws.elb.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.CreateListenerRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.DescribeListenersRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.ListenerShown;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.ListenersResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.ModifyListenerRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerProtocol.Certificate;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import io.jenkins.plugins.ecscanary.localaws.proxy.ScriptedTarget;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners of the protocol HTTPS: certificate and policy are kept, TLS is not ended. */
@Timeout(60)
class SecureListenerTest {

    private static final String CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234";
    private static final String OTHER = "arn:aws:iam::123456789012:server-certificate/shop";

    private final ElbFixture fixture = new ElbFixture();
    private final String group = fixture.targetGroup("web");
    private final String balancer = fixture.loadBalancer("web");

    @AfterEach
    void close() {
        fixture.close();
    }

    private ListenerShown create(String protocol, String policy, String... certificates) {
        return fixture.calls
                .call(
                        "CreateListener",
                        new CreateListenerRequest(
                                balancer,
                                protocol,
                                443,
                                List.of(forwardTo(group)),
                                null,
                                policy,
                                Stream.of(certificates)
                                        .map(arn -> new Certificate(arn, null))
                                        .toList()),
                        ListenersResponse.class)
                .listeners()
                .get(0);
    }

    private ListenerShown shown(String arn) {
        return fixture.calls
                .call(
                        "DescribeListeners",
                        new DescribeListenersRequest(null, List.of(arn), null, null),
                        ListenersResponse.class)
                .listeners()
                .get(0);
    }

    private void modify(String arn, String protocol, String policy, String certificate) {
        fixture.calls.call(
                "ModifyListener",
                new ModifyListenerRequest(
                        arn,
                        null,
                        protocol,
                        null,
                        policy,
                        certificate == null ? null : List.of(new Certificate(certificate, null))),
                ListenersResponse.class);
    }

    @Test
    void whatWasGivenIsAnsweredAndCanBeChanged() {
        String arn = create("HTTPS", null, CERTIFICATE).listenerArn();
        assertThat(shown(arn).protocol()).isEqualTo("HTTPS");
        assertThat(shown(arn).certificates()).containsExactly(new Certificate(CERTIFICATE, null));
        assertThat(shown(arn).sslPolicy()).isEqualTo("ELBSecurityPolicy-2016-08");
        modify(arn, null, "ELBSecurityPolicy-TLS13-1-2-2021-06", OTHER);
        assertThat(shown(arn).certificates()).containsExactly(new Certificate(OTHER, null));
        assertThat(shown(arn).sslPolicy()).isEqualTo("ELBSecurityPolicy-TLS13-1-2-2021-06");
        modify(arn, "HTTP", null, null);
        assertThat(shown(arn).protocol()).isEqualTo("HTTP");
        assertThat(shown(arn).certificates()).isNull();
        assertThat(shown(arn).sslPolicy()).isNull();
    }

    @Test
    void targetsAreToldAndClientsSpeakHttp() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        String arn = create("HTTPS", null, CERTIFICATE).listenerArn();
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
            heads.add(wire.readHead());
            wire.write("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
        })) {
            fixture.register(group, new TargetAddress("127.0.0.1", target.port()));
            fixture.settle();
            assertThat(fixture.get(arn).body()).isEqualTo("ok");
            assertThat(heads.poll(20, TimeUnit.SECONDS))
                    .contains("\r\nX-Forwarded-Proto: https\r\n", "\r\nX-Forwarded-Port: 443\r\n");
        }
    }

    @Test
    void whatCanNotBe() {
        assertRefused("ValidationError", "certificate for HTTPS listeners", () -> create("HTTPS", null));
        assertRefused("TooManyCertificates", "one", () -> create("HTTPS", null, CERTIFICATE, OTHER));
        assertRefused("CertificateNotFound", "'shop'", () -> create("HTTPS", null, "shop"));
        assertRefused("SSLPolicyNotFound", "'strict'", () -> create("HTTPS", "strict", CERTIFICATE));
        assertRefused("ValidationError", "HTTPS listeners only", () -> create("HTTP", null, CERTIFICATE));
        assertRefused("NotImplementedByLocalAws", "listener protocol 'TLS'", () -> create("TLS", null, CERTIFICATE));
    }
}
