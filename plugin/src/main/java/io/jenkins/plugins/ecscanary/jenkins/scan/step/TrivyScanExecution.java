package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.Launcher;
import hudson.console.HyperlinkNote;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.ecscanary.engine.scan.Gate;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.ScanTable;
import io.jenkins.plugins.ecscanary.engine.scan.UnreadableReportException;
import io.jenkins.plugins.ecscanary.jenkins.scan.BuildScans;
import io.jenkins.plugins.ecscanary.jenkins.scan.ScanId;
import io.jenkins.plugins.ecscanary.jenkins.scan.Scans;
import io.jenkins.plugins.ecscanary.jenkins.scan.page.ScanRunAction;
import io.jenkins.plugins.ecscanary.jenkins.step.PlainText;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A scanning step on its way. {@link #start} and {@link #onResume} only hand over to a thread of {@link Scans}, where everything
 * happens.
 *
 * <ul>
 *   <li>Aborted, or out of time: the scanner is stopped, and then the step ends with that cause.
 *   <li>The controller is gone before there is a result: nobody has read what the scanner came to, so {@link #onResume} closes the
 *       gate, stops the scanner if it is still there, deletes what it wrote, and fails the step. A scanner whose build can't go on ends by its own
 *       time-out.
 *   <li>The controller is gone after the result was kept: the result counts.
 * </ul>
 */
final class TrivyScanExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(TrivyScanExecution.class.getName());

    private static final int WIDTH = 120;
    private static final int FINDINGS_IN_LOG = 20;

    /** A node that does not answer does not keep an aborted step. */
    private static final int SECONDS_TO_STOP = 30;

    /** The step's agent may be back later than its build. */
    private static final int SECONDS_TO_BE_BACK = 5;

    private static final int TRIES_TO_BE_BACK = 60;

    private final TrivyScanStep step;
    private final String id = ScanId.fresh();

    /** This Jenkins's: after it is closed, its threads end nothing any more. */
    private transient volatile Scans scans;

    private transient volatile Future<?> scan;
    private transient volatile Throwable stopped;

    /** Whoever sets it goes on with the step: its thread, or who stops it before it has one. */
    private transient AtomicBoolean begun;

    private transient boolean completed;

    TrivyScanExecution(StepContext context, TrivyScanStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        try {
            Wanted.of(step); // complains before anything is run
        } catch (IllegalArgumentException e) {
            throw new AbortException(PlainText.of(e.getMessage()));
        }
        boolean busy = Scans.get().busy();
        begin(this::scan);
        if (busy) {
            getContext().get(TaskListener.class).getLogger().println(Messages.TrivyScanExecution_Waits(Scans.AT_ONCE));
        }
        return false;
    }

    @Override
    public void onResume() {
        begin(() -> resume(TRIES_TO_BE_BACK));
    }

    private synchronized void begin(Work work) {
        AtomicBoolean mine = new AtomicBoolean();
        begun = mine;
        scans = Scans.get();
        scan = scans.begin(() -> {
            if (mine.compareAndSet(false, true)) {
                run(work);
            }
        });
    }

    /** What a thread does; it may take its time. */
    private interface Work {
        void run() throws IOException, InterruptedException, UnreadableReportException;
    }

    private void run(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            fail(stopped == null ? e : stopped);
        } catch (IOException | UnreadableReportException | RuntimeException | LinkageError e) {
            LOGGER.log(Level.FINE, e, () -> "the scan " + id + " broke off");
            fail(stopped == null ? e : stopped);
        }
    }

    private void scan() throws IOException, InterruptedException {
        Run<?, ?> run = getContext().get(Run.class);
        int number = ScanRunAction.note(run, id);
        ScanResult result = made(run, number);
        if (stopped != null) {
            fail(stopped);
        } else if (!scans.closed()) { // else onResume closes the gate
            conclude(run, result);
        }
    }

    private ScanResult made(Run<?, ?> run, int number) throws InterruptedException {
        ScanWork work;
        try {
            work = new ScanWork(getContext(), step, id, number);
        } catch (IOException e) {
            return closed(run, Messages.TrivyScanExecution_AgentGone(e.getMessage()));
        }
        return work.result();
    }

    private ScanResult closed(Run<?, ?> run, String reason) {
        return Gate.closed(PlainText.of(reason), Wanted.of(step).subject(step), Instant.now())
                .withOrigin(run.getExternalizableId());
    }

    private void resume(int tries) throws IOException, InterruptedException, UnreadableReportException {
        Run<?, ?> run = getContext().get(Run.class);
        ScanRunAction.note(run, id);
        Optional<ScanResult> known = BuildScans.read(run, id);
        if (known.isPresent()) {
            conclude(run, known.get());
            return;
        }
        boolean away = !clearUp();
        if (stopped != null) {
            fail(stopped);
            return;
        }
        if (away && tries > 1) {
            Timer.get().schedule(() -> begin(() -> resume(tries - 1)), SECONDS_TO_BE_BACK, TimeUnit.SECONDS);
            return;
        }
        conclude(
                run,
                closed(
                        run,
                        away
                                ? Messages.TrivyScanExecution_InterruptedAndAway()
                                : Messages.TrivyScanExecution_Interrupted()));
    }

    /** @return whether the node is there, so that neither the scanner nor what it wrote is there any more */
    private boolean clearUp() throws InterruptedException {
        try {
            Launcher launcher = getContext().get(Launcher.class);
            FilePath directory = getContext().get(FilePath.class);
            if (launcher == null || directory == null) {
                return false;
            }
            launcher.kill(Map.of(TrivyProgram.COOKIE, id));
            FilePath own = ScanDirectory.of(directory, id);
            if (own != null) {
                own.deleteRecursive();
            }
            return true;
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "the node of the scan " + id + " is not back yet, or not cleared up");
            return false;
        }
    }

    private void conclude(Run<?, ?> run, ScanResult result) throws IOException, InterruptedException {
        scans.keep(run, id, result);
        TaskListener log = getContext().get(TaskListener.class);
        ScanTable.lines(result, WIDTH, FINDINGS_IN_LOG)
                .forEach(line -> log.getLogger().println(PlainText.of(line)));
        log.getLogger()
                .println(HyperlinkNote.encodeTo(
                        "/" + run.getUrl() + ScanRunAction.URL_NAME + "/" + id + "/",
                        Messages.TrivyScanExecution_AllFindings()));
        String summary = result.verdict() + ": " + PlainText.of(result.cause());
        switch (result.verdict()) {
            case PASSED -> succeed(run, result);
            case UNSTABLE -> {
                getContext()
                        .get(FlowNode.class)
                        .addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(summary));
                run.setResult(Result.UNSTABLE);
                succeed(run, result);
            }
            case FAILED -> fail(new AbortException(Messages.TrivyScanExecution_Failed(summary)));
            default -> fail(new AbortException(Messages.TrivyScanExecution_NotJudged(PlainText.of(result.cause()))));
        }
    }

    private void succeed(Run<?, ?> run, ScanResult result) {
        TrivyScanResult answer = TrivyScanResult.of(id, result, ScanRunAction.url(run, id));
        complete(() -> {
            Throwable cause = stopped;
            if (cause == null) {
                getContext().onSuccess(answer);
            } else {
                getContext().onFailure(cause); // an abort that comes late is one all the same
            }
        });
    }

    private void fail(Throwable cause) {
        complete(() -> getContext().onFailure(cause));
    }

    private void complete(Runnable ending) {
        synchronized (this) {
            if (completed || (scans != null && scans.closed())) {
                return;
            }
            completed = true;
        }
        ending.run();
    }

    @Override
    public void stop(Throwable cause) {
        stopped = cause;
        Future<?> running;
        AtomicBoolean taken;
        synchronized (this) {
            running = scan;
            taken = begun;
        }
        if (taken == null || taken.compareAndSet(false, true)) {
            fail(cause); // no thread has it yet
            return;
        }
        running.cancel(true);
        Timer.get().schedule(() -> fail(cause), SECONDS_TO_STOP, TimeUnit.SECONDS);
    }

    @Override
    public String getStatus() {
        Future<?> running = scan;
        return running == null || running.isDone()
                ? Messages.TrivyScanExecution_NotScanning()
                : Messages.TrivyScanExecution_Scanning();
    }
}
