package io.jenkins.plugins.ecscanary.engine.taskdef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskDefinitionTemplateTest {

    private static TaskDefinitionTemplate template(String text) {
        return TaskDefinitionTemplate.parse("taskdef.json.tpl", text);
    }

    private static Map<String, TemplateValue> values(String... pairs) {
        Map<String, TemplateValue> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], new TemplateValue(pairs[i + 1], "deploy.config:" + (i / 2 + 1)));
        }
        return values;
    }

    private static List<String> problems(String text, Map<String, TemplateValue> values) {
        TemplateException e = catchThrowableOfType(
                TemplateException.class, () -> template(text).fill(values));
        assertThat(e).as("filling should have failed").isNotNull();
        assertThat(e).hasMessage(String.join("\n", e.problems()));
        return e.problems();
    }

    @Test
    void fillsStringsAndNumbers() {
        assertThat(template("{\"image\": \"${IMAGE}\", \"cpu\": ${CPU}, \"on\": ${ON}, \"n\": \"${CPU}-${CPU}\"}")
                        .fill(values("IMAGE", "web:1.5.0", "CPU", "256", "ON", "true")))
                .isEqualTo("{\"image\": \"web:1.5.0\", \"cpu\": 256, \"on\": true, \"n\": \"256-256\"}");
    }

    @Test
    void valuesCannotBreakOutOfTheirQuotes() {
        assertThat(template("{\"a\": \"${A}\"}").fill(values("A", "\",\"x\":\"\\\n${B}")))
                .isEqualTo("{\"a\": \"\\\",\\\"x\\\":\\\"\\\\\\n${B}\"}");
    }

    @Test
    void barePlaceholdersTakeOnlyNumbersAndBooleans() {
        assertThat(problems("{\n  \"cpu\": ${CPU}}", values("CPU", "1, \"x\": 2")))
                .containsExactly(
                        "taskdef.json.tpl:2:10: ${CPU} stands without quotes and takes a number, true or false,"
                                + " but its value (deploy.config:1) is \"1, \"x\": 2\"; put quotes around the placeholder or correct"
                                + " the value");
        assertThat(problems("{\"cpu\": ${CPU}}", values("CPU", "007"))).hasSize(1);
        assertThat(template("{\"cpu\": ${CPU}}").fill(values("CPU", "-1.5e3"))).isEqualTo("{\"cpu\": -1.5e3}");
    }

    @Test
    void quotesInStringsAreFollowedThroughTheirEscapes() {
        assertThat(template("{\"a\": \"\\\"${A}\\\\\", \"b\": ${B}}").fill(values("A", "x\"y", "B", "1")))
                .isEqualTo("{\"a\": \"\\\"x\\\"y\\\\\", \"b\": 1}");
    }

    @Test
    void twoDollarsStandForThemselves() {
        TaskDefinitionTemplate template = template("{\"cmd\": \"echo $${HOME} $HOME $$ ${A}\"}");
        assertThat(template.placeholders()).containsExactly("A");
        assertThat(template.fill(values("A", "b"))).isEqualTo("{\"cmd\": \"echo ${HOME} $HOME $$ b\"}");
    }

    @Test
    void everyPlaceholderNeedsAValueAndEveryValueAPlaceholder() {
        assertThat(problems(
                        "{\n  \"image\": \"${IMAGE}\",\n  \"cpu\": \"${CPU}\", \"m\": \"${ZZZ}\"\n}",
                        values("IMAGES", "x", "CPU", "256", "QQQQ", "1")))
                .containsExactly(
                        "taskdef.json.tpl:2:13: no value for ${IMAGE}; did you mean IMAGES?",
                        "taskdef.json.tpl:3:26: no value for ${ZZZ}",
                        "deploy.config:1: there is no placeholder ${IMAGES} in taskdef.json.tpl; did you mean IMAGE?",
                        "deploy.config:3: there is no placeholder ${QQQQ} in taskdef.json.tpl");
    }

    @Test
    void malformedPlaceholders() {
        TemplateException e = catchThrowableOfType(
                TemplateException.class,
                () -> template(
                        "{\"a\": \"${}\",\n\"b\": \"${A B}\",\n\"c\": \"${OPEN\",\n \"d\": \"${1}\", \"e\": ${"));
        assertThat(e.problems())
                .hasSize(5)
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("taskdef.json.tpl:1:8: \"${}\" is no placeholder"),
                        p -> assertThat(p).startsWith("taskdef.json.tpl:2:7: \"${A B}\" is no placeholder"),
                        p -> assertThat(p).startsWith("taskdef.json.tpl:3:7: \"${OPEN\" is not closed"),
                        p -> assertThat(p).startsWith("taskdef.json.tpl:4:8: \"${1}\" is no placeholder"),
                        p -> assertThat(p).startsWith("taskdef.json.tpl:4:20: \"${\" is not closed"));
    }

    @Test
    void brokenJsonIsFoundInTheTemplateNotInTheFilledText() {
        assertThat(problems("{\n\"a\": \"${A}\", oops}", values("A", "a long value that moves what follows")))
                .singleElement()
                .asString()
                .startsWith("taskdef.json.tpl:2:")
                .contains("filled in, this is no JSON")
                .satisfies(problem -> {
                    int column = Integer.parseInt(problem.split(":")[2]);
                    assertThat(column).as("near the word that is wrong").isBetween(13, 19);
                });
    }

    @Test
    void onlyAnObjectIsATaskDefinition() {
        assertThat(problems("[]", values())).singleElement().asString().contains("is no JSON object");
        assertThat(problems("", values())).singleElement().asString().contains("is no JSON object");
        assertThat(problems("{} {}", values())).singleElement().asString().contains("this is no JSON");
        assertThat(problems("{\"a\":1,\"a\":2}", values()))
                .singleElement()
                .asString()
                .contains("Duplicate");
    }

    @Test
    void readsFiles(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("t.json");
        assertThat(catchThrowableOfType(TemplateException.class, () -> TaskDefinitionTemplate.read(file)))
                .hasMessageContaining("there is no such file");
        Files.write(file, new byte[] {'"', (byte) 0xE4, '"'});
        assertThat(catchThrowableOfType(TemplateException.class, () -> TaskDefinitionTemplate.read(file)))
                .hasMessageContaining("is not UTF-8 text");
        Files.write(file, "{\"a\": \"ä${A}\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(TaskDefinitionTemplate.read(file).fill(values("A", "ö"))).isEqualTo("{\"a\": \"äö\"}");
    }
}
