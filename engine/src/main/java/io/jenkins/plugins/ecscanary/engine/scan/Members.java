package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The names of an object's members that mean something here, each with a number. */
final class Members {

    static final int UNKNOWN = -1;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, String> lowerCase = new HashMap<>();
    private final List<String> names;

    /** @param names at most 64; a name's number is its place */
    Members(String... names) {
        this.names = List.of(names);
        for (String name : names) {
            numbers.put(name, numbers.size());
            lowerCase.put(name.toLowerCase(Locale.ROOT), name);
        }
    }

    int number(String name) {
        return numbers.getOrDefault(name, UNKNOWN);
    }

    int size() {
        return names.size();
    }

    String name(int number) {
        return names.get(number);
    }

    /** The name that differs from an unknown one only by capitals, or null. Such a member would else be overlooked. */
    String meant(String name) {
        return name.length() > 64 ? null : lowerCase.get(name.toLowerCase(Locale.ROOT));
    }
}
