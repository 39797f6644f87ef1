package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.ScanRequirement;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether the image must have been scanned; where nothing is given, it is as it was. */
public final class ScanRequirementOptions {

    @Option(
            names = "--require-scan",
            paramLabel = "AGE",
            arity = "0..1",
            fallbackValue = "",
            preprocessor = OnlyAttached.class,
            converter = Age.class,
            description =
                    "Deploy the image only if the newest scan that 'ecs-canary scan' made of this very image passed"
                            + " and, with =AGE, is at most so old (12h, 7d). Default: no.")
    private ScanRequirement required;

    @Option(names = "--no-require-scan", description = "Deploy without a scan, whatever deploy.config says.")
    private boolean without;

    public DeploymentOptions over(DeploymentOptions base) {
        if (required != null && without) {
            throw new CliFailure(ExitCode.USAGE, "--require-scan and --no-require-scan contradict each other");
        }
        if (without) {
            return base.withRequireScan(null);
        }
        return required == null ? base : base.withRequireScan(required);
    }

    /** {@code --require-scan} or {@code --require-scan=7d}. */
    static final class Age implements ITypeConverter<ScanRequirement> {
        @Override
        public ScanRequirement convert(String value) {
            return value.isEmpty() ? ScanRequirement.OF_ANY_AGE : new ScanRequirement(new TimeSpan().convert(value));
        }
    }

    /** What follows after a blank is not the age but the command's own: {@code redeploy --require-scan previous}. */
    static final class OnlyAttached implements IParameterPreprocessor {
        @Override
        public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if (" ".equals(info.get("separator"))) {
                args.push("");
            }
            return false;
        }
    }
}
