package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.console.HyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.jenkins.run.CanaryRunAction;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What happens to a deployment, in its build's log below a link to its page, which the build has from then on. Keeps build and
 * log: a step that does not wait is over before the first line is there, and its context with it.
 */
final class DeploymentLog {

    private static final Logger LOGGER = Logger.getLogger(DeploymentLog.class.getName());

    private final Run<?, ?> build;
    private final TaskListener log;
    private final String id;
    private boolean introduced;

    DeploymentLog(Run<?, ?> build, TaskListener log, String id) {
        this.build = build;
        this.log = log;
        this.id = id;
    }

    /** Before the first line, if there is any; once is enough. */
    void introduce() {
        if (introduced) {
            return;
        }
        introduced = true;
        try {
            CanaryRunAction.note(build, id);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "the build's page will not show the deployment " + id);
        }
        print(HyperlinkNote.encodeTo(
                "/" + build.getUrl() + CanaryRunAction.URL_NAME + "/" + id + "/", Messages.DeploymentLog_LiveView()));
    }

    void line(DeploymentView.LogLine line) {
        introduce();
        notice((line.level() == DeploymentView.Level.INFO ? "" : line.level() + " ") + line.text());
    }

    /** Of a deployment that may not have begun. */
    void notice(String text) {
        print(PlainText.of(text));
    }

    private void print(String text) {
        if (build.isBuilding()) { // else its log is complete
            log.getLogger().println(text);
        }
    }
}
