package io.jenkins.plugins.ecscanary.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    private static final String ATTACK = "</style></td><script>alert(1)</script><img src=x onerror='alert(2)'>\"&lt;";

    static String html(ScanResult result) {
        StringBuilder html = new StringBuilder();
        try {
            HtmlReport.write(result, html);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return html.toString();
    }

    @Test
    void itShowsTheResult() {
        assertThat(html(ScanResultJsonTest.everything()))
                .contains(
                        "<h1>Scan of registry.example/shop:17</h1>",
                        "<strong>Failed.</strong> 3 CRITICAL findings, where none is accepted",
                        "<dd>linux/arm64/v8</dd>",
                        "<dd>" + Reports.IMAGE_ID + "</dd>",
                        "<dd>shop#17</dd>",
                        "<dt>Looked for</dt><dd>vuln, secret</dd>",
                        "<dd>build 41</dd>",
                        "href=\"https://avd.aquasec.com/nvd/cve-2019-1549\">CVE-2019-1549</a>",
                        "<h2>Waived</h2>",
                        "needed (ben, until 2026-12-31)",
                        "<td>/app/.env, line 2</td>",
                        "<td>none (affected)</td>",
                        "1 finding was left out by the scanner itself")
                .doesNotContain("javascript:");
    }

    @Test
    void whatCouldNotBeJudgedSaysWhy() {
        ScanResult closed = Gate.closed("the scanner <failed>", ScanSubject.named("shop:1"), Reports.NOW);
        assertThat(html(closed))
                .contains("<strong>Could not be judged.</strong> the scanner &lt;failed&gt;")
                .doesNotContain("<table>", "tiles\">");
    }

    /** Every text of others is put everywhere where a text of others can be. */
    @Test
    void namesOfOthersAreTextAndNothingElse() {
        List<Finding> findings = List.of(
                new Vulnerability(
                        ATTACK, Severity.HIGH, ATTACK, ATTACK, ATTACK, ATTACK, ATTACK, ATTACK, ATTACK, ATTACK),
                new Vulnerability(
                        "CVE-1",
                        Severity.HIGH,
                        "t",
                        "p",
                        "a",
                        "1",
                        null,
                        ATTACK,
                        "",
                        "https://x.example/\"onmouseover=alert(1)"),
                new Misconfiguration(ATTACK, Severity.LOW, ATTACK, ATTACK, ATTACK, 1, ATTACK, ATTACK, ATTACK),
                new ExposedSecret(ATTACK, Severity.HIGH, ATTACK, ATTACK, ATTACK, ATTACK, 1, 1),
                new LicenseFinding(
                        ATTACK, Severity.HIGH, ATTACK, ATTACK, ATTACK, ATTACK, ATTACK, "javascript:alert(1)"));
        Waiver waiver = new Waiver(ATTACK, ATTACK, ATTACK, ATTACK, LocalDate.of(2026, 12, 31), 1);
        Waiver unused = new Waiver("x" + ATTACK, ATTACK, ATTACK, ATTACK, LocalDate.of(2026, 12, 31), 1);
        ScanReport report = new ScanReport(
                2,
                ATTACK,
                ATTACK,
                ATTACK,
                null,
                List.of(ATTACK),
                List.of(ATTACK),
                ATTACK,
                new ScanReport.Os(ATTACK, ATTACK, true),
                Reports.NOW,
                findings,
                1,
                List.of(ATTACK));
        ScanPolicy policy = ScanPolicy.of("HIGH", 0, Consequence.FAIL).withEndOfLife(Consequence.FAIL);
        ScanResult result = Gate.judge(
                        report,
                        policy,
                        List.of(waiver, unused),
                        Optional.of(new Baseline(ATTACK, Map.of())),
                        Reports.NOW)
                .withOrigin(ATTACK);
        String html = html(result);
        assertThat(html).doesNotContain("<script", "<img", "alert(1)\"", "onerror='");
        assertThat(tags(html))
                .isSubsetOf(
                        "!DOCTYPE",
                        "html",
                        "head",
                        "meta",
                        "title",
                        "style",
                        "body",
                        "main",
                        "h1",
                        "h2",
                        "p",
                        "strong",
                        "dl",
                        "dt",
                        "dd",
                        "ul",
                        "li",
                        "span",
                        "b",
                        "small",
                        "div",
                        "table",
                        "thead",
                        "tbody",
                        "tr",
                        "th",
                        "td",
                        "br",
                        "details",
                        "summary",
                        "caption",
                        "a");
        assertThat(Pattern.compile("<[a-z0-9]+ ([^>]*)>")
                        .matcher(html)
                        .results()
                        .map(found -> found.group(1)))
                .allSatisfy(attributes -> assertThat(attributes)
                        .doesNotContainPattern("(?i)\\bon[a-z]+=")
                        .doesNotContain("style="));
        assertThat(Pattern.compile("href=\"([^\"]*)\"").matcher(html).results().map(found -> found.group(1)))
                .as("an address that is none is no link")
                .isEmpty();
    }

    private static List<String> tags(String html) {
        Matcher tags = Pattern.compile("</?([!A-Za-z0-9]+)").matcher(html);
        List<String> found = new ArrayList<>();
        tags.results().map((MatchResult tag) -> tag.group(1)).forEach(found::add);
        return found;
    }

    @Test
    void itsPolicyAllowsItsOwnStyleAndNothingElse() throws Exception {
        String html = html(ScanResultJsonTest.everything());
        String style = html.substring(html.indexOf("<style>") + "<style>".length(), html.indexOf("</style>"));
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        assertThat(html)
                .contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; ")
                .contains("style-src &#39;sha256-" + hash + "&#39;\">")
                .doesNotContain("<script", " style=", "<link", "url(", "@import", "http-equiv=\"refresh\"");
        assertThat(html.indexOf("Content-Security-Policy")).isLessThan(html.indexOf("<style>"));
    }

    @Test
    void aLinkTellsNobodyWhereItWasFollowedFrom() {
        String html = html(ScanResultJsonTest.everything());
        assertThat(Pattern.compile("<a [^>]*>").matcher(html).results().map(MatchResult::group))
                .isNotEmpty()
                .allMatch(link -> link.startsWith("<a rel=\"noopener noreferrer\" href=\"http"));
    }

    @Test
    void aTableHasAnEnd() {
        List<Judged> findings = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            Finding finding = new Vulnerability("CVE-" + i, Severity.HIGH, "t", "p", "a", "1", null, null, "", null);
            findings.add(new Judged(finding, Standing.COUNTED, null, false));
        }
        ScanResult result = new ScanResult(
                ScanVerdict.FAILED,
                "too many",
                ScanSubject.named("shop:1"),
                "trivy",
                null,
                Reports.NOW,
                Reports.NOW,
                null,
                ScanPolicy.of("HIGH", 0, Consequence.FAIL),
                null,
                null,
                Map.of(Severity.HIGH, 5003),
                findings,
                3,
                List.of(),
                List.of());
        assertThat(html(result))
                .contains("The first 2000 of 5000.", "3 more findings, the least important ones, were not kept.")
                .contains("CVE-1999")
                .doesNotContain("CVE-2000<");
    }
}
