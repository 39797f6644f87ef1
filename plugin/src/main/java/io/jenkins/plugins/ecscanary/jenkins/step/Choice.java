package io.jenkins.plugins.ecscanary.jenkins.step;

import java.util.Arrays;
import java.util.Locale;

/** Parameters with a few words to choose from, as a Pipeline has them: {@code rollback}, {@code deployOnly}. */
public final class Choice {

    private Choice() {}

    /**
     * @param parameter its name, for the message
     * @throws IllegalArgumentException naming the words there are
     */
    public static <E extends Enum<E>> E of(Class<E> words, String parameter, String given) {
        for (E word : words.getEnumConstants()) {
            if (text(word).equals(given)) {
                return word;
            }
        }
        String known = Arrays.stream(words.getEnumConstants())
                .map(word -> "'" + text(word) + "'")
                .reduce(Messages::Choice_Or)
                .orElseThrow();
        throw new IllegalArgumentException(Messages.Choice_Unknown(parameter, given, known));
    }

    public static String text(Enum<?> word) {
        StringBuilder text = new StringBuilder();
        for (String part : word.name().toLowerCase(Locale.ROOT).split("_")) {
            text.append(text.length() == 0 ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return text.toString();
    }
}
