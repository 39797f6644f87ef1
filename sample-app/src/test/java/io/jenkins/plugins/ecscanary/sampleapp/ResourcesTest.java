package io.jenkins.plugins.ecscanary.sampleapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void the_page_names_version_instance_and_image() throws Exception {
        try (RunningServer running = RunningServer.start(RunningServer.SETTINGS)) {
            var response = running.get("/");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
            assertThat(response.body())
                    .contains("Version 1.4.2", "4f2a9c", "registry/web:1.4.2")
                    .doesNotContain("Faults switched on", "{{");
        }
    }

    @Test
    void the_page_shows_each_fault_that_is_on() throws Exception {
        Faults faults =
                new Faults(1_234, Duration.ofMillis(250), Duration.ofMillis(1500), Optional.of(Duration.ofSeconds(90)));
        try (RunningServer running = RunningServer.with(faults)) {
            var later = running.getLater("/");
            running.timer.next().fire(); // ready
            assertThat(running.timer.next().delay()).isEqualTo(Duration.ofSeconds(90));
            running.timer.next().fire(); // the page
            assertThat(later.get().body())
                    .contains(
                            "0.1234 % of page requests",
                            "answered 250 ms late", "starting for the first 1500 ms", "unhealthy 90 s after ready");
        }
    }

    @Test
    void what_the_environment_says_is_escaped_and_never_a_placeholder() throws Exception {
        Settings settings =
                new Settings("127.0.0.1", 0, "<b>{{image}}&\"'", "secret-image", "</dd><script>", Faults.NONE);
        try (RunningServer running = RunningServer.start(settings)) {
            assertThat(running.get("/").body())
                    .contains("<h1>Version &lt;b&gt;{{image}}&amp;&quot;&#39;</h1>", "&lt;/dd&gt;&lt;script&gt;")
                    .doesNotContain("<script>", "<b>");
            assertThat(JSON.readTree(running.get("/version").body())
                            .get("version")
                            .asText())
                    .isEqualTo("<b>{{image}}&\"'");
        }
    }

    @Test
    void the_pages_own_style_sheet_is_the_only_thing_its_policy_allows() throws Exception {
        try (RunningServer running = RunningServer.start(RunningServer.SETTINGS)) {
            var response = running.get("/");
            String style = response.body().split("</?style>")[1];
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            assertThat(response.headers().allValues("Content-Security-Policy"))
                    .containsExactly("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                            + "style-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
        }
    }

    @Test
    void version_is_json() throws Exception {
        try (RunningServer running =
                RunningServer.with(new Faults(50_000, Duration.ZERO, Duration.ZERO, Optional.empty()))) {
            var response = running.get("/version");
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            JsonNode version = JSON.readTree(response.body());
            assertThat(version)
                    .isEqualTo(
                            JSON.readTree(
                                    """
                            {"version":"1.4.2","image":"registry/web:1.4.2","instance":"4f2a9c",
                             "faults":["5 % of page requests are answered with an error (FAULT_ERROR_RATE)"]}"""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nope", "/health/", "/index.html"})
    void other_paths_do_not_exist(String path) throws Exception {
        try (RunningServer running = RunningServer.start(RunningServer.SETTINGS)) {
            assertThat(running.get(path).statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/version", "/metrics"})
    void only_get_and_head_are_answered(String path) throws Exception {
        try (RunningServer running = RunningServer.start(RunningServer.SETTINGS)) {
            var head = running.send("HEAD", path);
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"}) {
                var refused = running.send(method, path);
                assertThat(refused.statusCode()).isEqualTo(405);
                assertThat(refused.headers().firstValue("Allow")).hasValue("GET, HEAD");
            }
        }
    }
}
