package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.jenkins.plugins.ecscanary.jenkins.access.EcsCanaryConfiguration;
import io.jenkins.plugins.ecscanary.jenkins.access.FolderRules;
import io.jenkins.plugins.ecscanary.jenkins.scan.step.TrivyScanResult;
import io.jenkins.plugins.ecscanary.jenkins.scan.step.TrivyScanStep;
import io.jenkins.plugins.ecscanary.jenkins.step.CanaryResult;
import io.jenkins.plugins.ecscanary.jenkins.step.EcsCanaryDeployStep;
import java.beans.Introspector;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.DataBoundSetter;

/** What {@code docs/jenkins.md} says of parameters, defaults and results is what the code says. */
class DocumentedTest {

    private static final Path DOCS = Path.of("..", "docs");

    /** A row of a table of parameters: names, meaning, default. */
    private static final Pattern ROW = Pattern.compile("\\| (`[^|]*) \\| ([^|]*) \\| ([^|]*) \\|");

    private static final Pattern WORD = Pattern.compile("`([A-Za-z]+)`");

    private record Row(List<String> names, String byDefault) {}

    private static String document(String name) throws IOException {
        return Files.readString(DOCS.resolve(name));
    }

    /** The rows of the first table of parameters below that heading. */
    private static List<Row> table(String heading) throws IOException {
        List<Row> rows = new ArrayList<>();
        boolean below = false;
        for (String line : document("jenkins.md").lines().toList()) {
            below |= line.equals(heading);
            if (below && line.startsWith("## ") && !line.equals(heading)) {
                break;
            }
            Matcher row = ROW.matcher(line);
            if (below && row.matches()) {
                rows.add(new Row(
                        WORD.matcher(row.group(1))
                                .results()
                                .map(word -> word.group(1))
                                .toList(),
                        row.group(3).strip()));
            }
        }
        return rows;
    }

    private static Set<String> setters(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .map(method -> Introspector.decapitalize(method.getName().substring(3)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Object value(Object of, String property) throws ReflectiveOperationException {
        String end = property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1);
        for (String name : List.of("get" + end, "is" + end)) {
            for (Method method : of.getClass().getMethods()) {
                if (method.getName().equals(name)) {
                    return method.invoke(of);
                }
            }
        }
        throw new AssertionError("no " + property + " of " + of.getClass());
    }

    private static void compare(String heading, Set<String> parameters, Object step) throws Exception {
        List<Row> rows = table(heading);
        Set<String> documented = new TreeSet<>();
        rows.forEach(row -> documented.addAll(row.names()));
        assertThat(documented, is(parameters));
        int defaults = 0;
        List<String> different = new ArrayList<>();
        for (Row row : rows) {
            String plain = row.byDefault().matches("`[^`]*`") ? row.byDefault().replace("`", "") : row.byDefault();
            boolean literal = !plain.equals(row.byDefault()) || plain.matches("true|false|[0-9, ]+");
            for (String name : literal ? row.names() : List.<String>of()) {
                defaults++;
                String actual = String.valueOf(value(step, name)).replaceAll("[\\[\\]]", "");
                if (!actual.equals(plain)) {
                    different.add(name + " is " + actual + ", documented is " + plain);
                }
            }
        }
        assertThat(different, is(empty()));
        assertThat("defaults were compared", defaults, greaterThan(3));
    }

    @Test
    void parametersOfTheDeployingStep() throws Exception {
        Set<String> parameters = setters(EcsCanaryDeployStep.class);
        parameters.addAll(Set.of("cluster", "service"));
        compare("## Deploy", parameters, new EcsCanaryDeployStep("cluster", "service"));
    }

    @Test
    void parametersOfTheScanningStep() throws Exception {
        compare("## Scan first", setters(TrivyScanStep.class), new TrivyScanStep());
    }

    /** Named in the sentence that begins so. */
    private static Set<String> namedAfter(String beginning) throws IOException {
        String text = document("jenkins.md");
        int at = text.indexOf(beginning);
        assertThat("'" + beginning + "' is there", at, greaterThan(-1));
        String paragraph = text.substring(at, text.indexOf("\n\n", at));
        return WORD.matcher(paragraph)
                .results()
                .map(word -> word.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> readable(Class<?> result) {
        return Arrays.stream(result.getMethods())
                .filter(method -> method.isAnnotationPresent(Whitelisted.class)
                        && !method.getName().equals("toString"))
                .map(method -> Introspector.decapitalize(method.getName().replaceFirst("^(get|is)", "")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whatStepsReturn() throws Exception {
        assertThat(namedAfter("The step returns an object with"), is(readable(CanaryResult.class)));
        Set<String> ofScans = namedAfter("or returns an object with");
        assertThat(ofScans.containsAll(readable(TrivyScanResult.class)), is(true));
    }

    @Test
    void whatAnAdministratorAllows() throws Exception {
        String text = document("jenkins-configuration.md");
        List<String> missing = new ArrayList<>();
        for (String name : setters(FolderRules.class)) {
            if (!text.contains("        " + name + ":")) {
                missing.add("folders: " + name);
            }
        }
        for (String name : setters(EcsCanaryConfiguration.class)) {
            if (!text.contains("| `" + name + "` |") || !text.contains("    " + name + ":")) {
                missing.add(name);
            }
        }
        assertThat(missing, is(empty()));
    }
}
