package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The attributes a kind of resource has, with AWS's keys, values and defaults. Only what differs from the default is
 * remembered of a resource.
 */
final class AttributeTable {

    private final String resource;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    /** @param resource such as {@code target group} */
    AttributeTable(String resource) {
        this.resource = resource;
    }

    /** What values an attribute can have. */
    @FunctionalInterface
    interface Values {
        /** @return null if the value is good, otherwise what it must be */
        String mustBe(String value);
    }

    /** @param lies what AWS accepts and we can't do */
    private record Kind(String standard, Values values, Predicate<String> lies) {}

    private void put(String key, String standard, Values values) {
        kinds.put(key, new Kind(standard, values, value -> false));
    }

    AttributeTable flag(String key, boolean standard) {
        return choice(key, Boolean.toString(standard), "true", "false");
    }

    AttributeTable choice(String key, String standard, String... allowed) {
        List<String> all = List.of(allowed);
        put(key, standard, value -> all.contains(value) ? null : "one of " + all);
        return this;
    }

    AttributeTable number(String key, int standard, int min, int max) {
        put(key, Integer.toString(standard), value -> inRange(value, min, max));
        return this;
    }

    /** A number, or {@code off}. */
    AttributeTable numberOrOff(String key, String standard, int min, int max) {
        put(key, standard, value -> "off".equals(value) ? null : inRange(value, min, max));
        return this;
    }

    AttributeTable text(String key, String standard, String pattern, String what) {
        put(key, standard, value -> value.matches(pattern) ? null : what);
        return this;
    }

    /** AWS knows other values too, which would be a lie here: they are refused by name. */
    AttributeTable only(String key, String standard) {
        kinds.put(key, new Kind(standard, value -> null, value -> !value.equals(standard)));
        return this;
    }

    /** One more value that AWS knows and that would be a lie here. */
    AttributeTable butNot(String key, String refused) {
        Kind kind = kinds.get(key);
        kinds.put(key, new Kind(kind.standard(), kind.values(), kind.lies().or(refused::equals)));
        return this;
    }

    private static String inRange(String value, int min, int max) {
        String must = "in the inclusive range of " + min + " to " + max;
        boolean number = value.matches("\\d{1,9}");
        return number && Integer.parseInt(value) >= min && Integer.parseInt(value) <= max ? null : must;
    }

    /** The values as they are after a change; nothing is changed if a key or a value is not good. */
    Map<String, String> changed(Map<String, String> now, List<Attribute> given) {
        Map<String, String> next = new LinkedHashMap<>(now);
        for (Attribute attribute : given) {
            Kind kind = kinds.get(Require.present(attribute.key(), resource + " attribute key"));
            if (kind == null) {
                throw Require.invalid(unknown(attribute.key()));
            }
            String value = attribute.value() == null ? "" : attribute.value();
            if (kind.lies().test(value)) {
                throw AwsError.unsupported(resource + " attribute " + attribute.key() + " '" + value
                        + "' (its default is '" + kind.standard() + "')");
            }
            String must = kind.values().mustBe(value);
            if (must != null) {
                throw Require.invalid("The value '" + value + "' of the " + resource + " attribute '" + attribute.key()
                        + "' must be " + must);
            }
            if (value.equals(kind.standard())) {
                next.remove(attribute.key());
            } else {
                next.put(attribute.key(), value);
            }
        }
        return next;
    }

    private String unknown(String key) {
        return Character.toUpperCase(resource.charAt(0)) + resource.substring(1) + " attribute key '" + key
                + "' is not recognized";
    }

    String value(Map<String, String> values, String key) {
        return values.getOrDefault(key, kinds.get(key).standard());
    }

    int number(Map<String, String> values, String key) {
        return Integer.parseInt(value(values, key));
    }

    boolean isOn(Map<String, String> values, String key) {
        return "true".equals(value(values, key));
    }

    List<Attribute> shown(Map<String, String> values) {
        List<Attribute> shown = new ArrayList<>();
        kinds.keySet().forEach(key -> shown.add(new Attribute(key, value(values, key))));
        return shown;
    }

    static List<Attribute> attributes(Map<String, String> values) {
        List<Attribute> attributes = new ArrayList<>();
        values.forEach((key, value) -> attributes.add(new Attribute(key, value)));
        return attributes;
    }

    /** On the wire. */
    record Attribute(String key, String value) {}
}
