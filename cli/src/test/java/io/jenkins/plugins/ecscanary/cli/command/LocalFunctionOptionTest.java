package io.jenkins.plugins.ecscanary.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.cli.Cli;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ecs-canary local --function} with what is no function: one message, and nothing is started. */
class LocalFunctionOptionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check=http://example.com/ | not an http URL of this machine",
                "check=https://127.0.0.1/ | not an http URL of this machine",
                "check=http://a b/ | is not a URL",
                "check=/no/such/program | nor a program that can be run",
                "check= | needs a program",
                "a/b=/bin/sh | function name 'a/b'",
                "check | NAME=TARGET",
            })
    void isRefusedSayingWhy(String value, String reason, @TempDir Path directory) {
        Cli cli = new Cli(directory);
        assertThat(cli.run("local", "--function", value)).isEqualTo(2);
        assertThat(cli.err()).contains("--function", reason);
        assertThat(cli.out()).isEmpty();
    }
}
