package io.jenkins.plugins.ecscanary.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.infra.settings.SettingsReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awscdk.assertions.Template;

/** Templates by settings, each synthesized once. */
final class Synth {

    private static final Map<Map<String, String>, Resources> DONE = new ConcurrentHashMap<>();

    private Synth() {}

    /** Of the first region. No {@code deploy.config} is read. */
    static Resources of(Map<String, String> settings) {
        return DONE.computeIfAbsent(
                Map.copyOf(settings), s -> resources(stacks(s).get(0)));
    }

    static Resources defaults() {
        return of(Map.of());
    }

    static Resources resources(CanaryStack stack) {
        JsonNode template =
                new ObjectMapper().valueToTree(Template.fromStack(stack).toJSON());
        return new Resources(template);
    }

    /** In an app of their own. */
    static List<CanaryStack> stacks(Map<String, String> settings) {
        Map<String, String> context = new HashMap<>(settings);
        context.putIfAbsent(SettingsReader.DEPLOY_CONFIG, "src/test/resources/empty.config");
        return InfraApp.stacks(InfraApp.app(), SettingsReader.read(context));
    }
}
