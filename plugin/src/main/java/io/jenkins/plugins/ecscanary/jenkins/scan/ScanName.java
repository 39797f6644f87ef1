package io.jenkins.plugins.ecscanary.jenkins.scan;

import io.jenkins.plugins.ecscanary.engine.scan.ScanSubject;
import java.util.List;

/** What is scanned again and again, under whatever version: scans of one name are compared with each other. */
public final class ScanName {

    /** Trivy's word for one. */
    private static final String IMAGE = "container_image";

    private static final int LONGEST = 300;

    private ScanName() {}

    /** Of which nothing is known but what somebody asked for. */
    public static ScanSubject image(String name) {
        return new ScanSubject(name, IMAGE, null, null, List.of(), List.of());
    }

    /**
     * An image's name without tag and digest; anything else as it is called. An image in a file has the name that it was saved
     * under, whatever the file is called; one that was saved without a name has the file's.
     */
    public static String of(ScanSubject subject) {
        String name = withoutDigest(subject.artifactName());
        if (IMAGE.equals(subject.artifactType())) {
            String image = withoutTag(name);
            List<String> saved = subject.repoTags().stream()
                    .map(ScanName::withoutTag)
                    .sorted()
                    .toList();
            name = saved.isEmpty() || saved.stream().anyMatch(tag -> same(image, tag)) ? image : saved.get(0);
        }
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    }

    private static String withoutDigest(String name) {
        int digest = name.indexOf("@sha256:");
        return digest > 0 ? name.substring(0, digest) : name;
    }

    private static String withoutTag(String name) {
        int tag = name.lastIndexOf(':');
        return tag > name.lastIndexOf('/') && tag > 0 ? name.substring(0, tag) : name;
    }

    /** With a registry that goes without saying, such as {@code docker.io/library} or {@code localhost}, or without it. */
    private static boolean same(String image, String tag) {
        return image.equals(tag) || image.endsWith("/" + tag) || tag.endsWith("/" + image);
    }
}
