package io.jenkins.plugins.ecscanary.jenkins.redeploy;

import hudson.console.ModelHyperlinkNote;
import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.TaskListener;

/** Why a build ships something again: which build had shipped it. */
public final class RedeployCause extends Cause {

    private final String recordId;
    private final String build;
    private final String buildUrl;

    /** @param build whose deployment it was */
    public RedeployCause(String recordId, Run<?, ?> build) {
        this.recordId = recordId;
        this.build = build.getFullDisplayName();
        this.buildUrl = build.getUrl();
    }

    public String getRecordId() {
        return recordId;
    }

    @Override
    public String getShortDescription() {
        return Messages.RedeployCause_ShortDescription(build);
    }

    @Override
    public void print(TaskListener listener) {
        listener.getLogger()
                .println(Messages.RedeployCause_ShortDescription(ModelHyperlinkNote.encodeTo("/" + buildUrl, build)));
    }
}
