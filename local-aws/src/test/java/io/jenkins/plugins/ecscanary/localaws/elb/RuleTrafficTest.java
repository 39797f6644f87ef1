package io.jenkins.plugins.ecscanary.localaws.elb;

import static io.jenkins.plugins.ecscanary.localaws.elb.ElbFixture.forward;
import static io.jenkins.plugins.ecscanary.localaws.elb.ElbFixture.forwardTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.elb.Action.FixedResponseConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.RedirectConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.ListenersResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.ModifyListenerRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleCondition.HttpHeaderConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleCondition.KeyValue;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleCondition.QueryStringConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleCondition.Values;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.RulePriority;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.RulesResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.SetRulePrioritiesRequest;
import io.jenkins.plugins.ecscanary.localaws.proxy.ScriptedTarget;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real requests that take the way their rules say. */
@Timeout(60)
class RuleTrafficTest {

    private final ElbFixture fixture = new ElbFixture();
    private final String a = fixture.targetGroup("web-a");
    private final String b = fixture.targetGroup("web-b");
    private final String balancer = fixture.loadBalancer("web");
    private final String listener = fixture.listener(balancer, 80, forwardTo(a));
    private ScriptedTarget blue;
    private ScriptedTarget green;

    @BeforeEach
    void start() throws Exception {
        blue = ScriptedTarget.answering("blue");
        green = ScriptedTarget.answering("green");
        fixture.register(a, new TargetAddress("127.0.0.1", blue.port()));
        fixture.register(b, new TargetAddress("127.0.0.1", green.port()));
        fixture.settle();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
        blue.close();
        green.close();
    }

    /** The whole answer to a request given as its line and headers. */
    private String ask(String head) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", fixture.elb.realPort(listener))) {
            socket.setSoTimeout(20_000);
            String hosted = head.contains("Host:") ? head : head + "\nHost: 127.0.0.1:8080";
            String request = hosted + "\nConnection: close\n\n";
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static RuleCondition header(String name, String... values) {
        HttpHeaderConfig config = new HttpHeaderConfig(name, List.of(values));
        return new RuleCondition("http-header", null, null, null, config, null, null, null);
    }

    private static RuleCondition query(String key, String value) {
        QueryStringConfig config = new QueryStringConfig(List.of(new KeyValue(key, value)));
        return new RuleCondition("query-string", null, null, null, null, config, null, null);
    }

    private static RuleCondition methods(String... methods) {
        return new RuleCondition(
                "http-request-method", null, null, null, null, null, new Values(List.of(methods)), null);
    }

    private static RuleCondition source(String... blocks) {
        return new RuleCondition("source-ip", null, null, null, null, null, null, new Values(List.of(blocks)));
    }

    static Stream<Arguments> requests() {
        RuleCondition shop = RuleCondition.of("path-pattern", "/shop/*", "/cart");
        RuleCondition host = RuleCondition.of("host-header", "*.Example.com");
        return Stream.of(
                Arguments.of(shop, "GET /shop/1?x=y HTTP/1.1", true),
                Arguments.of(shop, "GET /cart HTTP/1.1", true),
                Arguments.of(shop, "GET /Shop/1 HTTP/1.1", false),
                Arguments.of(shop, "GET /?/shop/ HTTP/1.1", false),
                Arguments.of(shop, "GET /sh%6Fp/1 HTTP/1.1", false),
                Arguments.of(host, "GET / HTTP/1.1\nHost: SHOP.example.COM", true),
                Arguments.of(host, "GET / HTTP/1.1\nHost: shop.example.com:8080", true),
                Arguments.of(host, "GET / HTTP/1.1\nHost: example.com", false),
                Arguments.of(header("X-Canary", "yes", "v2*"), "GET / HTTP/1.1\nx-canary: YES", true),
                Arguments.of(header("X-Canary", "yes", "v2*"), "GET / HTTP/1.1\nX-Canary: no\nX-Canary: v2.1", true),
                Arguments.of(header("X-Canary", "yes"), "GET / HTTP/1.1\nX-Canary: yes please", false),
                Arguments.of(header("X-Canary", "*"), "GET / HTTP/1.1", false),
                Arguments.of(methods("POST", "PUT"), "PUT / HTTP/1.1\nContent-Length: 0", true),
                Arguments.of(methods("POST", "PUT"), "GET / HTTP/1.1", false),
                Arguments.of(query("version", "v2*"), "GET /?a=b&Version=V2.1 HTTP/1.1", true),
                Arguments.of(query("version", "v2*"), "GET /?version=v1 HTTP/1.1", false),
                Arguments.of(query(null, "v2"), "GET /?anything=v2 HTTP/1.1", true),
                Arguments.of(query(null, "v2"), "GET /v2 HTTP/1.1", false),
                Arguments.of(query("x", "a\\*"), "GET /?x=a* HTTP/1.1", true),
                Arguments.of(query("x", "a\\*"), "GET /?x=ab HTTP/1.1", false),
                Arguments.of(source("10.0.0.0/8", "127.0.0.0/24"), "GET / HTTP/1.1", true),
                Arguments.of(source("10.0.0.0/8"), "GET / HTTP/1.1\nX-Forwarded-For: 10.1.2.3", false));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aConditionDecides(RuleCondition condition, String request, boolean matches) throws Exception {
        fixture.rule(listener, 1, forwardTo(b), condition);
        assertThat(ask(request)).endsWith(matches ? "green" : "blue");
    }

    @Test
    void allConditionsMustBeMetAndTheFirstRuleInOrderDecides() throws Exception {
        fixture.rule(listener, 30, fixed("404", null, null), RuleCondition.of("path-pattern", "/api/*"));
        String both = fixture.rule(
                        listener,
                        20,
                        forwardTo(b),
                        RuleCondition.of("path-pattern", "/api/*"),
                        header("X-Canary", "yes"))
                .ruleArn();
        assertThat(ask("GET /api/1 HTTP/1.1\nX-Canary: yes")).endsWith("green");
        assertThat(ask("GET /api/1 HTTP/1.1")).startsWith("HTTP/1.1 404");
        assertThat(ask("GET / HTTP/1.1\nX-Canary: yes")).endsWith("blue");
        fixture.calls.call(
                "SetRulePriorities",
                new SetRulePrioritiesRequest(List.of(new RulePriority(both, 40))),
                RulesResponse.class);
        assertThat(ask("GET /api/1 HTTP/1.1\nX-Canary: yes")).startsWith("HTTP/1.1 404");
    }

    @Test
    void aRulesForwardHasWeightsOfItsOwn() throws Exception {
        fixture.rule(listener, 1, forward(a, 25, b, 75), RuleCondition.of("path-pattern", "/split"));
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            String answer = ask("GET /split HTTP/1.1");
            answers.merge(answer.substring(answer.lastIndexOf('\n') + 1), 1, Integer::sum);
        }
        assertThat(answers).isEqualTo(Map.of("blue", 5, "green", 15));
    }

    private static Action fixed(String status, String body, String type) {
        return new Action("fixed-response", null, null, null, null, new FixedResponseConfig(body, status, type));
    }

    private void byDefault(Action action) {
        fixture.calls.call(
                "ModifyListener",
                new ModifyListenerRequest(listener, null, null, List.of(action), null, null),
                ListenersResponse.class);
    }

    @Test
    void aFixedResponseIsTheLoadBalancersOwn() throws Exception {
        byDefault(fixed("503", "{\"closed\": true}", "application/json"));
        assertThat(ask("GET / HTTP/1.1"))
                .startsWith("HTTP/1.1 503")
                .contains("Server: awselb/2.0\r\n", "Content-Type: application/json; charset=utf-8\r\n")
                .endsWith("\r\n\r\n{\"closed\": true}");
        byDefault(fixed("204", null, null));
        assertThat(ask("GET / HTTP/1.1")).startsWith("HTTP/1.1 204").endsWith("\r\n\r\n");
        assertThat(fixture.meter.next(2)).containsExactly("elb 503", "elb 204");
    }

    @Test
    void aRedirectKeepsWhatItDoesNotName() throws Exception {
        byDefault(redirect("HTTPS", "443", null, null, null, "HTTP_301"));
        assertThat(ask("GET /a%20b/c?q=1&r=2 HTTP/1.1\nHost: shop.example.com"))
                .startsWith("HTTP/1.1 301")
                .contains("\r\nLocation: https://shop.example.com:443/a%20b/c?q=1&r=2\r\n");
        byDefault(redirect(null, null, "new.#{host}", "/v2/#{path}", "from=#{query}&x", "HTTP_302"));
        assertThat(ask("GET /a?#{port} HTTP/1.1\nHost: example.com"))
                .startsWith("HTTP/1.1 302")
                .contains("\r\nLocation: http://new.example.com:" + fixture.elb.realPort(listener) + "/v2/a?from=");
        assertThat(ask("GET / HTTP/1.1\nHost: example.com")).contains("/v2/?from=&x\r\n");
        assertThat(fixture.meter.next(3)).containsExactly("elb 301", "elb 302", "elb 302");
    }

    private static Action redirect(
            String protocol, String port, String host, String path, String query, String status) {
        return new Action(
                "redirect", null, null, null, new RedirectConfig(protocol, port, host, path, query, status), null);
    }

    @Test
    void targetsBehindARuleAreCheckedLikeOthers() {
        String c = fixture.targetGroup("web-c");
        TargetAddress target = new TargetAddress("127.0.1.1", 3000);
        fixture.register(c, target);
        assertThat(fixture.only(c).state()).isEqualTo("unused");
        fixture.rule(listener, 1, forwardTo(c), RuleCondition.of("path-pattern", "/c"));
        fixture.settle();
        assertThat(fixture.only(c).state()).isEqualTo("healthy");
    }
}
