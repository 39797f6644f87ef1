package io.jenkins.plugins.ecscanary.engine.scan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Reports that are broken, of something else, or made to break or to deceive whoever reads them. */
final class HostileReports {

    private static final String ONE = "\"Vulnerabilities\": [" + finding("") + "]";

    private final List<Hostile> all = new ArrayList<>();

    /** @param why a part of the message that is expected */
    record Hostile(String name, byte[] json, String why) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Hostile> all() {
        HostileReports reports = new HostileReports();
        reports.truncated();
        reports.broken();
        reports.notUtf8();
        reports.ofSomethingElse();
        reports.wrongAtTheTop();
        reports.wrongInMetadata();
        reports.wrongInResults();
        reports.wrongInFindings();
        reports.deceiving();
        reports.exhausting();
        return reports.all;
    }

    private void add(String name, String json, String why) {
        add(name, json.getBytes(StandardCharsets.UTF_8), why);
    }

    private void add(String name, byte[] json, String why) {
        all.add(new Hostile(name, json, why));
    }

    /** A good report with one thing changed. */
    private void changed(String name, String from, String to, String why) {
        String changed = Reports.EVERYTHING.replace(from, to);
        if (changed.equals(Reports.EVERYTHING)) {
            throw new AssertionError("there is nothing to change for " + name + ": " + from);
        }
        add(name, changed, why);
    }

    private void truncated() {
        String whole = Reports.EVERYTHING.strip();
        for (int i = 1; i <= 24; i++) {
            int end = whole.length() * i / 25;
            add("cut off after " + end + " characters", whole.substring(0, end), "it ends in the middle");
        }
        add("without its last brace", whole.substring(0, whole.length() - 1), "it ends in the middle");
        add("nothing but an opening brace", "{", "it ends in the middle");
        add("the first schema cut off", "[{\"Target\": \"a\"}", "it ends in the middle");
        add("empty", "", "is empty");
        add("blank", " \n\t\n", "is empty");
    }

    private void broken() {
        add("something after its end", Reports.CLEAN + "x", "report.json: there is a word that is no value");
        add("two reports", Reports.CLEAN + Reports.CLEAN, "there is something after the report's end");
        add("a list after the first schema", Reports.FIRST_SCHEMA + "[]", "there is something after the report's end");
        changed("a comma too many", "\"Class\": \"secret\",", "\"Class\": \"secret\",,", "(line ");
        changed("a comma too few", "\"Class\": \"secret\",", "\"Class\": \"secret\"", "(line ");
        changed("a comment", "\"Class\": \"secret\",", "/* x */ \"Class\": \"secret\",", "(line ");
        changed("single quotes", "\"Class\": \"secret\",", "'Class': 'secret',", "(line ");
        changed("NaN", "\"Confidence\": 1,", "\"Confidence\": NaN,", "(line ");
        changed("infinity", "\"Confidence\": 1,", "\"Confidence\": -Infinity,", "(line ");
        changed("a number that is none", "\"Confidence\": 1,", "\"Confidence\": 01,", "(line ");
        changed("a line break in a text", "AWS Access", "AWS\nAccess", "(line ");
        changed("an escape that is none", "AWS Access", "AWS\\xAccess", "(line ");
        changed("a word", "\"Confidence\": 1,", "\"Confidence\": " + Reports.MATCHED + ",", "a word that is no value");
        changed("brackets that do not match", "\"CweIDs\": [\"CWE-330\"]", "\"CweIDs\": [\"CWE-330\"}", "(line ");
        add("text", "\n Total: 3 (HIGH: 3, CRITICAL: 0)\n", "is no JSON");
        add("HTML", "<!DOCTYPE html><html></html>", "is no JSON");
        add("an error message", "2026-06-15T12:00:00Z FATAL db error", "(line 1");
        add("binary", new byte[] {1, 2, 3, 4, 5}, "is no JSON");
    }

    private void notUtf8() {
        byte[] latin = Reports.EVERYTHING
                .replace("AWS Access Key ID", "cl\u00e9 d'acc\u00e8s")
                .getBytes(StandardCharsets.ISO_8859_1);
        add("Latin-1 in what is read", latin, "Invalid UTF-8");
        byte[] passedOver = Reports.EVERYTHING
                .replace("a rewritten random", "a r\u00e9\u00e9crit random")
                .getBytes(StandardCharsets.ISO_8859_1);
        add("Latin-1 in what is passed over", passedOver, "Invalid UTF-8");
        add("UTF-16", Reports.CLEAN.getBytes(StandardCharsets.UTF_16), "is UTF-16 or UTF-32");
        add("UTF-16LE without a mark", Reports.CLEAN.getBytes(StandardCharsets.UTF_16LE), "is UTF-16 or UTF-32");
        add("UTF-16BE without a mark", Reports.CLEAN.getBytes(StandardCharsets.UTF_16BE), "is UTF-16 or UTF-32");
        add("compressed", gzip(Reports.CLEAN), "is compressed; unpack it");
        add("an archive", "PK\u0003\u0004", "is compressed; unpack it");
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream compressing = new GZIPOutputStream(bytes)) {
            compressing.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void ofSomethingElse() {
        add(
                "CycloneDX",
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[]}",
                "a CycloneDX document");
        add(
                "CycloneDX of the scanner's own",
                "{\"$schema\":\"x\",\"bomFormat\":\"CycloneDX\",\"metadata\":{\"timestamp\":\"x\"}}",
                "a CycloneDX document");
        add("SPDX", "{\"spdxVersion\":\"SPDX-2.3\",\"packages\":[]}", "an SPDX document");
        add("SARIF", "{\"version\":\"2.1.0\",\"runs\":[{\"results\":[]}]}", "a SARIF log");
        add("a cluster", "{\"ClusterName\":\"kind\",\"Resources\":[]}", "a report about a Kubernetes cluster");
        add("compliance", "{\"ID\":\"docker-cis\",\"ControlResults\":null}", "a compliance report");
        add("GitHub", "{\"version\":0,\"detector\":{\"name\":\"trivy\"}}", "a snapshot for GitHub");
        add("Grype", "{\"matches\":[],\"source\":{}}", "a report of Grype's");
        add("another document", "{\"name\":\"shop\",\"version\":\"1\"}", "it has no SchemaVersion");
        add("an empty object", "{}", "it has no SchemaVersion");
        add("an empty list", "[]", "an empty list, which does not say that anything was scanned");
        add("a list of other things", "[{\"name\":\"x\"}]", "[0] has no Target");
        add("a list of lists", "[[]]", "[0] is an array where an object is expected");
        add("a list of nothing", "[null]", "[0] has no Target");
        add("null", "null", "it is a single value");
        add("a text", "\"SchemaVersion\"", "it is a single value");
        add("a number", "2", "it is a single value");
    }

    private void wrongAtTheTop() {
        String version = "\"SchemaVersion\": 2";
        changed("schema version 3", version, "\"SchemaVersion\": 3", "SchemaVersion is 3; only 1");
        changed("schema version 1 in an object", version, "\"SchemaVersion\": 1", "SchemaVersion is 1; only 1 (a bare");
        changed("schema version 0", version, "\"SchemaVersion\": 0", "SchemaVersion is 0");
        changed("schema version -2", version, "\"SchemaVersion\": -2", "SchemaVersion is -2");
        changed("schema version null", version, "\"SchemaVersion\": null", "SchemaVersion is 0");
        changed("schema version as text", version, "\"SchemaVersion\": \"2\"", "text where a whole number is expected");
        changed("schema version 2.0", version, "\"SchemaVersion\": 2.0", "a number where a whole number is expected");
        changed("a huge schema version", version, "\"SchemaVersion\": 2" + "0".repeat(99), "with 100 digits");
        changed("no artifact", "\"ArtifactName\": \"registry.example/shop:17\",", "", "it has no ArtifactName");
        changed("an empty artifact", "\"registry.example/shop:17\",\n", "\" \",\n", "it has no ArtifactName");
        changed(
                "an artifact of numbers",
                "\"registry.example/shop:17\",\n",
                "17,\n",
                "ArtifactName is a number where text");
        changed("a time that is none", "2026-06-14T09:30:00.123456789+02:00", "yesterday", "CreatedAt is no time");
        changed(
                "a scanner that is a text",
                "{ \"Version\": \"0.68.2\" }",
                "\"0.68.2\"",
                "Trivy is text where an object");
    }

    private void wrongInMetadata() {
        String id = "\"ImageID\": \"" + Reports.IMAGE_ID + "\"";
        changed("an image id that is a name", id, "\"ImageID\": \"shop:17\"", "Metadata.ImageID is no digest");
        changed("a short image id", id, "\"ImageID\": \"sha256:1111\"", "Metadata.ImageID is no digest");
        changed("an image id in capitals", id, id.replace("sha256:1", "sha256:A"), "Metadata.ImageID is no digest");
        changed("an image id in a list", id, "\"ImageID\": []", "Metadata.ImageID is an array where text");
        changed(
                "end of life as a text",
                "\"EOSL\": true",
                "\"EOSL\": \"true\"",
                "Metadata.OS.EOSL is text where true or");
        changed("metadata that is a list", "\"Metadata\": {", "\"Metadata\": [], \"Other\": {", "Metadata is an array");
        changed("digests that are numbers", "\"RepoDigests\": [", "\"RepoDigests\": [1,", "RepoDigests[0] is a number");
        changed("tags that are objects", "\"RepoTags\": [", "\"RepoTags\": [{},", "RepoTags[0] is an object");
        changed("too many tags", "\"RepoTags\": [", "\"RepoTags\": [" + "\"t\",".repeat(101), "more than 100");
        changed("too many digests", "\"RepoDigests\": [", "\"RepoDigests\": [" + "\"d\",".repeat(101), "more than 100");
    }

    private void wrongInResults() {
        changed(
                "results that are an object",
                "\"Results\": [",
                "\"Results\": {}, \"Other\": [",
                "Results is an object where an array");
        changed(
                "results that are a text",
                "\"Results\": [",
                "\"Results\": \"none\", \"Other\": [",
                "Results is text where an array");
        changed(
                "a result that is a text",
                "\"Results\": [",
                "\"Results\": [\"none\",",
                "Results[0] is text where an object");
        changed("a result without a target", "\"Target\": \"Java\",", "", "Results[6] has no Target");
        changed("a target that is a number", "\"Target\": \"Java\"", "\"Target\": 5", "Results[6].Target is a number");
        changed(
                "vulnerabilities as an object",
                "\"Vulnerabilities\": null",
                "\"Vulnerabilities\": {}",
                "Results[6].Vulnerabilities is an object");
        changed(
                "vulnerabilities as false",
                "\"Vulnerabilities\": null",
                "\"Vulnerabilities\": false",
                "is true or false where an array");
        changed(
                "secrets as a text",
                "\"Vulnerabilities\": null",
                "\"Secrets\": \"none\"",
                "Results[6].Secrets is text");
        changed(
                "misconfigurations as a number",
                "\"Vulnerabilities\": null",
                "\"Misconfigurations\": 0",
                "Misconfigurations is a number");
        changed(
                "licenses as an object",
                "\"Vulnerabilities\": null",
                "\"Licenses\": {}",
                "Results[6].Licenses is an object");
        changed(
                "a finding that is a text",
                "\"Vulnerabilities\": null",
                "\"Vulnerabilities\": [\"CVE-1\"]",
                "Vulnerabilities[0] is text");
        changed(
                "a finding that is null",
                "\"Vulnerabilities\": null",
                "\"Vulnerabilities\": [null]",
                "Vulnerabilities[0] has no VulnerabilityID");
        changed(
                "a finding in a list of its own",
                "\"Vulnerabilities\": null",
                "\"Vulnerabilities\": [[]]",
                "Vulnerabilities[0] is an array");
    }

    private static String finding(String members) {
        return "{ \"VulnerabilityID\": \"CVE-1\", \"PkgName\": \"a\", \"Severity\": \"LOW\" " + members + " }";
    }

    private void inFinding(String name, String from, String to, String why) {
        changed(name, "\"Vulnerabilities\": null", ONE.replace(from, to), why);
    }

    private void wrongInFindings() {
        inFinding(
                "an unknown severity",
                "\"LOW\"",
                "\"SEVERE\"",
                "Severity that is not known here: 'SEVERE' is no severity");
        inFinding("a severity nearly right", "\"LOW\"", "\"LOWW\"", "did you mean LOW?");
        inFinding("a severity that is empty", "\"LOW\"", "\"\"", "Vulnerabilities[0] has no Severity");
        inFinding("a severity that is null", "\"LOW\"", "null", "Vulnerabilities[0] has no Severity");
        inFinding(
                "a severity that is a number", "\"LOW\"", "9.8", "Vulnerabilities[0].Severity is a number where text");
        inFinding("a severity in a list", "\"LOW\"", "[\"LOW\"]", "Vulnerabilities[0].Severity is an array where text");
        inFinding("no severity", ", \"Severity\": \"LOW\"", "", "Vulnerabilities[0] has no Severity");
        inFinding("no id", "\"VulnerabilityID\": \"CVE-1\",", "", "Vulnerabilities[0] has no VulnerabilityID");
        inFinding("a blank id", "\"CVE-1\"", "\" \"", "Vulnerabilities[0] has no VulnerabilityID");
        inFinding("no package", "\"PkgName\": \"a\",", "", "Vulnerabilities[0] has no PkgName");
        inFinding(
                "a fix that is a list",
                "\"LOW\"",
                "\"LOW\", \"FixedVersion\": [\"2\"]",
                "FixedVersion is an array where text");
        inFinding("a title that is an object", "\"LOW\"", "\"LOW\", \"Title\": {}", "Title is an object where text");
        changed(
                "a status of a check that is not known",
                "\"Status\": \"PASS\"",
                "\"Status\": \"SKIP\"",
                "has the Status 'SKIP'");
        changed("a check without an id", "\"AVDID\": \"AVD-AWS-0107\",", "", "Misconfigurations[2] has no ID");
        changed(
                "a line that is a text",
                "\"StartLine\": 2",
                "\"StartLine\": \"2\"",
                "StartLine is text where a whole number");
        changed("a rule without an id", "\"RuleID\": \"aws-access-key-id\",", "", "Secrets[0] has no RuleID");
        changed(
                "a secret of an unknown severity",
                "\"AWS\", \"Severity\": \"CRITICAL\"",
                "\"AWS\", \"Severity\": \"?\"",
                "Secrets[0] has a Severity");
        changed("a license without a name", "\"Name\": \"Odd\",", "", "Licenses[0] has no Name");
    }

    /** What a reader that is less strict would overlook. */
    private void deceiving() {
        changed("results twice", "\"Metadata\": {", "\"Results\": [], \"Metadata\": {", "Results is there twice");
        changed(
                "a schema version twice",
                "\"SchemaVersion\": 2,",
                "\"SchemaVersion\": 2, \"SchemaVersion\": 2,",
                "SchemaVersion is there twice");
        changed("results in lower case", "\"Results\":", "\"results\":", "results is written Results by Trivy");
        changed(
                "vulnerabilities in capitals",
                "\"Vulnerabilities\": null",
                "\"VULNERABILITIES\": []",
                "is written Vulnerabilities by Trivy");
        inFinding(
                "a severity twice",
                "\"LOW\"",
                "\"CRITICAL\", \"Severity\": \"LOW\"",
                "Vulnerabilities[0].Severity is there twice");
        inFinding(
                "an escaped severity twice",
                "\"LOW\"",
                "\"CRITICAL\", \"\\u0053everity\": \"LOW\"",
                "Severity is there twice");
        inFinding("a severity in lower case", "\"Severity\"", "\"severity\"", "severity is written Severity by Trivy");
        changed(
                "vulnerabilities twice in a result",
                "\"Vulnerabilities\": null",
                "\"Vulnerabilities\": [], \"Vulnerabilities\": []",
                "is there twice");
        changed(
                "an image id twice",
                "\"ImageID\"",
                "\"ImageID\": null, \"ImageID\"",
                "Metadata.ImageID is there twice");
        add(
                "what was scanned after the results",
                "{\"SchemaVersion\":2,\"Results\":[{\"Target\":\"a\"}],\"ArtifactName\":\"a\"}",
                "ArtifactName comes after the results");
        changed(
                "a name with control characters",
                "\"Class\": \"secret\",",
                "\"\\u001b[2J\\u0007\": 1, \"class\": 1,",
                "class is written Class");
    }

    private void exhausting() {
        String deep = "[".repeat(100_000);
        changed(
                "nested in what is read",
                "\"Vulnerabilities\": null",
                "\"Vulnerabilities\": " + deep,
                "an array where an object");
        changed(
                "nested in what is passed over",
                "\"Vulnerabilities\": null",
                "\"Packages\": " + deep,
                "nested deeper than 200");
        changed(
                "objects nested",
                "\"Vulnerabilities\": null",
                "\"Packages\": " + "{\"a\":".repeat(100_000),
                "nested deeper than 200");
        add("nothing but brackets", deep, "[0] is an array where an object");
        inFinding("a long id", "\"CVE-1\"", "\"" + "C".repeat(100_000) + "\"", "VulnerabilityID of 100000 characters");
        inFinding("a long package name", "\"a\"", "\"" + "a".repeat(5_000) + "\"", "PkgName of 5000 characters");
        inFinding(
                "a very long title",
                "\"LOW\"",
                "\"LOW\", \"Title\": \"" + "t".repeat(2_000_000) + "\"",
                "longer than any report needs");
        inFinding(
                "a very long name",
                "\"LOW\"",
                "\"LOW\", \"" + "n".repeat(100_000) + "\": 1",
                "longer than any report needs");
        inFinding(
                "a long severity",
                "\"LOW\"",
                "\"" + "L".repeat(50_000) + "\"",
                "Severity that is not known here: 'LLL");
        StringBuilder many = new StringBuilder(ResultParser.MOST_FINDINGS * 80);
        for (int i = 0; i <= ResultParser.MOST_FINDINGS; i++) {
            many.append(i == 0 ? "" : ",").append(finding(""));
        }
        add(
                "very many findings",
                "[{\"Target\":\"a\",\"Vulnerabilities\":[" + many + "]}]",
                "more than 200000 findings");
        StringBuilder titles = new StringBuilder();
        for (int i = 0; i < 90_000; i++) {
            titles.append(i == 0 ? "" : ",").append(finding(",\"Title\":\"" + i + "t".repeat(280) + "\""));
        }
        add("very many titles", "[{\"Target\":\"a\",\"Vulnerabilities\":[" + titles + "]}]", "24000000 characters");
    }
}
