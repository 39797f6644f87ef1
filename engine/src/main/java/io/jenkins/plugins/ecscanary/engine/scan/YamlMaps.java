package io.jenkins.plugins.ecscanary.engine.scan;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.jenkins.plugins.ecscanary.engine.config.ConfigException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A YAML document with one key, under which there is a list of maps from names to single values. Aliases, tags of objects and
 * anything else that YAML can do beyond that are refused.
 */
final class YamlMaps {

    private static final YAMLFactory YAML = new YAMLFactory();

    private final YAMLParser parser;
    private final String name;
    private final String key;

    /** @param line from 1 on */
    record Entry(String value, int line) {}

    private YamlMaps(YAMLParser parser, String name, String key) {
        this.parser = parser;
        this.name = name;
        this.key = key;
    }

    /**
     * @return none if there is nothing in the document, or nothing under the key
     * @throws ConfigException for the first thing that is something else
     */
    static List<Map<String, Entry>> under(String key, String text, String name) {
        try (YAMLParser parser = YAML.createParser(text)) {
            return new YamlMaps(parser, name, key).read();
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            String first = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new ConfigException(
                    List.of(name + ":" + Math.max(1, line) + ": is no YAML: " + Printable.line(first, 200)));
        } catch (IOException e) {
            throw new ConfigException(List.of(name + ": cannot be read: " + e));
        }
    }

    private List<Map<String, Entry>> read() throws IOException {
        List<Map<String, Entry>> maps = new ArrayList<>();
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return maps;
        }
        if (first != JsonToken.START_OBJECT) {
            throw problem("expected " + key + ": and a list under it");
        }
        boolean seen = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String found = parser.currentName();
            if (!key.equals(found)) {
                throw problem("'" + Printable.line(found, 60) + "' is no key at the top; there is only " + key);
            }
            if (seen) {
                throw problem(key + " is there twice; put both lists together");
            }
            seen = true;
            parser.nextToken();
            list(maps);
        }
        if (parser.nextToken() != null) {
            throw problem("there is a second document; put both together");
        }
        return maps;
    }

    private void list(List<Map<String, Entry>> maps) throws IOException {
        checkPlain();
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw problem("expected a list under " + key + ", each entry beginning with -");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            checkPlain();
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw problem("expected an entry with id:, reason:, owner: and expires:");
            }
            maps.add(map());
        }
    }

    private Map<String, Entry> map() throws IOException {
        Map<String, Entry> map = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            int line = line();
            parser.nextToken();
            checkPlain();
            if (!parser.currentToken().isScalarValue()) {
                throw problem(Printable.line(member, 60) + " has to have one value, not a list or a map");
            }
            String value = parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getText();
            if (map.put(member, new Entry(value, line)) != null) {
                throw problem(Printable.line(member, 60) + " is there twice in one entry; remove one of the two");
            }
        }
        if (map.isEmpty()) {
            throw problem("there is an entry with nothing in it; remove it");
        }
        return map;
    }

    /** An alias would be read as its name. */
    private void checkPlain() {
        if (parser.isCurrentAlias()) {
            throw problem("aliases (*) are not followed; write the value out, or in quotes");
        }
    }

    private int line() {
        JsonLocation location = parser.currentTokenLocation();
        return Math.max(1, location.getLineNr());
    }

    private ConfigException problem(String what) {
        return new ConfigException(List.of(name + ":" + line() + ": " + what));
    }
}
