package io.jenkins.plugins.ecscanary.jenkins.scan;

import io.jenkins.plugins.ecscanary.engine.scan.ScanSubject;

/** What is scanned again and again, under whatever version: scans of one name are compared with each other. */
public final class ScanName {

    private static final int LONGEST = 300;

    private ScanName() {}

    /** An image's name without tag and digest; anything else as it is called. */
    public static String of(ScanSubject subject) {
        String name = subject.artifactName();
        int digest = name.indexOf("@sha256:");
        if (digest > 0) {
            name = name.substring(0, digest);
        }
        int tag = name.lastIndexOf(':');
        if (subject.imageId() != null && tag > name.lastIndexOf('/') && tag > 0) {
            name = name.substring(0, tag);
        }
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    }
}
