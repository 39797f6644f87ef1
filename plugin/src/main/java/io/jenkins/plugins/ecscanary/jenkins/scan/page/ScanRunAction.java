package io.jenkins.plugins.ecscanary.jenkins.scan.page;

import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;

/** The scans of one build: it keeps their ids; what came of them is in files of their own. */
public final class ScanRunAction implements RunAction2 {

    /** Below the build's address. */
    public static final String URL_NAME = "scan";

    private final CopyOnWriteArrayList<String> ids = new CopyOnWriteArrayList<>();
    private transient Run<?, ?> run;

    /**
     * Notes that a build has a scan; once is enough. Writes the build's record.
     *
     * @return which of the build's scans it is, from 1 on
     */
    public static int note(Run<?, ?> run, String id) throws IOException {
        synchronized (run) {
            ScanRunAction action = run.getAction(ScanRunAction.class);
            if (action == null) {
                action = new ScanRunAction();
                run.addAction(action);
            }
            if (action.ids.addIfAbsent(id)) {
                run.save();
            }
            return action.ids.indexOf(id) + 1;
        }
    }

    /** The address of a scan's page, absolute where Jenkins knows its own. */
    public static String url(Run<?, ?> run, String id) {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "/" : root) + run.getUrl() + URL_NAME + "/" + id + "/";
    }

    /** In the order they were begun. */
    public List<String> getIds() {
        return List.copyOf(ids);
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        run = attached;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        run = loaded;
    }

    /** The pages below. */
    public List<ScanPage> getScans() {
        List<ScanPage> pages = new ArrayList<>();
        for (String id : ids) {
            pages.add(new ScanPage(run, id));
        }
        return pages;
    }

    /** {@code <id>/}; Stapler answers 404 where it is null. */
    public ScanPage getDynamic(String id) {
        return ids.contains(id) ? new ScanPage(run, id) : null;
    }

    public Run<?, ?> getRun() {
        return run;
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
