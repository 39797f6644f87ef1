package io.jenkins.plugins.ecscanary.infra.settings;

import io.jenkins.plugins.ecscanary.infra.settings.KeyValueLines.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads {@link Settings}: what CDK context says counts before {@code deploy.config}, and that before the usual. Nothing is
 * synthesized unless all of it can be used.
 */
public final class SettingsReader {

    /** In CDK context: another {@code deploy.config}; by default the one in the directory above, if it is there. */
    public static final String DEPLOY_CONFIG = "deployConfig";

    private static final Path USUAL_FILE = Path.of("..", "deploy.config");

    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> context;
    private Map<String, Entry> file = Map.of();

    private SettingsReader(Map<String, String> context) {
        this.context = context;
    }

    /**
     * @param context CDK's; names with a colon or a slash in them are the CDK's own
     * @throws SettingsException with every problem
     */
    public static List<Settings> read(Map<String, ?> context) {
        return new SettingsReader(texts(context)).read();
    }

    private static Map<String, String> texts(Map<String, ?> context) {
        return context.entrySet().stream()
                .filter(entry -> entry.getValue() != null
                        && !entry.getKey().contains(":")
                        && !entry.getKey().contains("/"))
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getValue())));
    }

    /** A list in cdk.json is as good as commas. */
    private static String text(Object value) {
        if (value instanceof Collection<?> items) {
            return items.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return value instanceof Double number && number == Math.rint(number)
                ? String.valueOf(number.longValue())
                : String.valueOf(value);
    }

    private List<Settings> read() {
        Set<String> unknown = new TreeSet<>(context.keySet());
        Arrays.stream(Setting.values()).map(Setting::context).forEach(unknown::remove);
        unknown.remove(DEPLOY_CONFIG);
        unknown.forEach(
                name -> problems.add("context " + name + " is no setting; docs/infrastructure.md has them all"));
        readFile();
        Map<Setting, Object> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            read(setting, values);
        }
        List<Settings> settings = List.of();
        if (problems.isEmpty()) {
            problems.addAll(SettingsRules.problems(values));
        }
        if (problems.isEmpty()) {
            settings = new SettingsBuilder(values).all();
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return settings;
    }

    private void readFile() {
        String named = context.get(DEPLOY_CONFIG);
        Path path = named == null ? USUAL_FILE : Path.of(named);
        if (named == null && !Files.exists(path)) {
            return;
        }
        try {
            file = KeyValueLines.read(path.toString(), Files.readString(path), problems);
        } catch (IOException e) {
            problems.add(path + ": can't be read: " + e);
        }
    }

    private void read(Setting setting, Map<Setting, Object> values) {
        String text = context.get(setting.context());
        String where = "context " + setting.context();
        if (text == null) {
            String key = setting.deployConfig().orElse("");
            Entry entry = file.get(key);
            if (entry != null) {
                text = entry.value();
                where = entry.where() + ": " + key;
            } else if (setting.usual().isPresent()) {
                text = setting.usual().get();
            } else {
                return;
            }
        }
        Object value = setting.type().read(text);
        if (value == null) {
            problems.add(where + ": expected " + setting.type().expected() + "; got \"" + text + "\"");
        } else {
            values.put(setting, value);
        }
    }
}
