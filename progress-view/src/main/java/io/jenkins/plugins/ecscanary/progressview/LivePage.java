package io.jenkins.plugins.ecscanary.progressview;

/**
 * The page a deployment is watched on while it runs. Whoever serves it serves {@link ProgressView}'s two files and the
 * view document from the same folder, and sends {@link #CONTENT_SECURITY_POLICY} with the page.
 */
public final class LivePage {
    /**
     * The value of the {@code Content-Security-Policy} header: the page's own script and stylesheet and nothing else,
     * nothing inline, no frame around it, and no string that becomes markup.
     */
    public static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'";

    /** The value of the page's {@code Content-Type} header. */
    public static final String CONTENT_TYPE = "text/html; charset=utf-8";

    private LivePage() {}

    /**
     * The page.
     *
     * @param title its title, plain text
     * @param viewDocument the address of the view document, absolute or relative to the page
     * @throws IllegalArgumentException where one of them is blank
     */
    public static String html(String title, String viewDocument) {
        return page(title, viewDocument, "");
    }

    /**
     * The page, with a replay of a deployment that has ended.
     *
     * @param replayDocument the address of the document of its frames, absolute or relative to the page
     * @throws IllegalArgumentException where one of them is blank
     */
    public static String html(String title, String viewDocument, String replayDocument) {
        requireText("the address of the document of the frames", replayDocument);
        return page(title, viewDocument, " replay=\"" + Markup.text(replayDocument) + "\"");
    }

    private static String page(String title, String viewDocument, String replay) {
        requireText("the title of the live page", title);
        requireText("the address of the view document", viewDocument);
        return String.join(
                "\n",
                "<!DOCTYPE html>",
                "<html lang=\"en\">",
                "<head>",
                "<meta charset=\"utf-8\">",
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
                "<title>" + Markup.text(title) + "</title>",
                Markup.ICON,
                "<link rel=\"stylesheet\" href=\"" + ProgressView.STYLESHEET.fileName() + "\">",
                "<script src=\"" + ProgressView.SCRIPT.fileName() + "\" defer></script>",
                "</head>",
                "<body class=\"cp-page cp-page-live\">",
                "<main>",
                "<h1 class=\"cp-page-title\">" + Markup.text(title) + "</h1>",
                "<canary-progress src=\"" + Markup.text(viewDocument) + "\"" + replay + "></canary-progress>",
                "</main>",
                "<noscript>This page needs JavaScript.</noscript>",
                "</body>",
                "</html>",
                "");
    }

    private static void requireText(String what, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(what + " is missing");
        }
    }
}
