package io.jenkins.plugins.ecscanary.cli.page;

import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewDocument;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** The newest document's bytes: all pages that are open ask for the same one, and it is written for the first of them. */
final class WrittenOnce {

    private final Function<DeploymentView, String> write;
    private String etag;
    private byte[] bytes;

    WrittenOnce(Function<DeploymentView, String> write) {
        this.write = write;
    }

    /** Not to be changed by the caller. */
    synchronized byte[] of(DeploymentView view) {
        String wanted = ViewDocument.etag(view);
        if (!wanted.equals(etag)) {
            bytes = write.apply(view).getBytes(StandardCharsets.UTF_8);
            etag = wanted;
        }
        return bytes;
    }
}
