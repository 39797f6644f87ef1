package io.jenkins.plugins.ecscanary.engine.scan;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Reports as Trivy writes them, and results of them. */
final class Reports {

    static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    static final String IMAGE_ID = "sha256:" + "1".repeat(64);

    /** What a secret's rule matched, and the lines of files: nowhere to be seen again. */
    static final String MATCHED = "hunter2-MATCHED-hunter2";

    /** Schema version 2 with findings of every class, as 0.68 writes it with {@code --show-suppressed}. */
    static final String EVERYTHING =
            """
            {
              "SchemaVersion": 2,
              "Trivy": { "Version": "0.68.2" },
              "ReportID": "019b0000-0000-7000-8000-000000000000",
              "CreatedAt": "2026-06-14T09:30:00.123456789+02:00",
              "ArtifactID": "sha256:aaaa",
              "ArtifactName": "registry.example/shop:17",
              "ArtifactType": "container_image",
              "Metadata": {
                "Size": 123456789,
                "OS": { "Family": "alpine", "Name": "3.10.2", "EOSL": true },
                "ImageID": "IMAGE_ID",
                "DiffIDs": ["sha256:03901b4a2ea88eeaad62dbe59b072b28b6efa00491962b8741081c5df50c65e0"],
                "RepoTags": ["registry.example/shop:17"],
                "RepoDigests": ["registry.example/shop@sha256:72c42ed48c3a2db31b7dafe17d275b634664a708d901ec9fd57b1529280f01fb"],
                "ImageConfig": {
                  "architecture": "arm64",
                  "variant": "v8",
                  "os": "linux",
                  "history": [{ "created_by": "ENV PASSWORD=MATCHED" }],
                  "config": { "Env": ["PASSWORD=MATCHED"], "Labels": { "Severity": "none of ours" } }
                }
              },
              "Results": [
                {
                  "Target": "registry.example/shop:17 (alpine 3.10.2)",
                  "Class": "os-pkgs",
                  "Type": "alpine",
                  "Packages": [
                    { "ID": "musl@1.1.22-r3", "Name": "musl", "Licenses": ["MIT"], "DependsOn": null }
                  ],
                  "Vulnerabilities": [
                    {
                      "VulnerabilityID": "CVE-2019-1549",
                      "PkgID": "libssl1.1@1.1.1c-r0",
                      "PkgName": "libssl1.1",
                      "InstalledVersion": "1.1.1c-r0",
                      "FixedVersion": "1.1.1d-r0",
                      "Status": "fixed",
                      "Layer": { "Digest": "sha256:9d48", "DiffID": "sha256:0390" },
                      "SeveritySource": "nvd",
                      "PrimaryURL": "https://avd.aquasec.com/nvd/cve-2019-1549",
                      "Title": "openssl: information disclosure in fork()",
                      "Description": "OpenSSL 1.1.1 introduced a rewritten random number generator.",
                      "Severity": "MEDIUM",
                      "CweIDs": ["CWE-330"],
                      "CVSS": { "nvd": { "V3Score": 5.3 } },
                      "References": ["https://access.redhat.com/security/cve/CVE-2019-1549"],
                      "PublishedDate": "2019-09-10T17:15:00Z"
                    },
                    {
                      "VulnerabilityID": "CVE-2019-14697",
                      "PkgName": "musl",
                      "InstalledVersion": "1.1.22-r3",
                      "Status": "affected",
                      "PrimaryURL": "javascript:alert(1)",
                      "Severity": "CRITICAL"
                    }
                  ],
                  "ExperimentalModifiedFindings": [
                    { "Type": "vulnerability", "Status": "ignored", "Source": ".trivyignore",
                      "Finding": { "VulnerabilityID": "CVE-2019-1551", "Severity": "CRITICAL" } }
                  ]
                },
                {
                  "Target": "app/package-lock.json",
                  "Class": "lang-pkgs",
                  "Type": "npm",
                  "Vulnerabilities": [
                    { "VulnerabilityID": "GHSA-0000-0000-0000", "PkgName": "@scope/left", "InstalledVersion": "1.0.0",
                      "FixedVersion": "1.0.1, 2.0.0", "Severity": "HIGH", "Title": "left: pads wrongly" }
                  ]
                },
                {
                  "Target": "Dockerfile",
                  "Class": "config",
                  "Type": "dockerfile",
                  "MisconfSummary": { "Successes": 1, "Failures": 1 },
                  "Misconfigurations": [
                    {
                      "Type": "Dockerfile Security Check", "ID": "DS002", "AVDID": "AVD-DS-0002",
                      "Title": "Image user should not be 'root'", "Message": "Specify at least 1 USER command",
                      "Resolution": "Add 'USER <non root user name>' line to the Dockerfile", "Severity": "HIGH",
                      "PrimaryURL": "https://avd.aquasec.com/misconfig/ds002", "Status": "FAIL",
                      "CauseMetadata": { "Provider": "Dockerfile", "Service": "general", "StartLine": 3, "EndLine": 3,
                        "Code": { "Lines": [{ "Number": 3, "Content": "ENV PASSWORD=MATCHED" }] } }
                    },
                    { "ID": "DS001", "Title": "':latest' tag used", "Severity": "MEDIUM", "Status": "PASS" },
                    { "AVDID": "AVD-AWS-0107", "Title": "open to the world", "Severity": "CRITICAL", "Status": "FAIL",
                      "CauseMetadata": { "Resource": "aws_security_group.web", "Code": { "Lines": null } } }
                  ]
                },
                {
                  "Target": "/app/.env",
                  "Class": "secret",
                  "Secrets": [
                    {
                      "RuleID": "aws-access-key-id", "Category": "AWS", "Severity": "CRITICAL", "Title": "AWS Access Key ID",
                      "StartLine": 2, "EndLine": 2, "Match": "KEY=MATCHED",
                      "Code": { "Lines": [{ "Number": 2, "Content": "KEY=MATCHED", "Highlighted": "KEY=MATCHED" }] },
                      "Layer": {}
                    }
                  ]
                },
                {
                  "Target": "OS Packages",
                  "Class": "license",
                  "Licenses": [
                    { "Severity": "HIGH", "Category": "restricted", "PkgName": "musl-utils", "FilePath": "", "Name": "GPL-2.0",
                      "Text": "", "Confidence": 1, "Link": "" }
                  ]
                },
                {
                  "Target": "Loose File License(s)",
                  "Class": "license-file",
                  "Licenses": [
                    { "Severity": "UNKNOWN", "Category": "unknown", "PkgName": "", "FilePath": "app/LICENSE", "Name": "Odd",
                      "Confidence": 0.97, "Link": "https://spdx.org/licenses/Odd.html" }
                  ]
                },
                { "Target": "Java", "Class": "lang-pkgs", "Type": "jar", "Vulnerabilities": null }
              ]
            }
            """
                    .replace("IMAGE_ID", IMAGE_ID)
                    .replace("MATCHED", MATCHED);

    /** Schema version 1, as releases until 2021 write it: a bare list, and nothing about what was scanned. */
    static final String FIRST_SCHEMA =
            """
            [
              {
                "Target": "alpine:3.10 (alpine 3.10.2)",
                "Type": "alpine",
                "Vulnerabilities": [
                  {
                    "VulnerabilityID": "CVE-2019-1549",
                    "PkgName": "libssl1.1",
                    "InstalledVersion": "1.1.1c-r0",
                    "FixedVersion": "1.1.1d-r0",
                    "Layer": { "DiffID": "sha256:0390" },
                    "SeveritySource": "nvd",
                    "Title": "openssl: information disclosure in fork()",
                    "Severity": "MEDIUM"
                  }
                ]
              },
              { "Target": "app/Gemfile.lock", "Vulnerabilities": null }
            ]
            """;

    /** What the scanner writes when it finds nothing: no results at all. */
    static final String CLEAN =
            """
            { "SchemaVersion": 2, "ArtifactName": "scratch:1", "ArtifactType": "container_image",
              "Metadata": { "ImageID": "IMAGE_ID", "ImageConfig": { "architecture": "amd64", "os": "linux" } } }
            """
                    .replace("IMAGE_ID", IMAGE_ID);

    private Reports() {}

    static ScanReport read(String json) {
        try {
            return ReportReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "report.json");
        } catch (UnreadableReportException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** @param findings JSON objects, as they stand under {@code Vulnerabilities} */
    static ScanReport ofVulnerabilities(String... findings) {
        return read(
                """
                { "SchemaVersion": 2, "CreatedAt": "2026-06-15T12:00:00Z", "ArtifactName": "shop:1", "ArtifactType": "container_image",
                  "Metadata": { "ImageID": "IMAGE_ID" },
                  "Results": [{ "Target": "shop:1 (debian 12)", "Class": "os-pkgs", "Vulnerabilities": [FINDINGS] }] }
                """
                        .replace("IMAGE_ID", IMAGE_ID)
                        .replace("FINDINGS", String.join(",", findings)));
    }

    static String vulnerability(String id, String packageName, Severity severity) {
        return vulnerability(id, packageName, severity, "2");
    }

    /** @param fixedVersion empty for none */
    static String vulnerability(String id, String packageName, Severity severity, String fixedVersion) {
        return "{\"VulnerabilityID\":\"%s\",\"PkgName\":\"%s\",\"InstalledVersion\":\"1\",\"FixedVersion\":\"%s\",\"Severity\":\"%s\"}"
                .formatted(id, packageName, fixedVersion, severity);
    }
}
