package io.jenkins.plugins.ecscanary.progressview;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.progressview.ReportPage.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report opened from disk: no server, its own policy. */
class ReportInBrowserTest extends BrowserTest {
    @TempDir
    Path folder;

    private void open(Section... sections) throws IOException {
        String html = new ReportPage("Three deployments", "What happened.\nIn order.", List.of(sections)).html();
        page.navigate(
                Files.writeString(folder.resolve("report.html"), html).toUri().toString());
    }

    @Test
    void showsEveryDeploymentFromDisk() throws IOException {
        open(
                new Section("A good version", Documents.promoted().toString()),
                new Section("A bad version", Documents.rolledBack().toString()),
                new Section("Not even started", Documents.refused().toString()));
        assertThat(page.locator("h1")).hasText("Three deployments");
        assertThat(page.locator(".cp-verdict-outcome")).hasText(new String[] {"Promoted", "Rolled back", "Refused"});
        assertThat(page.locator(".cp-page-contents a")).hasCount(3);
        page.locator(".cp-page-contents a").nth(1).click();
        assertThat(page.locator("#section-2 .cp-verdict")).isInViewport();
        page.screenshot(new com.microsoft.playwright.Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", "report.png"))
                .setFullPage(true));
    }

    @Test
    void aDocumentWithMarkupInItIsShownAsText() throws IOException {
        String hostile =
                "</script><script>document.title = 'broken in'</script><!-- <script> \u2028 <img src=x onerror=1>";
        ObjectNode document = Documents.withEveryText(Documents.promoted(), member -> hostile);
        open(
                new Section(hostile, document.toString()),
                new Section("After it", Documents.promoted().toString()));
        assertThat(page.locator("#section-1 .cp-service")).containsText("</script><script>");
        assertThat(page.locator("#section-2 .cp-verdict-outcome")).hasText("Promoted");
        assertThat(page).hasTitle("Three deployments");
    }

    @Test
    void thePolicyForbidsEverythingElse() throws IOException {
        expectComplaintsAbout("Content Security Policy");
        open(new Section("One", Documents.promoted().toString()));
        page.evaluate(
                """
                () => {
                  const script = document.createElement('script');
                  script.textContent = "document.title = 'broken in'";
                  document.body.append(script);
                  return fetch('https://example.com/').catch(() => null);
                }""");
        assertThat(page).hasTitle("Three deployments");
    }

    @Test
    void whatIsNotADocumentIsSaid() throws IOException {
        open(new Section("Broken", "{\"schema\":"), new Section("Empty", "{}"));
        assertThat(page.locator("#section-1 .cp-problem")).containsText("This is not a view document");
        assertThat(page.locator("#section-2 .cp-problem")).containsText("This is not a view document");
    }

    @Test
    void aDeploymentStillRunningIsShownAsOfItsLastEvent() throws IOException {
        open(new Section("Running", Documents.running().toString()));
        assertThat(page.locator(".cp-countdown")).hasText("61 s");
        assertThat(page.locator(".cp-header")).containsText("running for 6 min 04 s");
    }
}
