package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.Optional;

/** The scans that a host knows of and that count for what is to be deployed. Asked on an engine thread; may block. */
public interface KnownScans {

    /** Of a host that has none. */
    KnownScans NONE = new KnownScans() {
        @Override
        public Optional<KnownScan> newest(String imageId) {
            return Optional.empty();
        }

        @Override
        public String where() {
            return "here";
        }
    };

    /**
     * The newest one of an image that came to a verdict, be it a bad one: what was let through once may have been refused
     * since.
     *
     * @param imageId digest {@code sha256:…} of the image's configuration
     * @throws java.io.UncheckedIOException if what is kept of them can't be read
     */
    Optional<KnownScan> newest(String imageId);

    /** Which ones these are, for messages: {@code in this build}, {@code in /home/ann/.local/state/ecs-canary/scans}. */
    String where();
}
