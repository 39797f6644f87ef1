package io.jenkins.plugins.ecscanary.jenkins.rest;

import io.jenkins.plugins.ecscanary.engine.model.Revision;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What runs, in {@code api/json}. */
@ExportedBean(defaultVisibility = 2)
public final class RevisionBean {

    /** Its ARN. */
    @Exported
    public final String taskDefinition;

    @Exported
    public final String container;

    @Exported
    public final String image;

    /** {@code sha256:…}, or null where it is not known. */
    @Exported
    public final String digest;

    private RevisionBean(Revision revision) {
        taskDefinition = revision.taskDefinition();
        container = revision.container();
        image = revision.image();
        digest = revision.digest();
    }

    static RevisionBean of(Revision revision) {
        return revision == null ? null : new RevisionBean(revision);
    }
}
