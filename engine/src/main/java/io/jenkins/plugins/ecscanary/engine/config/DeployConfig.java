package io.jenkins.plugins.ecscanary.engine.config;

import io.jenkins.plugins.ecscanary.engine.config.KeyValueLines.Entry;
import io.jenkins.plugins.ecscanary.engine.model.ScanRequirement;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import io.jenkins.plugins.ecscanary.engine.taskdef.TemplateValue;
import io.jenkins.plugins.ecscanary.engine.text.NearestName;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is deployed where, from a file of {@code KEY=VALUE} lines (see {@link ConfigKey}). All of it is checked when it is
 * read; a key that is not in the file is empty here.
 */
public final class DeployConfig {

    private static final String TEMPLATE_VALUE = "TASKDEF_";

    private final Path file;
    private final Map<ConfigKey, Object> values = new TreeMap<>();
    private final Map<ConfigKey, String> places = new TreeMap<>();
    private final Map<String, TemplateValue> templateValues = new TreeMap<>();

    private DeployConfig(Path file) {
        this.file = file;
    }

    /** @throws ConfigException if the file cannot be read, or anything in it not used */
    public static DeployConfig read(Path file) {
        try {
            return parse(file, Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ConfigException(List.of(file + ": there is no such file; create it or name another"));
        } catch (MalformedInputException e) {
            throw new ConfigException(List.of(file + ": is not UTF-8 text"));
        } catch (IOException e) {
            throw new ConfigException(List.of(file + ": cannot be read: " + e));
        }
    }

    /**
     * @param file for messages, and what paths in it are relative to
     * @throws ConfigException with every problem in it
     */
    public static DeployConfig parse(Path file, String text) {
        List<String> problems = new ArrayList<>();
        DeployConfig config = new DeployConfig(file);
        new KeyValueLines(file.toString(), text, problems)
                .entries()
                .forEach((key, entry) -> config.take(key, entry, problems));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return config;
    }

    private void take(String name, Entry entry, List<String> problems) {
        Optional<ConfigKey> key = Arrays.stream(ConfigKey.values())
                .filter(k -> k.name().equals(name))
                .findFirst();
        if (key.isPresent()) {
            try {
                values.put(key.get(), key.get().type().read(entry.value()));
                places.put(key.get(), entry.where());
            } catch (IllegalArgumentException e) {
                problems.add(entry.where() + ": " + name + ": " + e.getMessage() + ", got \"" + entry.value() + "\"");
            }
        } else if (name.startsWith(TEMPLATE_VALUE) && name.length() > TEMPLATE_VALUE.length()) {
            templateValues.put(
                    name.substring(TEMPLATE_VALUE.length()), new TemplateValue(entry.value(), entry.where()));
        } else {
            List<String> known =
                    Arrays.stream(ConfigKey.values()).map(ConfigKey::name).toList();
            problems.add(entry.where() + ": " + name + " is no key" + NearestName.hint(name, known)
                    + " (values for the task definition's template start with " + TEMPLATE_VALUE + ")");
        }
    }

    public Optional<String> region() {
        return value(ConfigKey.REGION, String.class);
    }

    public Optional<String> cluster() {
        return value(ConfigKey.CLUSTER, String.class);
    }

    public Optional<String> service() {
        return value(ConfigKey.SERVICE, String.class);
    }

    /** An http or https URL with a host. */
    public Optional<URI> endpoint() {
        return value(ConfigKey.ENDPOINT_URL, URI.class);
    }

    public Optional<String> roleArn() {
        return value(ConfigKey.ROLE_ARN, String.class);
    }

    public Optional<String> externalId() {
        return value(ConfigKey.EXTERNAL_ID, String.class);
    }

    public Optional<String> roleSessionName() {
        return value(ConfigKey.ROLE_SESSION_NAME, String.class);
    }

    public Optional<String> codeDeployApplication() {
        return value(ConfigKey.CODEDEPLOY_APPLICATION, String.class);
    }

    public Optional<String> codeDeployGroup() {
        return value(ConfigKey.CODEDEPLOY_GROUP, String.class);
    }

    public Optional<String> codeDeployConfig() {
        return value(ConfigKey.CODEDEPLOY_CONFIG, String.class);
    }

    public Optional<String> container() {
        return value(ConfigKey.CONTAINER, String.class);
    }

    public Optional<String> imageRepository() {
        return value(ConfigKey.IMAGE_REPOSITORY, String.class);
    }

    /** In percent, above 0, at most 100. */
    public Optional<Double> successRateThreshold() {
        return value(ConfigKey.SUCCESS_RATE_THRESHOLD, Double.class);
    }

    public Optional<Integer> successRateDatapoints() {
        return value(ConfigKey.SUCCESS_RATE_DATAPOINTS, Integer.class);
    }

    public Optional<Integer> minRequests() {
        return value(ConfigKey.MIN_REQUESTS, Integer.class);
    }

    public Optional<Boolean> createAlarms() {
        return value(ConfigKey.CREATE_ALARMS, Boolean.class);
    }

    public Optional<Boolean> taskLogs() {
        return value(ConfigKey.TASK_LOGS, Boolean.class);
    }

    public Optional<Duration> timeout() {
        return value(ConfigKey.TIMEOUT_MINUTES, Duration.class);
    }

    /** At least 2. */
    public Optional<Integer> keepRevisions() {
        return value(ConfigKey.KEEP_REVISIONS, Integer.class);
    }

    /** Relative to the file's directory in the file, not here. */
    public Optional<Path> taskDefinitionTemplate() {
        return value(ConfigKey.TASK_DEFINITION_TEMPLATE, Path.class).map(file::resolveSibling);
    }

    /** Relative to the file's directory in the file, not here. */
    public Optional<Path> appSpec() {
        return value(ConfigKey.APPSPEC, Path.class).map(file::resolveSibling);
    }

    /** An argument list. */
    @SuppressWarnings("unchecked")
    public Optional<List<String>> beforeTraffic() {
        return Optional.ofNullable((List<String>) values.get(ConfigKey.BEFORE_TRAFFIC));
    }

    public Optional<String> beforeTrafficContainer() {
        return value(ConfigKey.BEFORE_TRAFFIC_CONTAINER, String.class);
    }

    public Optional<Duration> beforeTrafficTimeout() {
        return value(ConfigKey.BEFORE_TRAFFIC_TIMEOUT_MINUTES, Duration.class);
    }

    /** Empty where it is not demanded that the image was scanned. */
    @SuppressWarnings("unchecked")
    public Optional<ScanRequirement> requireScan() {
        return Optional.ofNullable((Optional<ScanRequirement>) values.get(ConfigKey.REQUIRE_SCAN))
                .flatMap(required -> required);
    }

    public Optional<WaitFor> waitFor() {
        return value(ConfigKey.WAIT_FOR, WaitFor.class);
    }

    @SuppressWarnings("unchecked")
    public Optional<List<String>> alarms() {
        return Optional.ofNullable((List<String>) values.get(ConfigKey.ALARMS));
    }

    /** Rising, from 1 to 100. */
    @SuppressWarnings("unchecked")
    public Optional<List<Integer>> milestones() {
        return Optional.ofNullable((List<Integer>) values.get(ConfigKey.MILESTONES));
    }

    /** Values for the template by placeholder: {@code TASKDEF_CPU=256} gives {@code CPU}. */
    public Map<String, TemplateValue> templateValues() {
        return Collections.unmodifiableMap(templateValues);
    }

    /** {@code file:line} of a key, or the file where it is not set: for messages about it. */
    public String where(ConfigKey key) {
        return places.getOrDefault(key, file.toString());
    }

    private <T> Optional<T> value(ConfigKey key, Class<T> type) {
        return Optional.ofNullable(values.get(key)).map(type::cast);
    }
}
