package io.jenkins.plugins.ecscanary.progressview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.ecscanary.progressview.ReportPage.Section;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static String report(String document) {
        return new ReportPage("Report", "", List.of(new Section("One", document))).html();
    }

    private static String embedded(String html) {
        Matcher matcher = Pattern.compile("(?s)<script type=\"application/json\" id=\"view-1\">(.*?)</script>")
                .matcher(html);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void inlinesWhatItNeedsAndAllowsExactlyThat() {
        String html = report(Documents.promoted().toString());
        assertThat(html)
                .contains("<script>" + ProgressView.SCRIPT.text() + "</script>")
                .contains("<style>" + ProgressView.STYLESHEET.text() + "</style>")
                .contains("script-src " + ProgressView.SCRIPT.cspSource())
                .contains("style-src " + ProgressView.STYLESHEET.cspSource())
                .doesNotContain("unsafe-inline")
                .doesNotContainPattern("<script[^>]* src=|<link[^>]* href=\"http");
    }

    @Test
    void aDocumentCannotLeaveItsScriptElementAndStaysTheSameDocument() {
        var document = Documents.running();
        String nasty = "</script><script>alert(1)</script><!-- <script> ]]> & \u2028\u2029 \uD83D\uDC24";
        document.put("startedBy", nasty);
        String json = embedded(report(document.toString()));
        assertThat(json).doesNotContain("<", ">", "&", "\u2028", "\u2029").contains("\uD83D\uDC24");
        assertThat(Documents.object(json)).isEqualTo(document);
    }

    @Test
    void halfASurrogatePairSurvivesBeingWrittenAsUtf8() {
        assertThat(Markup.json("\"\uD83D\" \"\uDC24\"")).isEqualTo("\"\\ud83d\" \"\\udc24\"");
    }

    @Test
    void foreignTextStaysText() {
        String html = new ReportPage("<t>", "<i>", List.of(new Section("<h>", "{}"), new Section("b", "{}"))).html();
        assertThat(html)
                .contains("<title>&lt;t&gt;</title>", "&lt;i&gt;", ">&lt;h&gt;</h2>", ">&lt;h&gt;</a>")
                .doesNotContain("<t>", "<i>", "<h>");
    }

    @Test
    void refusesWhatCouldNotBeShown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReportPage("t", "", List.of()))
                .withMessage("a report needs at least one section");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReportPage(" ", "", List.of(new Section("a", "{}"))))
                .withMessage("the title of the report is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Section("a", ""))
                .withMessage("the view document of the section “a” of the report is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Section(null, "{}"))
                .withMessage("the heading of a section of the report is missing");
    }
}
