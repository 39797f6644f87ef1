package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.Util;
import hudson.util.FormValidation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lists and maps in a form, which has one text for each: a Pipeline has the lists and maps themselves. */
public final class FormText {

    private FormText() {}

    /** One on each line. */
    public static List<String> words(String text) {
        return text == null
                ? List.of()
                : text.lines().map(String::trim).filter(line -> !line.isEmpty()).toList();
    }

    /**
     * With commas or blanks between them.
     *
     * @throws IllegalArgumentException naming what is no number
     */
    public static List<Integer> numbers(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String word : Arrays.asList(Util.fixNull(text).trim().split("[\\s,]+"))) {
            if (!word.isEmpty()) {
                try {
                    numbers.add(Integer.valueOf(word));
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException(Messages.FormText_BadNumber(word), e);
                }
            }
        }
        return numbers;
    }

    /**
     * {@code NAME=VALUE} on each line.
     *
     * @throws IllegalArgumentException naming the line that is something else
     */
    public static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new TreeMap<>();
        for (String line : words(text)) {
            int at = line.indexOf('=');
            if (at < 1) {
                throw new IllegalArgumentException(Messages.FormText_BadPair(line));
            }
            pairs.put(line.substring(0, at).trim(), line.substring(at + 1).trim());
        }
        return pairs;
    }

    public static FormValidation check(Runnable reading) {
        try {
            reading.run();
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    public static String ofWords(List<String> words) {
        return words == null ? "" : String.join("\n", words);
    }

    public static String ofNumbers(List<Integer> numbers) {
        return numbers == null ? "" : numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    public static String ofPairs(Map<String, String> pairs) {
        return pairs == null
                ? ""
                : new TreeMap<>(pairs)
                        .entrySet().stream()
                                .map(pair -> pair.getKey() + "=" + pair.getValue())
                                .collect(Collectors.joining("\n"));
    }
}
