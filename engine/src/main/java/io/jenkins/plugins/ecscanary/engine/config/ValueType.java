package io.jenkins.plugins.ecscanary.engine.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.engine.model.ScanRequirement;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import io.jenkins.plugins.ecscanary.engine.text.TimeSpan;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a key's value may be; reading another one throws an IllegalArgumentException that says what is expected. */
enum ValueType {
    TEXT(ValueType::text),
    URL(ValueType::url),
    PATH(ValueType::path),
    PERCENTAGE(ValueType::percentage),
    COUNT(text -> whole(text, 1, Integer.MAX_VALUE, "a whole number from 1 on")),
    COUNT_OR_ZERO(text -> whole(text, 0, Integer.MAX_VALUE, "a whole number from 0 on")),
    TWO_OR_MORE(text -> whole(text, 2, Integer.MAX_VALUE, "a whole number from 2 on")),
    MINUTES(text -> Duration.ofMinutes(whole(text, 1, 10_080, "whole minutes from 1 to 10080 (a week)"))),
    SWITCH(ValueType::onOrOff),
    NAMES(ValueType::names),
    WEIGHTS(ValueType::weights),
    WAIT_FOR(ValueType::waitFor),
    ARGUMENTS(ValueType::arguments),
    SCAN(ValueType::scan);

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Function<String, Object> reader;

    ValueType(Function<String, Object> reader) {
        this.reader = reader;
    }

    Object read(String text) {
        return reader.apply(text);
    }

    private static String text(String text) {
        if (text.isBlank() || !text.equals(text.strip())) {
            throw new IllegalArgumentException("expected a name without blanks around it");
        }
        return text;
    }

    private static URI url(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && List.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Answered below: what is wrong with it in detail helps nobody.
        }
        throw new IllegalArgumentException("expected a URL such as http://127.0.0.1:4566");
    }

    private static Path path(String text) {
        try {
            return Path.of(text(text));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("expected a file's path (" + e.getReason() + ")", e);
        }
    }

    private static Double percentage(String text) {
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && value <= 100) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number out of range.
        }
        throw new IllegalArgumentException("expected a percentage above 0 and not above 100, such as 99.5");
    }

    private static Integer whole(String text, int least, int most, String expected) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number out of range.
        }
        throw new IllegalArgumentException("expected " + expected);
    }

    private static Boolean onOrOff(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        throw new IllegalArgumentException("expected true or false");
    }

    private static List<String> names(String text) {
        List<String> names =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (names.contains("") || names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException("expected different names with commas between them");
        }
        return names;
    }

    private static WaitFor waitFor(String text) {
        return switch (text) {
            case "completed" -> WaitFor.COMPLETED;
            case "shifted" -> WaitFor.SHIFTED;
            default -> throw new IllegalArgumentException("expected completed or shifted");
        };
    }

    /** A JSON list and not a line to be split: nothing in it means anything to a shell. */
    private static List<String> arguments(String text) {
        String expected = "expected a JSON list of texts such as [\"java\", \"-cp\", \"app.jar\", \"Migrate\"]";
        try {
            JsonNode list = JSON.readTree(text);
            List<String> arguments = new ArrayList<>();
            list.forEach(argument -> arguments.add(argument.textValue()));
            if (list.isArray() && !arguments.isEmpty() && !arguments.contains(null)) {
                return List.copyOf(arguments);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(expected, e);
        }
        throw new IllegalArgumentException(expected);
    }

    /** An Optional. */
    private static Optional<ScanRequirement> scan(String text) {
        if (text.equals("false")) {
            return Optional.empty();
        }
        if (text.equals("true")) {
            return Optional.of(ScanRequirement.OF_ANY_AGE);
        }
        try {
            return Optional.of(new ScanRequirement(TimeSpan.parse(text)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected true, false, or the greatest age of a scan such as 12h or 7d", e);
        }
    }

    private static List<Integer> weights(String text) {
        String expected = "weights that rise from 1 to 100, with commas between them, such as 10,20,50,70,100";
        List<Integer> weights = Arrays.stream(text.split(",", -1))
                .map(weight -> whole(weight.strip(), 1, 100, expected))
                .toList();
        for (int i = 1; i < weights.size(); i++) {
            if (weights.get(i) <= weights.get(i - 1)) {
                throw new IllegalArgumentException("expected " + expected);
            }
        }
        return weights;
    }
}
