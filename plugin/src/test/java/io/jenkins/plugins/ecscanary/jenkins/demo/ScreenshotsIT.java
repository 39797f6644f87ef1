package io.jenkins.plugins.ecscanary.jenkins.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.jenkins.plugins.ecscanary.jenkins.Chromium;
import io.jenkins.plugins.ecscanary.jenkins.Until;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The pictures of the documentation, taken of the real thing. Only where it is asked for:
 *
 * <pre>
 * bin/plugin pre-integration-test -DskipTests
 * bin/plugin surefire:test -Dtest=ScreenshotsIT -Dscreenshots=../docs/images -Dscreenshots.plugins=DIRECTORY
 * </pre>
 *
 * The directory has more plugins for that Jenkins. Where dark-theme is among them, each picture is taken with it, too.
 */
@EnabledIfSystemProperty(named = "screenshots", matches = ".+")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScreenshotsIT {

    /** Traffic moves for more than a minute: time enough to look around. */
    private static final int SPEED = 8;

    private static final String DARK_SYSTEM = """
            def extensions = jenkins.model.Jenkins.get()
            def dark = extensions.pluginManager.uberClassLoader
                .loadClass('io.jenkins.plugins.darktheme.DarkThemeSystemManagerFactory')
            io.jenkins.plugins.thememanager.ThemeManagerPageDecorator.get().theme = dark.newInstance()
            """;

    private static final String EXPERIMENTAL = """
            hudson.model.User.getById('demo', true).addProperty(
                new jenkins.model.experimentalflags.UserExperimentalFlagsProperty(['new-build-page.flag': '%s']))
            """;

    private static final Path DIRECTORY = Path.of(System.getProperty("screenshots", "target/screenshots"));

    private static JenkinsDemo demo;
    private static Chromium chromium;
    private static Page page;
    private static boolean dark;

    @BeforeAll
    static void start() throws Exception {
        List<Path> plugins = plugins();
        dark = plugins.stream().anyMatch(hpi -> hpi.getFileName().toString().startsWith("dark-theme"));
        chromium = Chromium.start();
        demo = JenkinsDemo.start(Path.of("target", "screenshots-demo"), SPEED, plugins);
        if (dark) {
            demo.client().script(DARK_SYSTEM);
        }
        page = chromium.page(demo.client().withToken().headers());
        page.setViewportSize(1200, 860);
    }

    private static List<Path> plugins() throws IOException {
        String directory = System.getProperty("screenshots.plugins");
        List<Path> hpis = new ArrayList<>();
        if (directory != null) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(directory), "*.hpi")) {
                files.forEach(hpis::add);
            }
        }
        return hpis;
    }

    @AfterAll
    static void stop() {
        if (demo != null) {
            demo.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    private static void visit(String path) {
        page.navigate(demo.client().root().resolve(path).toString());
    }

    /** The deployment's page of a build, from the build's own. */
    private static void visitDeployment(int build) {
        visit(JenkinsDemo.JOB + build + "/");
        String address =
                page.locator("#main-panel a[href*='ecs-canary/']").first().getAttribute("href");
        page.navigate(URI.create(page.url()).resolve(address).toString());
        assertThat(page.locator("canary-progress .cp-service")).isVisible();
    }

    /** What can be seen in the window, in the colours that there are. */
    private static void shoot(String name) {
        shoot(name, null);
    }

    /** @param what only, or null for all that is in the window */
    private static void shoot(String name, Locator what) {
        for (ColorScheme scheme : dark ? List.of(ColorScheme.LIGHT, ColorScheme.DARK) : List.of(ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            Path file = DIRECTORY.resolve("jenkins-" + name + (scheme == ColorScheme.DARK ? "-dark" : "") + ".png");
            if (what == null) {
                page.screenshot(new Page.ScreenshotOptions().setPath(file));
            } else {
                what.screenshot(new Locator.ScreenshotOptions().setPath(file));
            }
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    @Test
    @Order(1)
    void whileTrafficMoves() throws Exception {
        int build = demo.client().press(JenkinsDemo.JOB, "RELEASE=good");
        Until.holds(
                "it has begun", () -> demo.client().hasSaid(JenkinsDemo.JOB, build, "Live view of this deployment"));
        visitDeployment(build);
        assertThat(page.locator("canary-progress"))
                .containsText(
                        Pattern.compile("Step [3-7] of 10"),
                        new LocatorAssertions.ContainsTextOptions().setTimeout(120_000));
        shoot("running");
        visit(JenkinsDemo.JOB + build + "/");
        shoot("run");
        visit(JenkinsDemo.JOB + build + "/stages/");
        assertThat(page.locator("#main-panel").getByText("Canary 10 %").first()).isVisible();
        shoot("stages");
        assertEquals("SUCCESS", demo.client().end(JenkinsDemo.JOB, build).result());
        visitDeployment(build);
        assertThat(page.locator("canary-progress")).containsText("Promoted");
        shoot("promoted");
    }

    @Test
    @Order(2)
    void onTheExperimentalBuildPage() throws Exception {
        demo.client().script(EXPERIMENTAL.formatted("true"));
        visit(JenkinsDemo.JOB + "1/");
        Locator tab = page.locator(".app-build-tabs a[href*='ecs-canary/']");
        assertThat(tab).hasCount(1);
        shoot("new-build-page");
        tab.click();
        assertThat(page.locator("canary-progress .cp-service")).isVisible();
        shoot("new-build-page-tab");
        demo.client().script(EXPERIMENTAL.formatted("false"));
    }

    @Test
    @Order(3)
    void aBadReleaseIsRolledBack() throws Exception {
        JenkinsClient.Build bad = demo.build("bad");
        assertEquals("FAILURE", bad.result());
        visitDeployment(bad.number());
        assertThat(page.locator("canary-progress")).containsText("Rolled back");
        shoot("rolled-back");
    }

    @Test
    @Order(4)
    void aHistory() {
        visit(JenkinsDemo.JOB + "ecs-services/");
        assertThat(page.locator(".ecs-canary-history tbody tr")).hasCount(2);
        shoot("history");
        visit("ecs-deployments/");
        assertThat(page.locator(".ecs-canary-history tbody tr")).hasCount(1);
        shoot("services");
    }

    @Test
    @Order(5)
    void theSnippetGenerator() {
        visit(JenkinsDemo.JOB + "pipeline-syntax/");
        page.setViewportSize(1200, 2600); // no scrolling, over which the header would stay
        page.locator("select.dropdownList")
                .first()
                .selectOption(page.locator(
                                "select.dropdownList option", new Page.LocatorOptions().setHasText("ecsCanaryDeploy:"))
                        .first()
                        .innerText());
        fill("region", "eu-central-1");
        fill("cluster", "shop");
        fill("service", "web");
        assertThat(page.locator(".validation-error-area .error:visible")).hasCount(0);
        page.locator("button", new Page.LocatorOptions().setHasText("Generate Pipeline Script"))
                .click();
        assertThat(page.locator("#prototypeText"))
                .hasValue(Pattern.compile("ecsCanaryDeploy.*service: 'web'.*", Pattern.DOTALL));
        shoot("snippet", page.locator("#main-panel"));
    }

    /** As a user does it who then goes on to the next: that is when it is checked. */
    private static void fill(String field, String value) {
        Locator input = page.locator("input[name='_." + field + "']:visible").first();
        input.fill(value);
        input.press("Tab");
    }
}
