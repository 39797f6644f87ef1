package io.jenkins.plugins.ecscanary.engine.preflight;

import java.util.List;

/**
 * A manifest, as far as it says which image it is of: Docker's (Image Manifest Version 2, Schema 2, and its lists) and OCI's
 * (Image Format Specification 1.1).
 */
sealed interface ImageManifest {

    /** @param configDigest of the image's configuration: the image's id, whatever registry or archive it is in */
    record OfImage(String configDigest) implements ImageManifest {}

    /** @param images what is in it for each platform, without what is only about an image */
    record Index(List<Entry> images) implements ImageManifest {
        public Index {
            images = List.copyOf(images);
        }
    }

    /** @param digest of the manifest of the image for this platform */
    record Entry(String digest, Platform platform) {}
}
