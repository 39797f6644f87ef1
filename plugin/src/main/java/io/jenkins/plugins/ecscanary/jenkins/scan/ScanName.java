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
        return new ScanSubject(name, IMAGE, null, null, List.of());
    }

    /** An image's name without tag and digest; anything else as it is called. */
    public static String of(ScanSubject subject) {
        String name = subject.artifactName();
        int digest = name.indexOf("@sha256:");
        if (digest > 0) {
            name = name.substring(0, digest);
        }
        int tag = name.lastIndexOf(':');
        if (IMAGE.equals(subject.artifactType()) && tag > name.lastIndexOf('/') && tag > 0) {
            name = name.substring(0, tag);
        }
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    }
}
