package io.jenkins.plugins.ecscanary.progressview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LivePageTest {
    @Test
    void namesTheScriptTheStylesheetAndTheDocument() {
        assertThat(LivePage.html("web", "view.json"))
                .contains("<script src=\"canary-progress.js\" defer></script>")
                .contains("<link rel=\"stylesheet\" href=\"canary-progress.css\">")
                .contains("<canary-progress src=\"view.json\">");
    }

    @Test
    void namesTheReplayWhereThereIsOne() {
        assertThat(LivePage.html("web", "view.json", "replay.json?a=\"1\""))
                .contains("<canary-progress src=\"view.json\" replay=\"replay.json?a=&quot;1&quot;\">");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LivePage.html("web", "view.json", " "))
                .withMessage("the address of the document of the frames is missing");
    }

    @Test
    void keepsForeignTextText() {
        assertThat(LivePage.html("<b>\"x\" & 'y'</b>", "view.json?a=1&b=\"><script>"))
                .contains("<title>&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;</title>")
                .contains("src=\"view.json?a=1&amp;b=&quot;&gt;&lt;script&gt;\"");
    }

    @Test
    void thePolicyAllowsNothingInlineAndNothingFromElsewhere() {
        assertThat(LivePage.CONTENT_SECURITY_POLICY)
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; ")
                .doesNotContain("unsafe");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void refusesAMissingTitleOrAddress(String missing) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LivePage.html(missing, "view.json"))
                .withMessage("the title of the live page is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LivePage.html("web", missing))
                .withMessage("the address of the view document is missing");
    }
}
