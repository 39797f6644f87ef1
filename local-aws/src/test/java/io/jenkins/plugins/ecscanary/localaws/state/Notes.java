package io.jenkins.plugins.ecscanary.localaws.state;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A service that has nothing but notes, with everything in them that a part may consist of. */
final class Notes implements Kept<Notes.State> {

    final List<Note> notes = new ArrayList<>();
    private final String name;

    Notes(String name) {
        this.name = name;
    }

    static Note note(String text) {
        return new Note(
                text,
                Instant.parse("2026-01-05T10:00:00.123456789Z"),
                Duration.ofMillis(1500),
                null,
                Map.of("b", List.of(1.5, 2.0), "a", List.of()),
                new Timer(7));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Class<State> type() {
        return State.class;
    }

    @Override
    public State snapshot() {
        return new State(List.copyOf(notes));
    }

    @Override
    public void restore(State kept) {
        if (kept.notes.stream().anyMatch(note -> note.text.isEmpty())) {
            throw new IllegalArgumentException("a note has no text");
        }
        notes.addAll(kept.notes);
    }

    record State(List<Note> notes) {
        State {
            notes = List.copyOf(notes);
        }

        /** Derived, so not to be kept. */
        public boolean isEmpty() {
            return notes.isEmpty();
        }
    }

    record Note(
            String text,
            Instant at,
            Duration left,
            JsonNode given,
            Map<String, List<Double>> numbers,
            Reminder reminder) {
        public String getSummary() {
            return text + left;
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes(@JsonSubTypes.Type(value = Timer.class, name = "timer"))
    sealed interface Reminder permits Timer {}

    record Timer(int minutes) implements Reminder {}
}
