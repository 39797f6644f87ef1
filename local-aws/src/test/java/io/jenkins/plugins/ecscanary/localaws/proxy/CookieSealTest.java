package io.jenkins.plugins.ecscanary.localaws.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CookieSealTest {

    private Instant now = Instant.parse("2026-01-05T10:00:00Z");
    private final CookieSeal seal = new CookieSeal(() -> now);

    @Test
    void aValueIsGoodUntilItExpiresAndForItsPurposeOnly() {
        String value = seal.seal("AWSALB", "group\nbäckend", Duration.ofSeconds(60));
        assertThat(seal.open("AWSALB", value)).hasValue("group\nbäckend");
        assertThat(seal.open("AWSALBTG", value)).isEmpty();
        now = now.plusSeconds(59);
        assertThat(seal.open("AWSALB", value)).isPresent();
        now = now.plusSeconds(1);
        assertThat(seal.open("AWSALB", value)).isEmpty();
    }

    @Test
    void noTwoValuesAreAlikeAndNobodyElsesAreTaken() {
        String value = seal.seal("AWSALB", "x", Duration.ofSeconds(60));
        assertThat(seal.seal("AWSALB", "x", Duration.ofSeconds(60))).isNotEqualTo(value);
        assertThat(new CookieSeal(() -> now).open("AWSALB", value)).isEmpty();
        assertThat(seal.open("AWSALB", "AAAA")).isEmpty();
        assertThat(seal.open("AWSALB", "not base64!")).isEmpty();
    }
}
