package io.jenkins.plugins.ecscanary.engine.taskdef;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.engine.taskdef.TemplateParser.Literal;
import io.jenkins.plugins.ecscanary.engine.taskdef.TemplateParser.Piece;
import io.jenkins.plugins.ecscanary.engine.taskdef.TemplateParser.Placeholder;
import io.jenkins.plugins.ecscanary.engine.text.NearestName;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A task definition with placeholders, such as {@code "image": "${IMAGE}"} or {@code "cpu": ${CPU}}.
 *
 * <p>Strict both ways: every placeholder needs a value and every value a placeholder. Within quotes a value is escaped for
 * JSON; a placeholder without quotes takes a number, {@code true} or {@code false}. {@code $${} stands for <code>${</code>.
 */
public final class TaskDefinitionTemplate {

    private static final Pattern BARE = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?|true|false");
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String name;
    private final String text;
    private final List<Piece> pieces;

    private TaskDefinitionTemplate(String name, String text, List<Piece> pieces) {
        this.name = name;
        this.text = text;
        this.pieces = pieces;
    }

    /** @throws TemplateException if the file cannot be read or a placeholder in it is malformed */
    public static TaskDefinitionTemplate read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new TemplateException(List.of(file + ": there is no such file; check TASK_DEFINITION_TEMPLATE"));
        } catch (MalformedInputException e) {
            throw new TemplateException(List.of(file + ": is not " + StandardCharsets.UTF_8 + " text"));
        } catch (IOException e) {
            throw new TemplateException(List.of(file + ": cannot be read: " + e));
        }
    }

    /**
     * @param name the file's name, for messages
     * @throws TemplateException if a placeholder is malformed
     */
    public static TaskDefinitionTemplate parse(String name, String text) {
        TemplateParser parser = new TemplateParser(text);
        TaskDefinitionTemplate template = new TaskDefinitionTemplate(name, text, parser.pieces());
        if (!parser.problems().isEmpty()) {
            throw new TemplateException(parser.problems().stream()
                    .map(problem -> template.at(problem.offset()) + problem.what())
                    .toList());
        }
        return template;
    }

    /** The names that need a value. */
    public SortedSet<String> placeholders() {
        SortedSet<String> names = new TreeSet<>();
        pieces.forEach(piece -> {
            if (piece instanceof Placeholder placeholder) {
                names.add(placeholder.name());
            }
        });
        return names;
    }

    /**
     * The JSON with every value in its place.
     *
     * @param values by placeholder name
     * @throws TemplateException with all problems: placeholders without a value, values without a placeholder, values that
     *     do not fit, a result that is no JSON object
     */
    public String fill(Map<String, TemplateValue> values) {
        List<String> problems = new ArrayList<>();
        StringBuilder filled = new StringBuilder();
        NavigableMap<Integer, Integer> origins = new TreeMap<>();
        for (Piece piece : pieces) {
            origins.put(filled.length(), piece.offset());
            if (piece instanceof Literal literal) {
                filled.append(literal.text());
            } else if (piece instanceof Placeholder placeholder) {
                filled.append(text(placeholder, values, problems));
            }
        }
        SortedSet<String> known = placeholders();
        new TreeMap<>(values).forEach((given, value) -> {
            if (!known.contains(given)) {
                problems.add(value.origin() + ": there is no placeholder ${" + given + "} in " + name
                        + NearestName.hint(given, known));
            }
        });
        if (problems.isEmpty()) {
            requireObject(filled.toString(), origins, problems);
        }
        if (!problems.isEmpty()) {
            throw new TemplateException(problems);
        }
        return filled.toString();
    }

    private String text(Placeholder placeholder, Map<String, TemplateValue> values, List<String> problems) {
        TemplateValue value = values.get(placeholder.name());
        if (value == null) {
            problems.add(at(placeholder.offset()) + "no value for ${" + placeholder.name() + "}"
                    + NearestName.hint(placeholder.name(), values.keySet()));
            return "";
        }
        if (placeholder.inString()) {
            return new String(JsonStringEncoder.getInstance().quoteAsString(value.text()));
        }
        if (!BARE.matcher(value.text()).matches()) {
            problems.add(at(placeholder.offset()) + "${" + placeholder.name()
                    + "} stands without quotes and takes a number, true or false, but its value (" + value.origin()
                    + ") is \"" + value.text() + "\"; put quotes around the placeholder or correct the value");
        }
        return value.text();
    }

    private void requireObject(String filled, NavigableMap<Integer, Integer> origins, List<String> problems) {
        try {
            JsonNode root = JSON.readTree(filled);
            if (!root.isObject()) {
                problems.add(name + ": is no JSON object; a task definition starts with { and ends with }");
            }
        } catch (JsonProcessingException e) {
            int offset = Math.toIntExact(Math.max(0, e.getLocation().getCharOffset()));
            Map.Entry<Integer, Integer> piece = origins.floorEntry(offset);
            int origin = piece == null ? 0 : Math.min(piece.getValue() + offset - piece.getKey(), text.length());
            problems.add(at(origin) + "filled in, this is no JSON: " + e.getOriginalMessage());
        }
    }

    /** {@code file:line:column: }, both counted from 1. */
    private String at(int offset) {
        String before = text.substring(0, offset);
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        int column = offset - before.lastIndexOf('\n');
        return name + ":" + line + ":" + column + ": ";
    }
}
