package io.jenkins.plugins.ecscanary.progressview;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes pictures of the view to {@code target/screenshots}, to be looked at, and for the documentation. */
class ScreenshotTest extends BrowserTest {
    static Stream<Arguments> pictures() {
        return Stream.of("running", "promoted", "rolled-back", "rolling-back", "refused")
                .flatMap(name -> Stream.of(400, 1200).flatMap(width -> Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                        .map(colours -> Arguments.of(name, width, colours))));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void picture(String name, int width, ColorScheme colours) {
        ObjectNode document = Documents.read(name + ".json");
        Path file = Path.of(
                "target",
                "screenshots",
                name + "-" + width + "-" + colours.name().toLowerCase(java.util.Locale.ROOT) + ".png");
        try (ViewServer server =
                new ViewServer(document, document.get("lastEventAt").textValue())) {
            inWindow(width, colours);
            page.navigate(server.address());
            assertThat(page.locator(".cp-service")).hasText("web");
            page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        }
        assertThat(file).isNotEmptyFile();
    }
}
