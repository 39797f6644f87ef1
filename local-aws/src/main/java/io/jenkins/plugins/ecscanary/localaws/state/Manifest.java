package io.jenkins.plugins.ecscanary.localaws.state;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code state.json}: which files make up one moment's state. It is replaced in one go, so that after a crash the parts
 * belong together.
 *
 * @param version of all files' schema
 * @param notBefore simulated time that nobody has seen yet: where the next start begins
 * @param parts by name
 */
record Manifest(int version, String account, String region, Instant notBefore, Map<String, Part> parts) {

    static final int VERSION = 1;

    Manifest {
        parts = Map.copyOf(parts);
    }

    static Manifest empty(String account, String region, Instant notBefore) {
        return new Manifest(VERSION, account, region, notBefore, Map.of());
    }

    Manifest with(Map<String, Part> changed, Instant now) {
        Map<String, Part> all = new TreeMap<>(parts);
        all.putAll(changed);
        return new Manifest(version, account, region, now, all);
    }

    /**
     * A part's file.
     *
     * @param file its name, {@code <part>-<number>.json}: a file is never changed, only replaced by one with a higher number
     * @param sha256 of its bytes, hexadecimal
     */
    record Part(String file, String sha256) {}
}
