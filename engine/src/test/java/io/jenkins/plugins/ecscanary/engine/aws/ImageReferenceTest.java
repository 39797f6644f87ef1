package io.jenkins.plugins.ecscanary.engine.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "nginx,                                nginx,                     ,      latest",
        "library/nginx:1.27,                   library/nginx,             1.27,  1.27",
        "localhost:5000/web,                   localhost:5000/web,        ,      latest",
        "localhost:5000/web:v1_2-x.y,          localhost:5000/web,        v1_2-x.y, v1_2-x.y"
    })
    void tags(String image, String repository, String tag, String effective) {
        ImageReference reference = ImageReference.parse(image);
        assertThat(reference).isEqualTo(new ImageReference(repository, tag, null));
        assertThat(reference.effectiveTag()).isEqualTo(effective);
    }

    @Test
    void digests() {
        assertThat(ImageReference.parse("a/b@" + DIGEST)).isEqualTo(new ImageReference("a/b", null, DIGEST));
        assertThat(ImageReference.parse("a/b:1@" + DIGEST)).isEqualTo(new ImageReference("a/b", "1", DIGEST));
        assertThat(ImageReference.parse("h:1/a/b:1").pinned(DIGEST)).isEqualTo("h:1/a/b@" + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":1", "a b", "a:", "a:b c", "a@sha256:12", "a@", "a@md5:0", "a:1:2", "/a", "a/", "${IMAGE}"})
    void notImages(String image) {
        assertThatThrownBy(() -> ImageReference.parse(image))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("image \"" + image + "\": ");
    }

    @ParameterizedTest
    @CsvSource({
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web:1, eu-central-1,   shop/web",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/web,       cn-north-1,     web",
        "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/web,  us-gov-west-1,  web",
        "123456789012.dkr-ecr.eu-central-1.on.aws/web:1,             eu-central-1,   web"
    })
    void ecr(String image, String region, String repository) {
        assertThat(ImageReference.parse(image).ecr())
                .contains(new ImageReference.Ecr("123456789012", region, repository));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nginx", "public.ecr.aws/x/web:1", "12.dkr.ecr.eu-central-1.amazonaws.com/web", "ghcr.io/a/b"})
    void otherRegistries(String image) {
        assertThat(ImageReference.parse(image).ecr()).isEmpty();
    }
}
