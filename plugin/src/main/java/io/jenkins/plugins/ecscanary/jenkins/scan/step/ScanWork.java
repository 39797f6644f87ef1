package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.ecscanary.engine.config.ConfigException;
import io.jenkins.plugins.ecscanary.engine.scan.Baseline;
import io.jenkins.plugins.ecscanary.engine.scan.Gate;
import io.jenkins.plugins.ecscanary.engine.scan.ReportReader;
import io.jenkins.plugins.ecscanary.engine.scan.ScanReport;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.ScanSubject;
import io.jenkins.plugins.ecscanary.engine.scan.ScanTarget;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyCommand;
import io.jenkins.plugins.ecscanary.engine.scan.UnreadableReportException;
import io.jenkins.plugins.ecscanary.engine.scan.Waiver;
import io.jenkins.plugins.ecscanary.engine.scan.WaiverFile;
import io.jenkins.plugins.ecscanary.jenkins.scan.tool.TrivyInstallation;
import io.jenkins.plugins.ecscanary.jenkins.step.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * One scan from its beginning to its result, on a thread that may wait. Whatever goes wrong on the way, the result is a gate that
 * is closed and says why; only being interrupted is no result.
 */
final class ScanWork {

    /** What the scanner gets beyond its own time-out, to give up by itself and say so. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** A waiver file is read as one text. */
    private static final long LARGEST_WAIVERS = 1024 * 1024;

    private final TrivyScanStep step;
    private final String id;
    private final int number;
    private final Run<?, ?> run;
    private final TaskListener log;
    private final FilePath directory;
    private final Launcher launcher;
    private final EnvVars environment;
    private final Node node;
    private final String place;

    /**
     * @param number of the scan in its build, from 1 on
     * @throws IOException if the node is not there, which may be so after a wait for a place
     */
    ScanWork(StepContext context, TrivyScanStep step, String id, int number) throws IOException, InterruptedException {
        this.step = step;
        this.id = id;
        this.number = number;
        run = context.get(Run.class);
        log = context.get(TaskListener.class);
        directory = context.get(FilePath.class);
        launcher = context.get(Launcher.class);
        environment = context.get(EnvVars.class);
        node = context.get(Node.class);
        if (launcher == null || directory == null) {
            throw new IOException(Messages.ScanWork_Offline());
        }
        Computer computer = context.get(Computer.class);
        place = computer == null || computer.getDisplayName().isEmpty()
                ? Messages.ScanWork_Somewhere()
                : computer.getDisplayName();
    }

    /** @throws InterruptedException if it was stopped; the scanner is stopped then, too */
    ScanResult result() throws InterruptedException {
        Wanted wanted = Wanted.of(step);
        ScanSubject asked = wanted.subject(step);
        try {
            return judge(wanted);
        } catch (GateClosed e) {
            return closed(e.getMessage(), asked);
        } catch (UnreadableReportException | ConfigException e) {
            return closed(e.getMessage(), asked);
        } catch (IOException | RuntimeException e) {
            String why = Messages.ScanWork_BrokeOff(e.getMessage(), e.getClass().getSimpleName());
            return closed(LostNode.or(launcher, place, why), asked);
        }
    }

    private ScanResult closed(String reason, ScanSubject subject) {
        return Gate.closed(PlainText.of(reason), subject, Instant.now()).withOrigin(run.getExternalizableId());
    }

    private ScanResult judge(Wanted wanted)
            throws GateClosed, UnreadableReportException, IOException, InterruptedException {
        FilePath own = ScanDirectory.of(directory, id);
        if (own == null) {
            throw new GateClosed(Messages.ScanWork_NoTemporaryDirectory(directory.getRemote()));
        }
        directory.mkdirs(); // nothing may have been in the workspace yet
        deleteForgotten(own);
        own.mkdirs();
        try {
            List<Waiver> waivers = waivers(); // a mistake in them is told before the scanner takes its time
            TrivyProgram trivy = program(wanted, own);
            if (trivy != null) {
                say(Messages.ScanWork_Scanner(trivy.version(), place, trivy.path()));
                if (!trivy.withheld().isEmpty()) {
                    say(Messages.ScanWork_Withheld(String.join(", ", trivy.withheld())));
                }
            }
            Instant began = Instant.now();
            FilePath file = wanted.target() == null ? given() : scanned(wanted, trivy, own);
            ScanReport report =
                    wanted.target() == null ? read(file) : read(file).madeBetween(began, Instant.now());
            if (wanted.target() instanceof ScanTarget.Archive
                    && report.repoTags().isEmpty()) {
                say(Messages.ScanWork_NoName(wanted.target().name()));
            }
            Baselines baselines = new Baselines(run, this::say);
            Optional<Baseline> known = baselines.of(wanted.baseline(), report.subject());
            Optional<Baseline> before = baselines.before(report.subject());
            ScanResult result = Gate.judge(report, wanted.policy(), waivers, known, before, Instant.now())
                    .withOrigin(run.getExternalizableId())
                    .withLookedFor(wanted.lookedFor());
            new Reports(run, launcher, log, number, own).archive(wanted.formats(), result, file, trivy, this::say);
            return result;
        } finally {
            discard(own);
        }
    }

    private void deleteForgotten(FilePath own) throws InterruptedException {
        try {
            ScanDirectory.deleteForgotten(own, Instant.now());
        } catch (IOException e) {
            say(Messages.ScanWork_RemainsNotDeleted(e.getMessage()));
        }
    }

    /** The scanner's output, its report and its copies; what can't be taken away is said. */
    private void discard(FilePath own) {
        boolean interrupted = Thread.interrupted();
        try {
            own.deleteRecursive();
        } catch (IOException e) {
            say(Messages.ScanWork_NotDeleted(own.getRemote(), e.getMessage()));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Null where none is needed: there is a report, and no other format of it is wanted that only the scanner can make. */
    private TrivyProgram program(Wanted wanted, FilePath own) throws GateClosed, IOException, InterruptedException {
        if (wanted.target() == null && !Reports.needScanner(wanted.formats())) {
            return null;
        }
        String path = "trivy";
        if (step.getTrivy() != null) {
            if (node == null) {
                throw new GateClosed(Messages.ScanWork_UnknownNode(step.getTrivy()));
            }
            try {
                path = TrivyInstallation.named(step.getTrivy())
                        .forNode(node, log)
                        .forEnvironment(environment)
                        .program(launcher);
            } catch (IllegalArgumentException e) {
                throw new GateClosed(e.getMessage(), e); // what is configured there, or is not
            }
        }
        FilePath configuration = own.child("trivy.yaml");
        configuration.write(TrivyCommand.CONFIGURATION, StandardCharsets.UTF_8.name());
        return new TrivyProgram(path, configuration.getRemote(), launcher, directory, environment, id, place);
    }

    private FilePath given() throws GateClosed, IOException, InterruptedException {
        FilePath file = directory.child(step.getReportFile());
        if (!file.exists() || file.isDirectory()) {
            throw new GateClosed(Messages.ScanWork_NoReport(file.getRemote(), place));
        }
        return file;
    }

    private FilePath scanned(Wanted wanted, TrivyProgram trivy, FilePath own)
            throws GateClosed, IOException, InterruptedException {
        say(Messages.ScanWork_Scans(wanted.target().name()));
        FilePath file = own.child("report.json");
        Map<String, String> token =
                step.getCredentialsId() == null ? Map.of() : ServerToken.of(run, step.getCredentialsId());
        trivy.run(
                TrivyCommand.scan(
                        trivy.path(), trivy.configuration(), wanted.target(), file.getRemote(), wanted.options()),
                token,
                wanted.options().timeout().plus(GRACE),
                line -> say("  " + line));
        if (!file.exists()) {
            throw new GateClosed(Messages.ScanWork_NothingWritten(trivy.path(), place));
        }
        return file;
    }

    private ScanReport read(FilePath file) throws UnreadableReportException, IOException, InterruptedException {
        try (InputStream in = file.read()) {
            return ReportReader.read(in, file.getName());
        }
    }

    private List<Waiver> waivers() throws GateClosed, IOException, InterruptedException {
        if (step.getWaivers() == null) {
            return List.of();
        }
        FilePath file = directory.child(step.getWaivers());
        if (!file.exists() || file.isDirectory()) {
            throw new GateClosed(Messages.ScanWork_NoWaivers(file.getRemote(), place));
        }
        if (file.length() > LARGEST_WAIVERS) {
            throw new GateClosed(Messages.ScanWork_WaiversTooLarge(file.getRemote(), LARGEST_WAIVERS));
        }
        try (InputStream in = file.read()) {
            return WaiverFile.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), step.getWaivers());
        }
    }

    private void say(String line) {
        log.getLogger().println(PlainText.of(line));
    }
}
