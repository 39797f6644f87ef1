package io.jenkins.plugins.ecscanary.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaiverFileTest {

    private static final String GOOD =
            """
            # accepted until the next base image
            waivers:
              - id: CVE-2023-0286
                package: openssl
                reason: X.400 addresses are not parsed
                owner: team-web
                expires: 2026-12-31
              - id: DS002
                reason: "the base image needs it: see #12"
                owner: ben
                expires: '2026-07-01'
            """;

    private static List<Waiver> parse(String text) {
        return WaiverFile.parse(text, "waivers.yaml");
    }

    @Test
    void waiversAreReadWithTheirLines() {
        assertThat(parse(GOOD))
                .containsExactly(
                        new Waiver(
                                "CVE-2023-0286",
                                "openssl",
                                "X.400 addresses are not parsed",
                                "team-web",
                                LocalDate.of(2026, 12, 31),
                                3),
                        new Waiver(
                                "DS002", null, "the base image needs it: see #12", "ben", LocalDate.of(2026, 7, 1), 8));
    }

    @Test
    void jsonIsYaml() {
        String json =
                """
                {"waivers": [{"id": "CVE-1", "reason": "r", "owner": "o", "expires": "2026-12-31"}]}
                """;
        assertThat(parse(json)).containsExactly(new Waiver("CVE-1", null, "r", "o", LocalDate.of(2026, 12, 31), 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n# nothing yet\n", "---\n", "waivers:\n", "waivers: []\n", "waivers: ~\n", "{}", "null"})
    void aFileWithoutWaiversHasNone(String text) {
        assertThat(parse(text)).isEmpty();
    }

    @Test
    void valuesThatLookLikeNumbersAreTakenAsTheyStand() {
        assertThat(parse(GOOD.replace("DS002", "0123").replace("ben", "1.10")))
                .last()
                .satisfies(waiver -> {
                    assertThat(waiver.id()).isEqualTo("0123");
                    assertThat(waiver.owner()).isEqualTo("1.10");
                });
    }

    static Stream<Arguments> problems() {
        return Stream.of(
                changed("    reason: X.400 addresses are not parsed\n", "", ":3: a waiver has no reason; say why"),
                changed("reason: X.400 addresses are not parsed", "reason:", ":5: reason is empty; say why"),
                changed("reason: X.400 addresses are not parsed", "reason: ''", ":5: reason is empty; say why"),
                changed("reason: X.400 addresses are not parsed", "reason: ~", ":5: reason is empty; say why"),
                changed("    owner: ben\n", "", ":8: a waiver has no owner; say who answers"),
                changed("    expires: 2026-12-31\n", "", ":3: a waiver has no expires; give the last day"),
                changed("2026-12-31", "2026-02-30", ":7: expires: '2026-02-30' is no date such as"),
                changed("2026-12-31", "31.12.2026", ":7: expires: '31.12.2026' is no date"),
                changed("2026-12-31", "never", ":7: expires: 'never' is no date"),
                changed("2026-12-31", "2026-12-31T10:00:00Z", "is no date"),
                changed("id: DS002", "idd: DS002", ":8: 'idd' is no key of a waiver; did you mean id?"),
                changed("package: openssl", "pacakge: openssl", "did you mean package?"),
                changed("package: openssl", "comment: x", ":4: 'comment' is no key of a waiver (there are id, package"),
                changed("package: openssl", "package:", ":4: package is empty; name what the finding is in, or leave"),
                changed("package: openssl", "package: [openssl, musl]", ":4: package has to have one value"),
                changed("package: openssl", "package: {name: openssl}", ":4: package has to have one value"),
                changed("owner: team-web", "owner: team-web\n    owner: ben", ":7: owner is there twice in one entry"),
                changed("waivers:", "waiver:", ":2: 'waiver' is no key at the top; there is only waivers"),
                changed("waivers:", "version: 1\nwaivers:", "'version' is no key at the top"),
                changed(
                        "id: DS002",
                        "id: CVE-2023-0286\n    package: openssl",
                        ":8: CVE-2023-0286 in openssl is waived already in line 3"),
                changed("team-web", "*web", "aliases (*) are not followed"),
                changed("CVE-2023-0286", "C".repeat(2000), "id has 2000 characters"),
                changed("  - id: DS002", "  - \n  - id: DS002", "expected an entry with id:"),
                changed("  - id: DS002", "  - {}\n  - id: DS002", "there is an entry with nothing in it"),
                changed("  - id: DS002", "  - DS001\n  - id: DS002", ":8: expected an entry with id:"),
                Arguments.of("waivers:\n  id: x\n", ":2: expected a list under waivers"),
                Arguments.of("waivers: none\n", ":1: expected a list under waivers"),
                Arguments.of("- id: x\n", ":1: expected waivers: and a list under it"),
                Arguments.of("just text", ":1: expected waivers:"),
                Arguments.of("CVE-2023-0286\nCVE-2023-0287 # a .trivyignore\n", "waivers.yaml:1: expected waivers:"),
                Arguments.of(GOOD + "waivers: []\n", "waivers is there twice"),
                Arguments.of(GOOD + "---\nwaivers: []\n", "there is a second document"),
                Arguments.of("waivers:\n\t- id: x\n", "is no YAML"),
                Arguments.of("waivers: [", "is no YAML"),
                Arguments.of("waivers:\n  - id: \"x\n", "is no YAML"),
                Arguments.of("waivers: " + "[".repeat(100_000), "waivers.yaml:1: "),
                Arguments.of("a: &a [x]\nb: &b [*a,*a]\n", "'a' is no key at the top"),
                Arguments.of("waivers:\n  - id: a\u0000b\n", "is no YAML"),
                Arguments.of("x".repeat(1_000_001), "is longer than 1000000 characters"));
    }

    private static Arguments changed(String from, String to, String problem) {
        String changed = GOOD.replace(from, to);
        assertThat(changed).isNotEqualTo(GOOD);
        return Arguments.of(changed, problem);
    }

    @ParameterizedTest
    @MethodSource("problems")
    void whatIsNotUnderstoodIsRefused(String text, String problem) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("waivers.yaml:")
                .hasMessageContaining(problem);
    }

    @Test
    void everyProblemIsToldAtOnce() {
        String bad = GOOD.replace("    owner: team-web\n", "").replace("'2026-07-01'", "soon");
        assertThatThrownBy(() -> parse(bad)).isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.problems())
                .containsExactly(
                        "waivers.yaml:3: a waiver has no owner; say who answers for it",
                        "waivers.yaml:10: expires: 'soon' is no date such as 2026-12-31"));
    }

    @Test
    void aFileIsRead(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("waivers.yaml"), GOOD);
        assertThat(WaiverFile.read(file)).hasSize(2);
        Path none = directory.resolve("none.yaml");
        assertThatThrownBy(() -> WaiverFile.read(none))
                .isInstanceOf(ConfigException.class)
                .hasMessage(none + ": there is no such file; create it or name another");
        Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'#', (byte) 0xe9});
        assertThatThrownBy(() -> WaiverFile.read(latin))
                .isInstanceOf(ConfigException.class)
                .hasMessage(latin + ": is not UTF-8 text");
    }
}
