/**
 * The live view of a canary deployment: {@code <canary-progress>}, a custom element in one script and one stylesheet,
 * and the pages that host it. It reads the view document (docs/view-document.md) and nothing else, and depends on
 * nothing else of this project.
 */
package io.jenkins.plugins.ecscanary.progressview;
