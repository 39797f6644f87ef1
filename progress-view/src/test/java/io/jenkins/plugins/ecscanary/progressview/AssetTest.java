package io.jenkins.plugins.ecscanary.progressview;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AssetTest {
    static Asset[] assets() {
        return new Asset[] {ProgressView.SCRIPT, ProgressView.STYLESHEET};
    }

    @Test
    void theFilesHaveTheNamesAndTypesABrowserTakes() {
        assertThat(ProgressView.SCRIPT.fileName()).isEqualTo("canary-progress.js");
        assertThat(ProgressView.SCRIPT.contentType()).isEqualTo("text/javascript; charset=utf-8");
        assertThat(ProgressView.STYLESHEET.fileName()).isEqualTo("canary-progress.css");
        assertThat(ProgressView.STYLESHEET.contentType()).isEqualTo("text/css; charset=utf-8");
    }

    @ParameterizedTest
    @MethodSource("assets")
    void theHashesAreThoseOfTheBytes(Asset asset) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(asset.bytes());
        assertThat(asset.sha256()).isEqualTo(HexFormat.of().formatHex(hash));
        assertThat(asset.etag()).isEqualTo("\"" + asset.sha256() + "\"");
        assertThat(asset.cspSource()).isEqualTo("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
        assertThat(asset.text().getBytes(StandardCharsets.UTF_8)).isEqualTo(asset.bytes());
    }

    @ParameterizedTest
    @MethodSource("assets")
    void nobodyCanChangeTheBytesForOthers(Asset asset) {
        byte[] taken = asset.bytes();
        taken[0]++;
        assertThat(asset.bytes()).isNotEqualTo(taken);
    }

    /** What would end the element it is inlined in, or have another hash after a browser has read it. */
    @ParameterizedTest
    @MethodSource("assets")
    void theFilesCanBeInlined(Asset asset) {
        assertThat(asset.text())
                .doesNotContainIgnoringCase("</script", "</style", "<!--")
                .doesNotContain("\r", "\0");
    }

    @Test
    void theScriptIsClassicAndEvaluatesNothing() {
        assertThat(ProgressView.SCRIPT.text())
                .doesNotContain(
                        "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function")
                .doesNotContainPattern("(?m)^\\s*(import|export) ");
    }

    /** The page around it has its own classes. */
    @Test
    void everyClassOfTheStylesheetHasThePrefix() {
        String withoutComments = ProgressView.STYLESHEET.text().replaceAll("(?s)/\\*.*?\\*/", "");
        assertThat(java.util.regex.Pattern.compile("\\.([a-zA-Z][\\w-]*)")
                        .matcher(withoutComments)
                        .results()
                        .map(match -> match.group(1)))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("cp-"));
    }
}
