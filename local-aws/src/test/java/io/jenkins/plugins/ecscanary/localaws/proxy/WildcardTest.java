package io.jenkins.plugins.ecscanary.localaws.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {

    @ParameterizedTest
    @CsvSource({
        "/a, /a, true",
        "/a, /A, false",
        "/a, /ab, false",
        "/img/*, /img/, true",
        "/img/*, /img/a/b.png, true",
        "/img/*, /img, false",
        "*, '', true",
        "?, '', false",
        "/?, /x, true",
        "/?, /xy, false",
        "/*/b?c/*, /a/a/bxc/, true",
        "*.example.com, shop.example.com, true",
        "*.example.com, example.com, false",
        "a*b*c, aXbYbZc, true",
        "a*b*c, aXbYbZ, false",
    })
    void theWholeOfAValueIsCompared(String pattern, String value, boolean matches) {
        assertThat(Wildcard.caseSensitive(pattern).matches(value)).isEqualTo(matches);
    }

    @Test
    void caseCountsOnlyWhereItIsMeantTo() {
        assertThat(Wildcard.ignoringCase("*.Example.COM").matches("SHOP.example.com"))
                .isTrue();
        assertThat(Wildcard.caseSensitive("/Shop/*").matches("/shop/1")).isFalse();
    }

    @Test
    void aBackslashTakesAWildcardsMeaningAwayInQueryStringsOnly() {
        assertThat(Wildcard.escaped("2\\*3").matches("2*3")).isTrue();
        assertThat(Wildcard.escaped("2\\*3").matches("2003")).isFalse();
        assertThat(Wildcard.escaped("why\\?").matches("why?")).isTrue();
        assertThat(Wildcard.escaped("a\\b").matches("a\\b")).isTrue();
        assertThat(Wildcard.caseSensitive("2\\*3").matches("2\\003")).isTrue();
        assertThat(Wildcard.count("a\\*b*?", true)).isEqualTo(2);
        assertThat(Wildcard.count("a\\*b*?", false)).isEqualTo(3);
    }

    @Test
    @Timeout(20)
    void manyWildcardsAreNoWayToKeepItBusy() {
        assertThat(Wildcard.caseSensitive("*a".repeat(5) + "b").matches("a".repeat(16_000)))
                .isFalse();
    }
}
