package io.jenkins.plugins.ecscanary.cli.command;

import io.jenkins.plugins.ecscanary.localaws.faults.FaultRule;
import io.jenkins.plugins.ecscanary.localaws.faults.InvalidFaultException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code ecs:DescribeServices=throttle@0.1}. */
final class FaultConverter implements ITypeConverter<FaultRule> {

    @Override
    public FaultRule convert(String text) {
        try {
            return FaultRule.parse(text);
        } catch (InvalidFaultException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
