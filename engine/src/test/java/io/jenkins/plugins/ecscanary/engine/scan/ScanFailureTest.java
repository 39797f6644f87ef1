package io.jenkins.plugins.ecscanary.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FATAL Fatal error init error: DB error: failed to download vulnerability DB: OCI artifact error: GET https://ghcr.io/v2: TOOMANYREQUESTS: retry-after: 1s | lets no more requests in (TOOMANYREQUESTS)",
                "FATAL Fatal error run error: init error: DB error: failed to download vulnerability DB: dial tcp: lookup mirror.gcr.io: no such host | the vulnerability database can't be fetched",
                "FATAL --skip-db-update cannot be specified on the first run | there is no vulnerability database in the scanner's cache",
                "FATAL Fatal error run error: image scan error: scan error: context deadline exceeded | longer than its time-out",
                "ERROR Provide a higher timeout value, see https://trivy.dev | longer than its time-out",
                "FATAL image scan error: unable to find the specified image \"shop:17\" in [\"docker\" \"containerd\" \"podman\" \"remote\"]: 4 errors occurred: * docker error: unable to inspect the image (shop:17): Cannot connect to the Docker daemon | neither in a registry that can be reached nor in a container runtime",
                "FATAL GET https://registry.example/v2/shop/manifests/17: MANIFEST_UNKNOWN: manifest unknown | there is no such image",
                "FATAL GET https://registry.example/v2/: UNAUTHORIZED: authentication required | did not let the scanner in",
                "FATAL unable to open image.tar: open image.tar: no such file or directory | there is no such file or directory",
                "FATAL write trivy.db: no space left on device | no room on the disk",
                "FATAL Fatal error unknown flag: --show-suppressed | does not know an option that is needed",
                "FATAL unable to initialize fs cache: cache may be in use by another process: timeout | another scan uses the same cache",
                "FATAL twirp error internal: failed to do request | the Trivy server can't be reached",
                "dial tcp 192.0.2.1:443: connect: connection refused | the network can't be reached"
            })
    void whatIsKnownIsExplained(String line, String why) {
        assertThat(ScanFailure.explain(1, List.of("INFO Vulnerability scanning is enabled", line.strip())))
                .contains(why.strip())
                .contains(": ") // and what to do
                .doesNotContain("\n");
    }

    @Test
    void whatIsNotKnownIsQuoted() {
        assertThat(ScanFailure.explain(1, List.of("INFO x", "FATAL something new", "")))
                .isEqualTo("the scanner ended with exit code 1, saying last: FATAL something new");
        assertThat(ScanFailure.explain(2, List.of())).contains("exit code 2 and said nothing");
        assertThat(ScanFailure.explain(137, List.of())).contains("was killed");
        assertThat(ScanFailure.explain(-1, List.of())).contains("was killed");
        assertThat(ScanFailure.explain(127, List.of("sh: trivy: not found"))).contains("install Trivy");
    }

    @Test
    void whatIsShownIsBoundedAndHarmless() {
        List<String> lines = IntStream.range(0, 1000)
                .mapToObj(i -> "\u001b[31mFATAL\u001b[0m " + i + "\u0007\u202e " + "x".repeat(5000))
                .toList();
        assertThat(ScanFailure.shown(lines)).hasSize(20).allSatisfy(line -> assertThat(line)
                .startsWith("FATAL 9")
                .hasSizeLessThanOrEqualTo(400)
                .doesNotContain("\u001b", "\u0007", "\u202e", "[31m"));
        assertThat(ScanFailure.shown(Collections.nCopies(5, " \t"))).isEmpty();
        assertThat(ScanFailure.shown(List.of("GET https://ben:secret@registry.example/v2/: 500")))
                .containsExactly("GET https://registry.example/v2/: 500");
        assertThat(ScanFailure.explain(1, List.of("weird \u001b[2J" + "x".repeat(5000))))
                .hasSizeLessThan(500);
    }
}
