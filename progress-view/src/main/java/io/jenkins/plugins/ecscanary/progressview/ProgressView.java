package io.jenkins.plugins.ecscanary.progressview;

/**
 * The two files of {@code <canary-progress>}. A page that loads both and contains
 * {@code <canary-progress src="view.json"></canary-progress>} shows a deployment.
 */
public final class ProgressView {
    /** A classic script: it defines the element, and nothing global. */
    public static final Asset SCRIPT = Asset.beside("canary-progress.js", "text/javascript; charset=utf-8");

    /** The element's styles, every class of them beginning with {@code cp-}. */
    public static final Asset STYLESHEET = Asset.beside("canary-progress.css", "text/css; charset=utf-8");

    private ProgressView() {}
}
