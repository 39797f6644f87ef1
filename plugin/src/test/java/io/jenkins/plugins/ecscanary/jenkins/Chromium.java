package io.jenkins.plugins.ecscanary.jenkins;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A real Chromium of this machine. Whatever it complains of is kept: errors of scripts, what could not be loaded, what violates the
 * Content-Security-Policy that Jenkins enforces in tests, and pages that came without one, since those prove nothing.
 */
public final class Chromium implements AutoCloseable {

    private static final int PATIENCE_MS = 120_000;
    private static final String POLICY = "content-security-policy";

    /** Seconds after it was loaded it looks for a caption, which the experimental build page has not: whatever the build did. */
    private static final String JENKINS_OWN = "/lib/hudson/build-caption.js:";

    /** More than the browser's own message: the directive, and how the offending code begins. */
    private static final String TELL_VIOLATIONS = """
            window.addEventListener('securitypolicyviolation', (violation) => console.error('violation of '
              + violation.effectiveDirective + ' by ' + violation.blockedURI + ' in ' + violation.sourceFile + ':'
              + violation.lineNumber + ': ' + violation.sample));
            """;

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> jenkinsOwn = new CopyOnWriteArrayList<>();

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Leaves out the test where there is none. */
    public static Chromium start() {
        Path executable = Stream.of(System.getenv("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/google-chrome")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(executable != null, "no Chromium on this machine: set CHROMIUM to its path");
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
        return new Chromium(playwright, browser);
    }

    /** A page of somebody new, who has no cookies yet and looks at it in a window of a common size. */
    public Page page() {
        return page(Map.of());
    }

    /** @param headers that are sent with everything */
    public Page page(Map<String, String> headers) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(1280, 900).setExtraHTTPHeaders(headers));
        context.setDefaultTimeout(PATIENCE_MS);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(error -> (error.contains(JENKINS_OWN) ? jenkinsOwn : complaints).add(error));
        page.addInitScript(TELL_VIOLATIONS);
        page.onResponse(this::expectPolicy);
        return page;
    }

    private void expectPolicy(Response response) {
        Map<String, String> headers = response.headers();
        if (headers.getOrDefault("content-type", "").startsWith("text/html")
                && response.request().isNavigationRequest()
                && !headers.containsKey(POLICY)) {
            complaints.add("no " + POLICY + ": " + response.url());
        }
    }

    /** Waits until a page has loaded all that it wants and has had the time to complain of it. */
    public static void settle(Page page) {
        page.waitForLoadState(LoadState.NETWORKIDLE);
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
    }

    /** What it has complained of since it was asked the last time. */
    public List<String> complaints() {
        List<String> until = List.copyOf(complaints);
        complaints.removeAll(until);
        return until;
    }

    /** Errors of Jenkins's own scripts that pages without anything of this plugin's have as well. */
    public List<String> jenkinsOwn() {
        return List.copyOf(jenkinsOwn);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
