package io.jenkins.plugins.ecscanary.localaws.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryFormTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A=x | {\"A\":\"x\"}",
                "A= | {\"A\":\"\"}",
                "A | {\"A\":\"\"}",
                "A=a%20b%2B+c | {\"A\":\"a b+ c\"}",
                "A.B.C=x | {\"A\":{\"B\":{\"C\":\"x\"}}}",
                "A.member.1=x&A.member.2=y | {\"A\":[\"x\",\"y\"]}",
                "A.member.10=j&A.member.2=b | {\"A\":[\"b\",\"j\"]}",
                "A.member.1.B=x&A.member.1.C.member.1=y | {\"A\":[{\"B\":\"x\",\"C\":[\"y\"]}]}",
                "A.entry.1.key=k&A.entry.1.value=v | {\"A\":{\"k\":\"v\"}}",
                "A.member.x=1 | {\"A\":{\"member\":{\"x\":\"1\"}}}"
            })
    void unflattens(String form, String tree) {
        assertThat(QueryForm.parse(form)).hasToString(tree);
    }

    @Test
    void boundsTheNumberOfParameters() {
        assertThatExceptionOfType(AwsError.class)
                .isThrownBy(() -> QueryForm.parse("A=1&".repeat(10_001)))
                .withMessageContaining("10000 parameters");
    }

    @Test
    void boundsTheDepth() {
        assertThatExceptionOfType(AwsError.class)
                .isThrownBy(() -> QueryForm.parse("A." + "B.".repeat(40) + "C=1"))
                .withMessageContaining("deeper than 32");
    }
}
