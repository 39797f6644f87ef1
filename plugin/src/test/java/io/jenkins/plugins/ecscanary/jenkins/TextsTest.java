package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every text of the plugin says all it is to say: nothing is lost on the way from the file to the reader. */
class TextsTest {

    private final List<String> wrong = new ArrayList<>();

    private void complain(Object where, String key, String text, Object[] arguments, String shown) {
        Texts.complaints(text, arguments, shown)
                .forEach(complaint -> wrong.add(where + ", " + key + ": " + complaint + ": " + shown));
    }

    @Test
    void theTextsOfClassesAreWhole() throws Exception {
        int texts = 0;
        for (Texts.Bundle bundle : Texts.bundles()) {
            if (bundle.isOfClasses()) {
                Class<?> messages = Class.forName(bundle.className());
                for (Map.Entry<String, String> text : bundle.texts().entrySet()) {
                    Method method = method(messages, text.getKey());
                    for (int number : new int[] {0, 1, 2}) {
                        Object[] arguments = Texts.arguments(text.getValue(), number);
                        String shown = (String) method.invoke(null, arguments);
                        complain(bundle, text.getKey(), text.getValue(), arguments, shown);
                    }
                    texts++;
                }
            }
        }
        assertThat(String.join("\n", wrong), wrong, is(empty()));
        assertThat("texts were looked at", texts, greaterThan(150));
    }

    private static Method method(Class<?> messages, String key) {
        return Arrays.stream(messages.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers())
                        && method.getReturnType() == String.class
                        && method.getName().equals(key.replace('.', '_')))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing says " + key));
    }

    @Test
    void theTextsOfViewsAreWholeAndAskedForAsTheyAre() throws Exception {
        int texts = 0;
        for (Texts.Bundle bundle : Texts.bundles()) {
            if (!bundle.isOfClasses()) {
                List<Texts.Use> uses = Texts.usesIn(bundle.view());
                for (Map.Entry<String, String> text : bundle.texts().entrySet()) {
                    for (int number : new int[] {0, 1, 2}) {
                        Object[] arguments = Texts.arguments(text.getValue(), number);
                        String shown = new MessageFormat(text.getValue(), Locale.ROOT).format(arguments);
                        complain(bundle, text.getKey(), text.getValue(), arguments, shown);
                        Set<Integer> given = uses.stream()
                                .filter(use -> use.key().equals(text.getKey()))
                                .map(Texts.Use::arguments)
                                .collect(Collectors.toSet());
                        if (!given.equals(Set.of(arguments.length))) {
                            wrong.add(bundle + ", " + text.getKey() + ": has " + arguments.length
                                    + " places, the view has for them " + given);
                        }
                    }
                    texts++;
                }
            }
        }
        assertThat(String.join("\n", wrong), wrong, is(empty()));
        assertThat("texts were looked at", texts, greaterThan(40));
    }

    /** A word that begins small, or has arguments, is no text by itself. */
    @Test
    void whatViewsAskForIsThere() throws Exception {
        int keys = 0;
        for (Path view : Texts.files(".jelly")) {
            Path beside = view.resolveSibling(view.getFileName().toString().replace(".jelly", ".properties"));
            Set<String> known = Texts.read(beside).keySet();
            for (Texts.Use use : Texts.usesIn(view)) {
                boolean key = use.arguments() > 0 || use.key().matches("[a-z][A-Za-z]*");
                keys += key ? 1 : 0;
                if (key && !known.contains(use.key())) {
                    wrong.add(view + " asks for " + use.key());
                }
            }
        }
        assertThat(wrong, is(empty()));
        assertThat("keys were looked at", keys, greaterThan(40));
    }

    @Test
    void everyTextOfClassesIsSaidSomewhere() throws Exception {
        StringBuilder classes = new StringBuilder();
        for (Path type : Texts.files(".class")) {
            if (!type.endsWith("Messages.class")) {
                classes.append(Files.readString(type, StandardCharsets.ISO_8859_1));
            }
        }
        for (Texts.Bundle bundle : Texts.bundles()) {
            if (bundle.isOfClasses()) {
                for (String key : bundle.texts().keySet()) {
                    String method = key.replace('.', '_');
                    if (classes.indexOf(constant(method)) < 0 && classes.indexOf(constant("_" + method)) < 0) {
                        wrong.add(bundle + ", " + key);
                    }
                }
            }
        }
        assertThat(wrong, is(empty()));
    }

    /** A method's name as a class file that calls it has it: the tag of a text, its length, and itself. */
    private static String constant(String name) {
        return "\u0001\u0000" + (char) name.length() + name;
    }

    /** That each of them would be noticed. */
    @Test
    void complaintsAreMade() {
        assertThat(complaints("can't {0}"), is(not(empty())));
        assertThat(complaints("can''t {0}"), is(empty()));
        assertThat(complaints("{0} and '{1}'"), is(not(empty())));
        assertThat(complaints("${IMAGE}"), is(not(empty())));
        assertThat(complaints("$'{'IMAGE'}' is {0}"), is(empty()));
        assertThat(complaints("{0} and {2}"), contains("nothing of {1}"));
        assertThat(complaints("{0,choice,0#none|1#one|1<{0} of them}"), is(empty()));
        assertThat(complaints("two  blanks"), contains("blanks that are too many"));
        assertThat(
                complaints("\u00e2\u20ac\u2026"), contains("it was read in another encoding than it was written in"));
    }

    private static List<String> complaints(String text) {
        try {
            Object[] arguments = Texts.arguments(text, 2);
            return Texts.complaints(text, arguments, MessageFormat.format(text, arguments));
        } catch (IllegalArgumentException e) {
            return List.of(e.getMessage());
        }
    }
}
