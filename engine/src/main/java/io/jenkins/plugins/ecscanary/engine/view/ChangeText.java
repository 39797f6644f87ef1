package io.jenkins.plugins.ecscanary.engine.view;

import io.jenkins.plugins.ecscanary.engine.model.Arn;
import io.jenkins.plugins.ecscanary.engine.model.RevisionChange;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.RevisionCompared;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.ChangesView;
import java.util.ArrayList;
import java.util.List;

/** What a revision changes, in a few lines of the log: all of it is in the view. */
final class ChangeText {

    private static final int LINES = 8;
    private static final int LONGEST = 60;

    private ChangeText() {}

    static ChangesView view(RevisionCompared event) {
        return new ChangesView(against(event), event.changes(), event.more());
    }

    static String head(RevisionCompared event) {
        int count = event.changes().size() + event.more();
        String changes = count == 0 ? "no change" : count == 1 ? "1 change" : count + " changes";
        return "compared with " + against(event) + ", which serves: " + changes;
    }

    /** After the head. */
    static List<String> lines(RevisionCompared event) {
        List<String> lines = new ArrayList<>();
        List<RevisionChange> all = event.changes();
        all.subList(0, Math.min(LINES, all.size())).forEach(change -> lines.add("  " + line(change)));
        int rest = all.size() + event.more() - lines.size();
        if (rest > 0) {
            lines.add("  and " + rest + " more");
        }
        return lines;
    }

    private static String line(RevisionChange change) {
        boolean image = change.path().endsWith(".image");
        String before = shown(change.before(), image);
        String after = shown(change.after(), image);
        if (change.before() == null) {
            return "+ " + change.path() + ": " + after;
        }
        return change.after() == null
                ? "- " + change.path() + ": " + before
                : "  " + change.path() + ": " + before + " -> " + after;
    }

    private static String shown(String value, boolean image) {
        String text = value == null ? "" : image ? SideFold.shortImage(value) : value;
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static String against(RevisionCompared event) {
        return Arn.last(event.serving());
    }
}
