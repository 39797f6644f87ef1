package io.jenkins.plugins.ecscanary.jenkins.scan.page;

import hudson.model.Run;
import io.jenkins.plugins.ecscanary.jenkins.page.PagesOfBuild;
import java.io.IOException;
import java.util.List;

/** The scans of one build: it keeps their ids; what came of them is in files of their own. */
public final class ScanRunAction extends PagesOfBuild {

    /** Below the build's address. */
    public static final String URL_NAME = "scan";

    /**
     * Notes that a build has a scan; once is enough. Writes the build's record.
     *
     * @return which of the build's scans it is, from 1 on
     */
    public static int note(Run<?, ?> run, String id) throws IOException {
        return note(run, id, ScanRunAction.class, ScanRunAction::new);
    }

    /** The address of a scan's page, absolute where Jenkins knows its own. */
    public static String url(Run<?, ?> run, String id) {
        return url(run, URL_NAME, id);
    }

    /** The pages below. */
    public List<ScanPage> getScans() {
        return getIds().stream().map(id -> new ScanPage(getObject(), id)).toList();
    }

    /** {@code <id>/}; Stapler answers 404 where it is null. */
    public ScanPage getDynamic(String id) {
        return getIds().contains(id) ? new ScanPage(getObject(), id) : null;
    }

    @Override
    public String getIconFileName() {
        return "symbol-ecs-canary-scan plugin-ecs-canary-deploy";
    }

    @Override
    public String getDisplayName() {
        return Messages.ScanRunAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }
}
