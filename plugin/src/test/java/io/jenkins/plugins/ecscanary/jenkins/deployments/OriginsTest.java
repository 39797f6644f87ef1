package io.jenkins.plugins.ecscanary.jenkins.deployments;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginsTest {

    private static final String HOSTILE = "a\tb\nmade\tx\t1\t../é%&";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("owners").resolve("origins.tsv");
    }

    private Origins open() {
        return new Origins(file.getParent(), Map::of, Map::of);
    }

    @Test
    void whatWasNotedIsKnownAfterARestart() {
        Origins before = open();
        assertThat(before.any(), is(false));
        before.made("1", new Origin("shop/web", 7));
        before.made("2", new Origin(HOSTILE, 1));
        before.made("2", new Origin(HOSTILE, 1));
        for (Origins origins : new Origins[] {before, open()}) {
            assertThat(origins.of("1"), is(Optional.of(new Origin("shop/web", 7))));
            assertThat(origins.of("2"), is(Optional.of(new Origin(HOSTILE, 1))));
            assertThat(origins.of("x"), is(Optional.empty()));
            assertThat(origins.any("shop/web"), is(true));
            assertThat(origins.any(HOSTILE), is(true));
            assertThat(origins.any("shop"), is(false));
        }
    }

    @Test
    void namesAreFollowedAndADeletedJobsOnesAreNotThoseOfTheNextOfItsName() {
        Origins before = open();
        before.made("1", new Origin("shop/web", 1));
        before.made("2", new Origin("shopping/web", 1));
        before.made("3", new Origin("shop/db", 1));
        before.renamed("shop", "store");
        before.renamed("shop/web", "store/web"); // Jenkins tells of the children, too
        before.deleted("store/db");
        before.made("4", new Origin("store/db", 1));
        for (Origins origins : new Origins[] {before, open()}) {
            assertThat(origins.of("1"), is(Optional.of(new Origin("store/web", 1))));
            assertThat(origins.of("2"), is(Optional.of(new Origin("shopping/web", 1))));
            assertThat(origins.of("3"), is(Optional.empty()));
            assertThat(origins.of("4"), is(Optional.of(new Origin("store/db", 1))));
            assertThat(origins.any("shop/web"), is(false));
        }
        before.deleted("store");
        assertThat(open().any("store/web"), is(false));
        assertThat(open().any("shopping/web"), is(true));
    }

    @Test
    void whatWasNeverBegunIsForgotten() {
        Origins before = open();
        before.made("1", new Origin("web", 1));
        before.forgotten("1");
        before.forgotten("nobody");
        assertThat(before.any("web"), is(false));
        assertThat(open().any(), is(false));
    }

    @Test
    void halfALineAndSenseLeftOutSpoilNothing() throws Exception {
        open().made("1", new Origin("web", 1));
        Files.writeString(file, "made\t2\tNaN\tweb\nsold\t1\nmade\t3\t5\tteam%2Fwe", StandardOpenOption.APPEND);
        Origins origins = open();
        assertThat(origins.of("1"), is(Optional.of(new Origin("web", 1))));
        assertThat(origins.of("2"), is(Optional.empty()));
        assertThat(origins.of("3"), is(Optional.empty()));
        origins.made("4", new Origin("web", 6));
        assertThat(open().of("4"), is(Optional.of(new Origin("web", 6))));
    }

    @Test
    void withoutAFileItIsMadeOfTheOwners() throws Exception {
        Map<String, Origin> finished = Map.of("1", new Origin("web", 1));
        Map<String, Origin> unfinished = Map.of("2", new Origin("web", 2));
        Origins anew = new Origins(file.getParent(), () -> finished, () -> unfinished);
        assertThat(anew.of("1"), is(Optional.of(new Origin("web", 1))));
        assertThat(anew.of("2"), is(Optional.of(new Origin("web", 2))));
        assertThat(open().of("1"), is(Optional.of(new Origin("web", 1))));
        assertThat(open().of("2"), is(Optional.of(new Origin("web", 2))));
    }

    @Test
    void anUnfinishedOneOfADeletedJobIsNotBackAfterARestart() {
        Map<String, Origin> unfinished = Map.of("1", new Origin("web", 1));
        Origins before = new Origins(file.getParent(), Map::of, () -> unfinished);
        assertThat(before.any("web"), is(true));
        before.deleted("web");
        assertThat(new Origins(file.getParent(), Map::of, () -> unfinished).any("web"), is(false));
    }
}
