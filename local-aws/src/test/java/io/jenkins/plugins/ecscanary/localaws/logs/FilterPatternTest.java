package io.jenkins.plugins.ecscanary.localaws.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterPatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "none",
            textBlock =
                    """
            none                   | anything               | true
            ERROR                  | [ERROR 400] BAD        | true
            ERROR                  | an error               | false
            ERROR 400              | [ERROR 400] BAD        | true
            ERROR 401              | [ERROR 400] BAD        | false
            "BAD REQUEST"          | [ERROR 400] BAD REQUEST | true
            "BAD REQUEST"          | REQUEST BAD            | false
            ERROR -ARGUMENTS       | ERROR 1                | true
            ERROR -ARGUMENTS       | ERROR ARGUMENTS        | false
            ERROR -"BAD REQUEST"   | ERROR BAD REQUEST      | false
            ?ERROR ?WARN           | WARN x                 | true
            ?ERROR ?WARN           | INFO x                 | false
            ?ERROR INFO            | INFO x                 | true
            "a \\"b\\" c"          | say a "b" c            | true
            """)
    void terms(String pattern, String message, boolean matches) {
        assertThat(FilterPattern.parse(pattern).matches(message)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            textBlock =
                    """
            { $.status = 500 }                                   ; true
            { $.status != 500 }                                  ; false
            { $.status >= 500 && $.status < 600 }                ; true
            { $.status > 500 || $.level = "ERROR" }              ; true
            { $.status > 500 || $.level = WARN }                 ; false
            { ($.status = 1 || $.status = 500) && $.ok IS TRUE } ; true
            { $.status = 1 || $.status = 500 && $.ok IS FALSE }  ; false
            { $.path = "/api/*" }                                ; true
            { $.path = "*/orders" }                              ; true
            { $.path = "/x*" }                                   ; false
            { $.path != "/x*" }                                  ; true
            { $.nested.list[1].name = "b" }                      ; true
            { $.nested.list[*].name = "b" }                      ; true
            { $.nested.list[7].name = "b" }                      ; false
            { $.gone IS NULL }                                   ; true
            { $.status IS NULL }                                 ; false
            { $.none NOT EXISTS }                                ; true
            { $.status NOT EXISTS }                              ; false
            { $.none != "x" }                                    ; false
            { $["odd name"] = 1.5e0 }                            ; true
            { $.level > 3 }                                      ; false
            """)
    void conditions(String pattern, boolean matches) {
        String event =
                """
                {"status": 500, "level": "ERROR", "path": "/api/orders", "ok": true, "gone": null, "odd name": 1.5,
                 "nested": {"list": [{"name": "a"}, {"name": "b"}]}}""";
        assertThat(FilterPattern.parse(pattern).matches(event)).isEqualTo(matches);
        assertThat(FilterPattern.parse(pattern).matches("no JSON")).isFalse();
        assertThat(FilterPattern.parse(pattern).matches("{ no JSON")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            foo.bar               | Invalid character(s) in term 'foo.bar'
            -                     | Invalid character(s) in term ''
            "open                 | the quote at position 1 has no end
            { $.a = }             | at position 9 there should be a value
            { $.a = 1             | there should be '}'
            { a = 1 }             | a selector such as $.field
            { $.a ! 1 }           | one of = != < <= > >=
            { $.a > "x" }         | > needs a number, not 'x'
            { $.a IS ODD }        | NULL, TRUE or FALSE
            { $.a = 1 } x         | nothing more
            """)
    void whatMakesNoSense(String pattern, String message) {
        assertThatThrownBy(() -> FilterPattern.parse(pattern))
                .isInstanceOfSatisfying(
                        AwsError.class, e -> assertThat(e.code()).isEqualTo("InvalidParameterException"))
                .hasMessageContaining(message);
    }

    @Test
    void whatIsNotSupportedIsRefusedByName() {
        for (String pattern : new String[] {"[ip, user, status = 4*]", "%AUTH\\d+%", "{ $.a = %x% }"}) {
            assertThatThrownBy(() -> FilterPattern.parse(pattern))
                    .isInstanceOfSatisfying(
                            AwsError.class, e -> assertThat(e.code()).isEqualTo("NotImplementedByLocalAws"));
        }
    }
}
