package io.jenkins.plugins.ecscanary.engine.scan;

import io.jenkins.plugins.ecscanary.engine.config.ConfigException;
import io.jenkins.plugins.ecscanary.engine.scan.YamlMaps.Entry;
import io.jenkins.plugins.ecscanary.engine.text.NearestName;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of waivers, kept beside what it is about, in YAML (JSON is YAML):
 *
 * <pre>
 * waivers:
 *   - id: CVE-2023-0286
 *     package: openssl      # where it is left out: everywhere
 *     reason: not reachable, X.400 addresses are not parsed
 *     owner: team-web
 *     expires: 2026-12-31   # the last day on which it holds, in UTC
 * </pre>
 *
 * Everything but {@code package} has to be there. What is not understood is refused: a waiver that is overlooked surprises
 * somebody, and one that is half read waives what nobody meant.
 */
public final class WaiverFile {

    private static final int LONGEST_FILE = 1_000_000;
    private static final int LONGEST_VALUE = 1000;
    private static final List<String> KEYS = List.of("id", "package", "reason", "owner", "expires");
    private static final List<String> NEEDED = List.of("id", "reason", "owner", "expires");

    private final String name;
    private final List<String> problems = new ArrayList<>();
    private final List<Waiver> waivers = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private WaiverFile(String name) {
        this.name = name;
    }

    /** @throws ConfigException if it cannot be read, or anything in it not used */
    public static List<Waiver> read(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new ConfigException(List.of(file + ": is longer than " + LONGEST_FILE
                        + " bytes; a file of waivers is written by people, name that one"));
            }
            return parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new ConfigException(List.of(file + ": there is no such file; create it or name another"));
        } catch (MalformedInputException e) {
            throw new ConfigException(List.of(file + ": is not UTF-8 text"));
        } catch (IOException e) {
            throw new ConfigException(List.of(file + ": cannot be read: " + e));
        }
    }

    /**
     * @param name for messages
     * @return in the file's order; none if there is nothing in it
     * @throws ConfigException with every problem in it, each with its line
     */
    public static List<Waiver> parse(String text, String name) {
        if (text.length() > LONGEST_FILE) {
            throw new ConfigException(List.of(name + ": is longer than " + LONGEST_FILE + " characters"));
        }
        WaiverFile file = new WaiverFile(name);
        for (Map<String, Entry> entries : YamlMaps.under("waivers", text, name)) {
            file.take(entries);
        }
        if (!file.problems.isEmpty()) {
            throw new ConfigException(file.problems);
        }
        return List.copyOf(file.waivers);
    }

    private void take(Map<String, Entry> entries) {
        int before = problems.size();
        int line = entries.values().stream().mapToInt(Entry::line).min().orElse(0);
        entries.forEach(this::check);
        for (String key : NEEDED) {
            if (!entries.containsKey(key)) {
                problems.add(where(line) + "a waiver has no " + key + "; " + why(key));
            }
        }
        if (problems.size() > before) {
            return;
        }
        Entry expires = entries.get("expires");
        try {
            Waiver waiver = new Waiver(
                    value(entries, "id"),
                    value(entries, "package"),
                    value(entries, "reason"),
                    value(entries, "owner"),
                    LocalDate.parse(expires.value().strip()),
                    line);
            Integer earlier = lines.putIfAbsent(waiver.id() + "\n" + waiver.packageName(), line);
            if (earlier == null) {
                waivers.add(waiver);
            } else {
                problems.add(where(line) + waiver.id() + (waiver.packageName() == null ? "" : " in ")
                        + (waiver.packageName() == null ? "" : waiver.packageName()) + " is waived already in line "
                        + earlier + "; remove one of the two");
            }
        } catch (DateTimeParseException e) {
            problems.add(where(expires.line()) + "expires: '" + Printable.line(expires.value(), 60)
                    + "' is no date such as 2026-12-31");
        }
    }

    private void check(String key, Entry entry) {
        if (!KEYS.contains(key)) {
            String shown = Printable.line(key, 60);
            problems.add(where(entry.line()) + "'" + shown + "' is no key of a waiver" + NearestName.hint(shown, KEYS)
                    + " (there are " + String.join(", ", KEYS) + ")");
        } else if (entry.value().isBlank()) {
            problems.add(where(entry.line()) + key + " is empty; " + why(key));
        } else if (entry.value().length() > LONGEST_VALUE) {
            problems.add(where(entry.line()) + key + " has " + entry.value().length() + " characters; at most "
                    + LONGEST_VALUE + " are taken");
        }
    }

    private static String value(Map<String, Entry> entries, String key) {
        Entry entry = entries.get(key);
        return entry == null ? null : Printable.line(entry.value().strip(), LONGEST_VALUE * 6);
    }

    private static String why(String key) {
        return switch (key) {
            case "reason" -> "say why the finding is accepted";
            case "owner" -> "say who answers for it";
            case "expires" -> "give the last day on which it holds, such as 2026-12-31";
            case "package" -> "name what the finding is in, or leave the key out";
            default -> "name the finding, such as CVE-2023-0286";
        };
    }

    private String where(int line) {
        return name + ":" + line + ": ";
    }
}
