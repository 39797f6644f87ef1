package io.jenkins.plugins.ecscanary.localaws.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import io.jenkins.plugins.ecscanary.localaws.world.ManualTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class KeeperTest {

    private static final String ACCOUNT = "123456789012";
    private static final String REGION = "eu-central-1";

    @TempDir
    Path directory;

    private final ManualTime time = new ManualTime();
    private final List<String> log = new ArrayList<>();
    private final World world = new World(ACCOUNT, REGION, time, new Ids(new Random(1)), log::add);
    private final Notes first = new Notes("first");
    private final Notes second = new Notes("second");

    @Test
    void whatWasThereIsThereAgain() throws IOException {
        try (StateDirectory state = open();
                Keeper keeper = Keeper.restored(world, state, List.of(first, second))) {
            assertThat(keeper).isNotNull();
            world.run(() -> first.notes.add(Notes.note("one")));
            world.run(() -> second.notes.add(Notes.note("two")));
        }
        Notes again = new Notes("first");
        Notes other = new Notes("second");
        try (StateDirectory state = open()) {
            Keeper.restored(world, state, List.of(again, other));
            assertThat(state.notBefore()).isEqualTo(time.now());
        }
        assertThat(again.notes).containsExactly(Notes.note("one"));
        assertThat(other.notes).containsExactly(Notes.note("two"));
        assertThat(log).contains("state taken up from " + directory + ": first, second");
    }

    @Test
    void onlyWhatChangedIsWritten() throws IOException {
        try (StateDirectory state = open();
                Keeper keeper = Keeper.restored(world, state, List.of(first, second))) {
            world.run(() -> first.notes.add(Notes.note("one")));
            keeper.tick();
            Map<String, String> before = files();
            assertThat(before.keySet()).contains("first-1.json", "second-2.json");

            // Somebody looked, nothing changed.
            world.run(() -> {});
            keeper.tick();
            assertThat(files()).isEqualTo(before);

            world.run(() -> second.notes.add(Notes.note("two")));
            keeper.tick();
            assertThat(files().keySet())
                    .contains("first-1.json", "second-3.json")
                    .doesNotContain("second-2.json");
            assertThat(files()).containsEntry("first-1.json", before.get("first-1.json"));
        }
    }

    @Test
    void theClockIsAheadOfWhatWasSeen() throws IOException {
        try (StateDirectory state = open();
                Keeper keeper = Keeper.restored(world, state, List.of())) {
            for (int second = 0; second < 60; second++) {
                keeper.tick();
                assertThat(manifest().notBefore()).isAfterOrEqualTo(time.now().plusSeconds(4));
                assertThat(manifest().notBefore()).isBeforeOrEqualTo(time.now().plus(Keeper.AHEAD));
                time.advance(Duration.ofSeconds(1));
            }
        }
        assertThat(manifest().notBefore()).isEqualTo(time.now());
    }

    /** Another process that is killed outright after a save: its last note is there, its clock has not been overtaken. */
    @Test
    void aKillLosesNothingThatWasSaved() throws Exception {
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledHolder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Instant seen;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(killed.getInputStream(), StandardCharsets.UTF_8))) {
            seen = Instant.parse(lines.readLine());
            assertThatExceptionOfType(StateException.class)
                    .isThrownBy(this::open)
                    .withMessageContaining("is in use by another local AWS");
        } finally {
            killed.destroyForcibly().waitFor();
        }
        try (StateDirectory state = open()) {
            Keeper.restored(world, state, List.of(first));
            assertThat(first.notes).extracting(Notes.Note::text).containsExactly("0", "1");
            assertThat(state.notBefore()).isAfterOrEqualTo(seen);
        }
    }

    @Test
    void aFailedSaveIsToldOnceAndTriedAgain() throws IOException {
        try (StateDirectory state = open();
                Keeper keeper = Keeper.restored(world, state, List.of(first))) {
            Path inTheWay = Files.createDirectories(directory.resolve("state.json.tmp/x"));
            world.run(() -> first.notes.add(Notes.note("one")));
            keeper.tick();
            keeper.tick();
            assertThat(log)
                    .filteredOn(line -> line.startsWith("state is NOT saved"))
                    .hasSize(1);
            assertThat(manifest().parts()).isEmpty();
            Files.delete(inTheWay);
            Files.delete(inTheWay.getParent());
            keeper.tick();
            assertThat(manifest().parts()).containsOnlyKeys("first");
            assertThat(files().keySet())
                    .containsExactly(manifest().parts().get("first").file(), "state.json");
        }
    }

    @Test
    void oneAtATime() throws IOException {
        try (StateDirectory state = open()) {
            assertThat(state).hasToString(directory.toString());
            assertThatExceptionOfType(StateException.class)
                    .isThrownBy(this::open)
                    .withMessage(directory + ": is in use by another local AWS of this process");
        }
        open().close();
    }

    @ParameterizedTest
    @CsvSource({"210987654321, eu-central-1", "123456789012, us-east-1"})
    void anothersStateIsRefused(String account, String region) throws IOException {
        save();
        refused(
                () -> StateDirectory.open(directory, account, region),
                "state.json: is the state of account 123456789012 in eu-central-1, not of " + account + " in "
                        + region);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state.json | { | is damaged: it is not JSON",
                "state.json | [] | is damaged: it has no version",
                "state.json | {\"version\":2} | newer local-aws: version 2, this one reads 1",
                "state.json | {\"version\":1} | is damaged",
                "state.json | {\"version\":1,\"extra\":2} | is damaged",
                "first-1.json | {} | first-1.json: is damaged: it is not what was written",
                "first-1.json | | first-1.json: is damaged: it is not what was written"
            })
    void damageIsRefused(String file, String content, String why) throws IOException {
        save();
        Files.writeString(directory.resolve(file), content == null ? "" : content);
        refused(this::restore, why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state.json | state.json: is missing, but there is first-1.json",
                "first-1.json | first-1.json: is missing"
            })
    void whatIsMissingIsRefused(String file, String why) throws IOException {
        save();
        Files.delete(directory.resolve(file));
        refused(this::restore, why);
    }

    @Test
    void everyCutIsRefusedOrTheWhole() throws IOException {
        save();
        for (String name : List.of("state.json", "first-1.json")) {
            Path file = directory.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            for (int length = 0; length < whole.length; length += 7) {
                Files.write(file, java.util.Arrays.copyOf(whole, length));
                refused(this::restore, "is damaged");
            }
            Files.write(file, whole);
        }
        restore();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"notes\":[{\"text\":\"\"}]} | can't be taken up: a note has no text",
                "{\"notes\":[{\"text\":\"a\",\"colour\":1}]} | can't be read: Unrecognized field",
                "{\"notes\":7} | can't be read"
            })
    void whatMakesNoSenseIsRefused(String json, String why) throws IOException {
        try (StateDirectory state = open()) {
            state.write(Map.of("first", json.getBytes(StandardCharsets.UTF_8)), time.now());
        }
        refused(this::restore, "first-1.json: " + why);
    }

    @Test
    void aPartNobodyKnowsIsRefused() throws IOException {
        save();
        refused(
                () -> {
                    try (StateDirectory state = open()) {
                        Keeper.restored(world, state, List.of(second));
                    }
                },
                "first-1.json: is of a service that this local AWS does not keep");
    }

    private void save() throws IOException {
        try (StateDirectory state = open();
                Keeper keeper = Keeper.restored(world, state, List.of(first))) {
            world.run(() -> first.notes.add(Notes.note("one")));
            keeper.tick();
        }
    }

    private void restore() throws IOException {
        try (StateDirectory state = open()) {
            Keeper.restored(world, state, List.of(new Notes("first")));
        }
    }

    private void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable start, String why) throws IOException {
        Map<String, String> before = files();
        assertThatExceptionOfType(StateException.class).isThrownBy(start).withMessageContaining(why);
        assertThat(files()).isEqualTo(before);
    }

    private StateDirectory open() throws IOException {
        return StateDirectory.open(directory, ACCOUNT, REGION);
    }

    private Manifest manifest() throws IOException {
        return StateJson.MAPPER.readValue(Files.readAllBytes(directory.resolve("state.json")), Manifest.class);
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        files.remove("lock");
        return files;
    }
}
