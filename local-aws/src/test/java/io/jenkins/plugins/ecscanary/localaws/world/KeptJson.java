package io.jenkins.plugins.ecscanary.localaws.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** What a service keeps, through JSON and back. */
public final class KeptJson {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .build();

    private KeptJson() {}

    /** Restores in {@code to} what {@code from} has. */
    public static <A, B> void move(Kept<A> from, Kept<B> to) {
        try {
            to.restore(JSON.readValue(JSON.writeValueAsString(from.snapshot()), to.type()));
        } catch (JsonProcessingException e) {
            throw new AssertionError("what " + from.name() + " keeps is not a tree of values", e);
        }
    }
}
