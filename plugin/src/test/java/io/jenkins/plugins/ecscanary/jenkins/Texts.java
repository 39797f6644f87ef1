package io.jenkins.plugins.ecscanary.jenkins;

import io.jenkins.plugins.ecscanary.jenkins.step.EcsCanaryDeployStep;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ChoiceFormat;
import java.text.DateFormat;
import java.text.Format;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The plugin's texts, found where they lie and not listed by anyone, and what can be wrong with one. */
final class Texts {

    private static final String PACKAGE = "io/jenkins/plugins/ecscanary";

    /** {@code %key} and {@code %key(arguments)} in an expression of a view; a key of several words is its own text. */
    private static final Pattern KEY = Pattern.compile("(?<=[{'])%([A-Za-z][^(}']*)(\\()?");

    private Texts() {}

    /** Of one file beside the classes. */
    record Bundle(Path file, Map<String, String> texts) {
        boolean isOfClasses() {
            return file.endsWith("Messages.properties");
        }

        /** The class that was made of it. */
        String className() {
            String path = root().relativize(file).toString();
            return path.substring(0, path.length() - ".properties".length()).replace('/', '.');
        }

        Path view() {
            return file.resolveSibling(file.getFileName().toString().replace(".properties", ".jelly"));
        }

        @Override
        public String toString() {
            return root().relativize(file).toString();
        }
    }

    /** A text that a view asks for, with so many arguments. */
    record Use(String key, int arguments) {}

    static Path root() {
        try {
            return Path.of(EcsCanaryDeployStep.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Bundle> bundles() throws IOException {
        List<Bundle> bundles = new ArrayList<>();
        for (Path file : files(".properties")) {
            bundles.add(new Bundle(file, read(file)));
        }
        return bundles;
    }

    static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root().resolve(PACKAGE))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Map<String, String> texts = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }

    static List<Use> usesIn(Path view) throws IOException {
        List<Use> uses = new ArrayList<>();
        String jelly = Files.readString(view);
        Matcher matcher = KEY.matcher(jelly);
        while (matcher.find()) {
            uses.add(new Use(matcher.group(1), matcher.group(2) == null ? 0 : argumentsFrom(jelly, matcher.end())));
        }
        return uses;
    }

    private static int argumentsFrom(String jelly, int from) {
        int depth = 1;
        int arguments = 1;
        for (int at = from; depth > 0; at++) {
            char c = jelly.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            arguments += c == ',' && depth == 1 ? 1 : 0;
        }
        return arguments;
    }

    /** What a text's places want: numbers where they are formatted as such, else marks that can be found again. */
    static Object[] arguments(String text, int number) {
        Format[] formats = new MessageFormat(text, Locale.ROOT).getFormatsByArgumentIndex();
        Object[] arguments = new Object[formats.length];
        for (int i = 0; i < formats.length; i++) {
            if (formats[i] instanceof DateFormat) {
                arguments[i] = new Date(0);
            } else if (formats[i] instanceof NumberFormat || formats[i] instanceof ChoiceFormat) {
                arguments[i] = number;
            } else {
                arguments[i] = mark(i);
            }
        }
        return arguments;
    }

    private static String mark(int place) {
        return "«it's {" + place + "}»";
    }

    /**
     * What is wrong with what a reader gets.
     *
     * @param text as the bundle has it
     * @param arguments what was put into it
     * @param shown what came of it
     */
    static List<String> complaints(String text, Object[] arguments, String shown) {
        List<String> complaints = new ArrayList<>();
        String rest = shown;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof String mark) {
                if (!rest.contains(mark)) {
                    complaints.add("nothing of {" + i + "}");
                }
                rest = rest.replace(mark, "");
            }
        }
        // All that is quoted is an apostrophe, or a brace that is one.
        String quoted = text.replace("''", "").replaceAll("'[{}]'", "");
        if (quoted.contains("'")) {
            complaints.add("an apostrophe that is not doubled");
        }
        if (count(rest, "'") != count(text, "''")) {
            complaints.add("apostrophes are lost");
        }
        if (count(rest, "{") != count(text, "'{'") || count(rest, "}") != count(text, "'}'")) {
            complaints.add("a place that nothing was put into");
        }
        if (!shown.equals(shown.strip()) || shown.isEmpty() || shown.contains("  ") || shown.contains("\n")) {
            complaints.add("blanks that are too many");
        }
        if (shown.contains("\u00e2\u20ac") || shown.contains("\ufffd")) {
            complaints.add("it was read in another encoding than it was written in");
        }
        return complaints;
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }
}
