package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.OperatorRequests;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What other processes have asked of a deployment's owner: looked for again and again for as long as it owns it. */
final class LeftRequests {

    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Context context;
    private final DeploymentRun run;
    private boolean troubleTold;

    LeftRequests(Context context, DeploymentRun run) {
        this.context = context;
        this.run = run;
    }

    /** Looks for them from now on. Answers at once. */
    void watch() {
        context.time()
                .after(context.time().ofWall(EVERY), () -> context.commands().execute(() -> {
                    take();
                    if (!run.leftBehind() && !run.view().ended()) {
                        watch();
                    }
                }));
    }

    /** Those that have come since the last time. Reads a file; to be called without any monitor. */
    void take() {
        DeploymentView known = run.view();
        List<Optional<OperatorRequests.Request>> all;
        try {
            all = known.service() == null
                    ? List.of()
                    : context.records().requests(known.service(), known.id()).all();
        } catch (UncheckedIOException e) {
            trouble(e.getMessage());
            return;
        }
        for (int i = known.working().requestsTaken(); i < all.size(); i++) {
            int number = i + 1;
            all.get(i)
                    .ifPresentOrElse(
                            request -> run.take(request, number),
                            () -> trouble("request " + number
                                    + " that was left beside the timeline makes no sense and is left out"));
        }
    }

    /** Once: it would be the same every time. */
    private void trouble(String why) {
        synchronized (this) {
            if (troubleTold) {
                return;
            }
            troubleTold = true;
        }
        run.append(new DeploymentEvent.Warned(context.time().now(), why));
    }
}
