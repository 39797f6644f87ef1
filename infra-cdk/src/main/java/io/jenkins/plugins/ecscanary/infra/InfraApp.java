package io.jenkins.plugins.ecscanary.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import io.jenkins.plugins.ecscanary.infra.settings.SettingsException;
import io.jenkins.plugins.ecscanary.infra.settings.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;

/** What {@code cdk synth} runs: one stack for each region, checked by cdk-nag, and a stack policy beside each template. */
public final class InfraApp {

    /** Of the stack, and of its template in cdk.out. */
    static final String NAME = "ecs-canary";

    private static final int WRONG_SETTINGS = 2;

    private InfraApp() {}

    public static void main(String[] arguments) {
        try {
            synthesize(app());
        } catch (SettingsException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_SETTINGS);
        }
    }

    /**
     * What the CDK's context says.
     *
     * @return the directory it is in
     * @throws SettingsException before anything is written
     */
    static Path synthesize(App app) {
        List<CanaryStack> stacks = stacks(app, SettingsReader.read(context(app)));
        Aspects.of(app).add(new AwsSolutionsChecks());
        Path directory = Path.of(app.synth().getDirectory());
        writePolicies(directory, stacks);
        return directory;
    }

    /** Whose templates are checked against CloudFormation's own schemas, and what does not fit is an error. */
    static App app() {
        return new App(AppProps.builder()
                .context(Map.of("@aws-cdk/core:validateAgainstDefaultRules", true))
                .analyticsReporting(false)
                .build());
    }

    private static Map<String, Object> context(App app) {
        Map<String, Object> context = new LinkedHashMap<>();
        if (app.getNode().getAllContext() instanceof Map<?, ?> all) {
            all.forEach((name, value) -> context.put(String.valueOf(name), value));
        }
        return context;
    }

    /** The first region's has the short id: the others were added to it. */
    static List<CanaryStack> stacks(App app, List<Settings> regions) {
        List<CanaryStack> stacks = new ArrayList<>();
        for (Settings settings : regions) {
            String id = stacks.isEmpty() ? NAME : NAME + "-" + settings.place().region();
            stacks.add(new CanaryStack(app, id, NAME, settings));
        }
        return stacks;
    }

    private static void writePolicies(Path directory, List<CanaryStack> stacks) {
        for (CanaryStack stack : stacks) {
            Path file = directory.resolve(stack.getArtifactId() + ".stack-policy.json");
            try {
                Files.writeString(file, StackPolicy.of(stack));
            } catch (IOException e) {
                throw new UncheckedIOException(file + " can't be written", e);
            }
        }
    }
}
