package io.jenkins.plugins.ecscanary.cli.scan;

/** Reports as Trivy 0.68 writes them. */
public final class Reports {

    public static final String IMAGE_ID = "sha256:" + "5".repeat(64);

    private static final String HEAD =
            """
            {
              "SchemaVersion": 2,
              "ReportID": "019ab1c4-0a6b-7c3e-8f3d-0a1b2c3d4e5f",
              "CreatedAt": "%s",
              "ArtifactID": "sha256:%s",
              "ArtifactName": "shop/web:2.1.0",
              "ArtifactType": "container_image",
              "Metadata": {
                "Size": 12345678,
                "OS": {"Family": "alpine", "Name": "3.22.1"},
                %s
                "DiffIDs": ["sha256:1111111111111111111111111111111111111111111111111111111111111111"],
                "RepoTags": ["shop/web:2.1.0"],
                "ImageConfig": {"architecture": "amd64", "created": "2026-11-20T10:00:00Z", "os": "linux",
                  "rootfs": {"type": "layers",
                    "diff_ids": ["sha256:1111111111111111111111111111111111111111111111111111111111111111"]},
                  "config": {"Entrypoint": ["java", "-jar", "app.jar"]}}
              }""";

    private Reports() {}

    private static String head(String createdAt, String imageId) {
        return HEAD.formatted(createdAt, "9".repeat(64), imageId == null ? "" : "\"ImageID\": \"" + imageId + "\",");
    }

    /** Nothing was found: there are no results at all. */
    public static String clean(String createdAt) {
        return head(createdAt, IMAGE_ID) + "\n}\n";
    }

    /** The same of another image. */
    public static String clean(String createdAt, String imageId) {
        return head(createdAt, imageId) + "\n}\n";
    }

    public static String withoutImageId(String createdAt) {
        return head(createdAt, null) + "\n}\n";
    }

    /** A critical and a low vulnerability, the low one without a fix, and a secret of severity HIGH. */
    public static String vulnerable(String createdAt) {
        return head(createdAt, IMAGE_ID)
                + """
                ,
                  "Results": [
                    {
                      "Target": "shop/web:2.1.0 (alpine 3.22.1)",
                      "Class": "os-pkgs",
                      "Type": "alpine",
                      "Vulnerabilities": [
                        {
                          "VulnerabilityID": "CVE-2026-0001",
                          "PkgID": "openssl@3.5.0-r0",
                          "PkgName": "openssl",
                          "PkgIdentifier": {"PURL": "pkg:apk/alpine/openssl@3.5.0-r0?arch=x86_64&distro=3.22.1", "UID": "1"},
                          "InstalledVersion": "3.5.0-r0",
                          "FixedVersion": "3.5.1-r0",
                          "Status": "fixed",
                          "Layer": {"DiffID": "sha256:1111111111111111111111111111111111111111111111111111111111111111"},
                          "SeveritySource": "nvd",
                          "PrimaryURL": "https://avd.aquasec.com/nvd/cve-2026-0001",
                          "Title": "openssl: a bad one",
                          "Description": "It is bad.",
                          "Severity": "CRITICAL"
                        },
                        {
                          "VulnerabilityID": "CVE-2026-0002",
                          "PkgName": "busybox",
                          "InstalledVersion": "1.37.0-r1",
                          "Status": "affected",
                          "Title": "busybox: a small one",
                          "Severity": "LOW"
                        }
                      ]
                    },
                    {
                      "Target": "app/.env",
                      "Class": "secret",
                      "Secrets": [
                        {
                          "RuleID": "aws-access-key-id",
                          "Category": "AWS",
                          "Severity": "HIGH",
                          "Title": "AWS Access Key ID",
                          "StartLine": 3,
                          "EndLine": 3,
                          "Code": {"Lines": [{"Number": 3, "Content": "KEY=TOPSECRETTOPSECRET", "IsCause": true,
                            "Annotation": "", "Truncated": false, "FirstCause": true, "LastCause": true}]},
                          "Match": "KEY=TOPSECRETTOPSECRET"
                        }
                      ]
                    }
                  ]
                }
                """;
    }
}
