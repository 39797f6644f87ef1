package io.jenkins.plugins.ecscanary.jenkins.scan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.jenkins.plugins.ecscanary.engine.scan.ScanSubject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By what a scan is known from one build to the next. */
class ScanNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop/web:17                         |                                    | shop/web",
                "shop/web                            |                                    | shop/web",
                "registry.example:5000/web           |                                    | registry.example:5000/web",
                "registry.example:5000/web:17        | registry.example:5000/web:17       | registry.example:5000/web",
                "web:17@sha256:abc                   |                                    | web",
                "shop/web:17                         | shop/web:latest registry/other:3   | shop/web",
                "docker.io/shop/web:17               | shop/web:17                        | docker.io/shop/web",
                "web:17                              | localhost/web:17                   | web",
                "web-17.tar                          | shop/web:17                        | shop/web",
                "build/17/image.tar                  | shop/web:17 registry/shop/web:17   | registry/shop/web",
                "build/17/image.tar                  | registry/shop/web:17 shop/web:17   | registry/shop/web",
                "web-17.tar                          | registry.example:5000/web:17       | registry.example:5000/web",
                "web-17.tar                          |                                    | web-17.tar",
            })
    void images(String artifact, String tags, String name) {
        List<String> repoTags = tags == null ? List.of() : List.of(tags.split(" "));
        assertThat(
                ScanName.of(new ScanSubject(artifact, "container_image", null, null, List.of(), repoTags)), is(name));
    }

    @Test
    void whatIsNoImageIsCalledAsItIs() {
        assertThat(ScanName.of(ScanSubject.named("src:17")), is("src:17"));
        assertThat(
                ScanName.of(new ScanSubject("src:17", "filesystem", null, null, List.of(), List.of())), is("src:17"));
    }
}
