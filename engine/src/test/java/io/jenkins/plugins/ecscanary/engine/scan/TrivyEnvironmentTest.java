package io.jenkins.plugins.ecscanary.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrivyEnvironmentTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRIVY_SEVERITY",
                "TRIVY_SKIP_FILES",
                "TRIVY_SKIP_DIRS",
                "TRIVY_IGNOREFILE",
                "TRIVY_IGNORE_POLICY",
                "TRIVY_IGNORE_STATUS",
                "TRIVY_IGNORE_UNFIXED",
                "TRIVY_PKG_TYPES",
                "TRIVY_VULN_TYPE",
                "TRIVY_SCANNERS",
                "TRIVY_VEX",
                "TRIVY_CONFIG",
                "TRIVY_SECRET_CONFIG",
                "TRIVY_SBOM_SOURCES",
                "TRIVY_RUN_AS_PLUGIN",
                "trivy_skip_dirs"
            })
    void whatWouldMakeItFindLessIsKeptFromItAndTold(String name) {
        Map<String, String> environment = Map.of(name, "x", "PATH", "/bin");
        assertThat(TrivyEnvironment.of(environment)).doesNotContainKey(name).containsEntry("PATH", "/bin");
        assertThat(TrivyEnvironment.over(environment)).containsEntry(name, "").doesNotContainKey("PATH");
        assertThat(TrivyEnvironment.withheld(environment)).containsExactly(name);
    }

    /** A later release may have an option that leaves something out. */
    @Test
    void whatNobodyHereKnowsIsKeptFromIt() {
        Map<String, String> environment = Map.of("TRIVY_LEAVE_OUT", "everything");
        assertThat(TrivyEnvironment.of(environment)).doesNotContainKey("TRIVY_LEAVE_OUT");
        assertThat(TrivyEnvironment.over(environment)).containsEntry("TRIVY_LEAVE_OUT", "");
        assertThat(TrivyEnvironment.withheld(environment)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRIVY_CACHE_DIR",
                "TRIVY_DB_REPOSITORY",
                "TRIVY_JAVA_DB_REPOSITORY",
                "TRIVY_CHECKS_BUNDLE_REPOSITORY",
                "TRIVY_USERNAME",
                "TRIVY_PASSWORD",
                "TRIVY_REGISTRY_TOKEN",
                "TRIVY_INSECURE",
                "TRIVY_CACERT",
                "TRIVY_SERVER",
                "TRIVY_TOKEN",
                "TRIVY_DOCKER_HOST",
                "HTTPS_PROXY",
                "DOCKER_CONFIG",
                "SSL_CERT_FILE"
            })
    void theWayToDatabasesRegistriesAndServersIsLeftAsItIs(String name) {
        Map<String, String> environment = Map.of(name, "x");
        assertThat(TrivyEnvironment.of(environment)).containsEntry(name, "x");
        assertThat(TrivyEnvironment.over(environment)).doesNotContainKey(name);
        assertThat(TrivyEnvironment.withheld(environment)).isEmpty();
    }

    @Test
    void itAsksNobodyAndTellsNobodyUnlessSomebodySaysSo() {
        assertThat(TrivyEnvironment.of(Map.of()))
                .containsOnly(entry("TRIVY_SKIP_VERSION_CHECK", "true"), entry("TRIVY_DISABLE_TELEMETRY", "true"));
        assertThat(TrivyEnvironment.over(Map.of())).containsEntry("TRIVY_DISABLE_TELEMETRY", "true");
        Map<String, String> open = Map.of("TRIVY_DISABLE_TELEMETRY", "false");
        assertThat(TrivyEnvironment.of(open)).containsEntry("TRIVY_DISABLE_TELEMETRY", "false");
        assertThat(TrivyEnvironment.over(open)).containsEntry("TRIVY_DISABLE_TELEMETRY", "false");
    }

    /** A container's own variables are not seen from outside. */
    @Test
    void overAnEnvironmentThatIsNotKnownEachKnownOneIsEmpty() {
        assertThat(TrivyEnvironment.over(Map.of()))
                .containsEntry("TRIVY_SEVERITY", "")
                .containsEntry("TRIVY_SKIP_DIRS", "")
                .doesNotContainKeys("TRIVY_TOKEN", "TRIVY_CACHE_DIR");
    }

    @Test
    void whatIsEmptyIsNotSet() {
        assertThat(TrivyEnvironment.withheld(Map.of("TRIVY_SEVERITY", ""))).isEmpty();
    }
}
