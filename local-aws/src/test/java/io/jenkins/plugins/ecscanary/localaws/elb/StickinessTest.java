package io.jenkins.plugins.ecscanary.localaws.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.elb.Action.ForwardConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.GroupWeight;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.Stickiness;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe.Answered;
import io.jenkins.plugins.ecscanary.localaws.proxy.ScriptedTarget;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that stay with their target group or their target. */
@Timeout(60)
class StickinessTest {

    private final ElbFixture fixture = new ElbFixture();
    private final String a = fixture.targetGroup("web-a");
    private final String b = fixture.targetGroup("web-b");
    private final String listener = fixture.listener(fixture.loadBalancer("web"), 80, sticky(100, 0));
    private final HttpClient http = HttpClient.newHttpClient();
    private ScriptedTarget blue;
    private ScriptedTarget green;
    private ScriptedTarget second;

    @BeforeEach
    void start() throws Exception {
        blue = ScriptedTarget.answering("blue");
        green = ScriptedTarget.answering("green");
        second = ScriptedTarget.answering("second");
        fixture.register(a, address(blue));
        fixture.register(b, address(green));
        fixture.settle();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
        blue.close();
        green.close();
        second.close();
    }

    private Action sticky(int toA, int toB) {
        return Action.forward(
                null,
                new ForwardConfig(List.of(new GroupWeight(a, toA), new GroupWeight(b, toB)), new Stickiness(true, 60)));
    }

    private static TargetAddress address(ScriptedTarget target) {
        return new TargetAddress("127.0.0.1", target.port());
    }

    /** A client without cookies but these. */
    private HttpResponse<String> get(String... cookies) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + fixture.elb.realPort(listener) + "/"));
        if (cookies.length > 0) {
            request.header("Cookie", "theirs=1; " + String.join("; ", cookies));
        }
        return http.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String cookie(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("set-cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .findFirst()
                .orElse(null);
    }

    private void weights(int toA, int toB) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        weights.put(a, toA);
        weights.put(b, toB);
        fixture.world.run(() -> fixture.elb.setWeights(listener, weights));
    }

    @Test
    void aClientStaysWithItsTargetGroupWhateverTheWeightsBecome() throws Exception {
        HttpResponse<String> first = get();
        assertThat(first.body()).isEqualTo("blue");
        List<String> set = first.headers().allValues("set-cookie");
        assertThat(set).hasSize(2);
        assertThat(set.get(0))
                .matches("AWSALBTG=[A-Za-z0-9_-]+; Expires=\\w{3}, \\d\\d \\w{3} \\d{4} [\\d:]{8} GMT; Path=/");
        assertThat(set.get(1)).startsWith("AWSALBTGCORS=").endsWith("; Path=/; SameSite=None");
        weights(0, 100);
        assertThat(get().body()).as("a client without a cookie").isEqualTo("green");
        HttpResponse<String> again = get(cookie(first, "AWSALBTG"));
        assertThat(again.body()).isEqualTo("blue");
        assertThat(get(cookie(again, "AWSALBTGCORS")).body()).isEqualTo("blue");
    }

    @Test
    void cookiesTellNothingAndCantBeMadeUp() throws Exception {
        String cookie = cookie(get(), "AWSALBTG");
        String value = cookie.substring("AWSALBTG=".length());
        assertThat(new String(
                        java.util.Base64.getUrlDecoder().decode(value), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("web-a", "targetgroup", "127.0.0.1");
        weights(0, 100);
        char last = value.charAt(20);
        String forged = value.substring(0, 20) + (last == 'A' ? 'B' : 'A') + value.substring(21);
        for (String bad : List.of(forged, "", "x", "!!!", value + value, a)) {
            assertThat(get("AWSALBTG=" + bad).body()).as(bad).isEqualTo("green");
        }
        assertThat(get("AWSALB=" + value).body()).as("another cookie's").isEqualTo("green");
    }

    @Test
    void withoutAHealthyTargetTheGroupIsLeft() throws Exception {
        String cookie = cookie(get(), "AWSALBTG");
        weights(0, 100);
        fixture.health.put(address(blue), new Answered(503));
        fixture.time.advance(Duration.ofSeconds(60));
        HttpResponse<String> moved = get(cookie);
        assertThat(moved.body()).isEqualTo("green");
        assertThat(cookie(moved, "AWSALBTG")).isNotNull().isNotEqualTo(cookie);
    }

    @Test
    void aGroupThatLeftTheActionIsLeft() throws Exception {
        String cookie = cookie(get(), "AWSALBTG");
        fixture.world.run(() -> fixture.elb.setWeights(listener, Map.of(b, 1)));
        assertThat(get(cookie).body()).isEqualTo("green");
    }

    @Test
    void aClientStaysWithItsTargetAsLongAsThatIsHealthy() throws Exception {
        fixture.groupAttributes(a, "stickiness.enabled", "true");
        fixture.register(a, address(second));
        fixture.settle();
        HttpResponse<String> first = get();
        assertThat(cookie(first, "AWSALBCORS")).isNotNull();
        String cookie = cookie(first, "AWSALB");
        for (int i = 0; i < 4; i++) {
            assertThat(get(cookie).body()).isEqualTo(first.body());
        }
        TargetAddress mine = first.body().equals("blue") ? address(blue) : address(second);
        fixture.world.run(() -> fixture.elb.deregister(a, mine, () -> {}));
        HttpResponse<String> moved = get(cookie);
        assertThat(moved.body()).isNotEqualTo(first.body());
        assertThat(get(cookie(moved, "AWSALB")).body()).isEqualTo(moved.body());
    }

    @Test
    void anApplicationsCookieBeginsASession() throws Exception {
        try (ScriptedTarget login = new ScriptedTarget(wire -> {
            while (wire.readHead() != null) {
                wire.write("HTTP/1.1 200 OK\nSet-Cookie: JSESSIONID=7; HttpOnly\nContent-Length: 5\n\nlogin");
            }
        })) {
            fixture.groupAttributes(
                    a,
                    "stickiness.enabled",
                    "true",
                    "stickiness.type",
                    "app_cookie",
                    "stickiness.app_cookie.cookie_name",
                    "JSESSIONID");
            assertThat(cookie(get(), "AWSALBAPP-0")).as("no session yet").isNull();
            fixture.register(a, address(login));
            fixture.settle();
            HttpResponse<String> one = get();
            HttpResponse<String> session = one.body().equals("login") ? one : get();
            assertThat(session.body()).isEqualTo("login");
            assertThat(session.headers().allValues("set-cookie").get(0)).isEqualTo("JSESSIONID=7; HttpOnly");
            String cookie = cookie(session, "AWSALBAPP-0");
            for (int i = 0; i < 3; i++) {
                assertThat(get("JSESSIONID=7", cookie).body()).isEqualTo("login");
            }
        }
    }
}
