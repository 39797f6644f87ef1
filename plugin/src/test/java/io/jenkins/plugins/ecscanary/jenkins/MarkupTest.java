package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages' sources must not have, whichever state of a page would show it. */
class MarkupTest {

    private static final Path RESOURCES = Path.of("src", "main", "resources");

    private static final Pattern PARAGRAPH = Pattern.compile("<p[\\s>/]");

    private static final Pattern INLINE =
            Pattern.compile("<[^>]*\\s(?:on[a-z]+|style)\\s*=|<style\\b|<script\\b(?![^>]*src=)");

    private static List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    private static List<String> found(List<Path> files, Pattern pattern) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            Matcher matcher = pattern.matcher(Files.readString(file));
            while (matcher.find()) {
                found.add(RESOURCES.relativize(file) + ": " + matcher.group());
            }
        }
        return found;
    }

    /**
     * Jelly writes a {@code p} without its end tag. What may not be in one ends it; an unknown element such as the live view does
     * not, and would be shown and hidden with it.
     */
    @Test
    void jellysPagesHaveNoParagraphs() throws Exception {
        List<Path> pages = files(".jelly");
        assertThat(pages, hasSize(greaterThan(20)));
        assertThat(found(pages, PARAGRAPH), is(empty()));
    }

    /** Jenkins's policy still lets inline styles pass; nothing here needs that. */
    @Test
    void nothingIsInline() throws Exception {
        List<Path> all = new ArrayList<>(files(".jelly"));
        all.addAll(files(".html"));
        assertThat(all, hasSize(greaterThan(40)));
        assertThat(found(all, INLINE), is(empty()));
    }
}
