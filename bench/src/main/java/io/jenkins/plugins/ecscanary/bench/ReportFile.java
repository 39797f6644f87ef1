package io.jenkins.plugins.ecscanary.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A scanner's report of any size: shaped like those of an image with very many packages, as Trivy writes them with all packages
 * and in several lines. The same every time.
 */
final class ReportFile {

    private static final String[] SEVERITIES = {"LOW", "MEDIUM", "MEDIUM", "HIGH", "CRITICAL"};
    private static final String WORD = "a crafted request lets the parser read memory that it should not ";

    private final Random random = new Random(7);
    private long written;

    private ReportFile() {}

    /** @return how many findings are in it */
    static int write(Path file, long bytes) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            return new ReportFile().write(out, bytes);
        }
    }

    private int write(BufferedWriter out, long bytes) throws IOException {
        put(
                out,
                """
                {
                  "SchemaVersion": 2,
                  "Trivy": { "Version": "0.68.2" },
                  "CreatedAt": "2026-06-14T09:30:00Z",
                  "ArtifactName": "registry.example/large:1",
                  "ArtifactType": "container_image",
                  "Metadata": { "ImageID": "sha256:DIGEST", "OS": { "Family": "debian", "Name": "12.5" } },
                  "Results": [
                    {
                      "Target": "registry.example/large:1 (debian 12.5)",
                      "Class": "os-pkgs",
                      "Type": "debian",
                      "Packages": [
                """
                        .replace("DIGEST", "1".repeat(64)));
        for (int i = 0; written < bytes / 4; i++) {
            put(out, (i == 0 ? "" : ",\n") + packaged(i));
        }
        put(out, "],\n      \"Vulnerabilities\": [\n");
        int findings = 0;
        for (; written < bytes; findings++) {
            put(out, (findings == 0 ? "" : ",\n") + vulnerability(findings));
        }
        put(out, "]\n    }\n  ]\n}\n");
        return findings;
    }

    private void put(BufferedWriter out, String text) throws IOException {
        out.write(text);
        written += text.length();
    }

    private static String packaged(int i) {
        return """
                        {
                          "ID": "libpartPART@1.PART-2",
                          "Name": "libpartPART",
                          "Identifier": { "PURL": "pkg:deb/debian/libpartPART@1.PART-2?arch=amd64\\u0026distro=debian-12.5", "UID": "IDENTITY" },
                          "Version": "1.PART",
                          "Release": "2",
                          "Arch": "amd64",
                          "SrcName": "partPART",
                          "Licenses": ["GPL-2.0-or-later", "MIT"],
                          "DependsOn": ["libc6@2.36-9", "libgcc-s1@12.2.0-14"],
                          "Layer": { "Digest": "sha256:DIGEST", "DiffID": "sha256:DIGEST" },
                          "InstalledFiles": ["/usr/lib/libpartPART.so", "/usr/share/doc/libpartPART/copyright"]
                        }"""
                .replace("PART", Integer.toString(i))
                .replace("IDENTITY", Long.toHexString(i * 0x9E3779B97F4A7C15L))
                .replace("DIGEST", "3".repeat(64));
    }

    private String vulnerability(int i) {
        StringBuilder references = new StringBuilder();
        for (int r = 0; r < 8 + random.nextInt(12); r++) {
            references
                    .append(r == 0 ? "" : ", ")
                    .append("\"https://lists.example.org/announce/")
                    .append(i)
                    .append("/message-")
                    .append(r)
                    .append(".html\"");
        }
        return """
                        {
                          "VulnerabilityID": "CVE-2026-NUMBER",
                          "PkgID": "libpartPART@1.PART-2",
                          "PkgName": "libpartPART",
                          "InstalledVersion": "1.PART-2",
                          "FixedVersion": "FIX",
                          "Status": "STATUS",
                          "Layer": { "Digest": "sha256:DIGEST", "DiffID": "sha256:DIGEST" },
                          "SeveritySource": "debian",
                          "PrimaryURL": "https://avd.aquasec.com/nvd/cve-2026-NUMBER",
                          "Title": "libpart: number NUMBER of its kind",
                          "Description": "WORDS",
                          "Severity": "SEVERITY",
                          "CweIDs": ["CWE-125"],
                          "CVSS": { "nvd": { "V3Vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N", "V3Score": 5.3 } },
                          "References": [REFERENCES],
                          "PublishedDate": "2026-01-10T17:15:00Z",
                          "LastModifiedDate": "2026-02-20T22:15:00Z"
                        }"""
                .replace("NUMBER", Integer.toString(i))
                .replace("FIX", i % 3 == 0 ? "" : "1.PART-3")
                .replace("PART", Integer.toString(i % 3000))
                .replace("STATUS", i % 3 == 0 ? "affected" : "fixed")
                .replace("DIGEST", "3".repeat(64))
                .replace("WORDS", WORD.repeat(4 + random.nextInt(12)))
                .replace("SEVERITY", SEVERITIES[i % SEVERITIES.length])
                .replace("REFERENCES", references);
    }
}
