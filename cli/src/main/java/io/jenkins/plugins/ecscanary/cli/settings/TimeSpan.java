package io.jenkins.plugins.ecscanary.cli.settings;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 90s}, {@code 45m}, {@code 2h}. */
public final class TimeSpan implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String value) {
        try {
            return io.jenkins.plugins.ecscanary.engine.text.TimeSpan.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
