package io.jenkins.plugins.ecscanary.cli.demo;

import io.jenkins.plugins.ecscanary.cli.terminal.Figures;
import io.jenkins.plugins.ecscanary.engine.view.ReplayDocument;
import io.jenkins.plugins.ecscanary.engine.view.ViewDocument;
import io.jenkins.plugins.ecscanary.progressview.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the demonstration leaves behind: a timeline for each act and one report. */
final class Artifacts {

    private final Path directory;

    Artifacts(Path directory) {
        this.directory = directory;
    }

    /** Makes the directory empty: nothing of an earlier run may be taken for this one's. */
    void clear() throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(directory);
    }

    void timeline(Act act, Path timeline) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(act.name()));
        Files.copy(timeline, folder.resolve("timeline.jsonl"), StandardCopyOption.REPLACE_EXISTING);
    }

    Path report(List<ActResult> results, double speed) throws IOException {
        String introduction = "Three deployments to one service on a local AWS whose clock ran " + Figures.factor(speed)
                + " times as fast, under steady traffic.\n"
                + results.stream().map(Summary::traffic).collect(Collectors.joining("\n"));
        List<ReportPage.Section> sections = results.stream()
                .map(result -> new ReportPage.Section(
                        result.act().heading(),
                        ViewDocument.json(result.view()),
                        ReplayDocument.json(result.timeline())))
                .toList();
        Path file = directory.resolve("report.html");
        return Files.writeString(file, new ReportPage("Canary deployments", introduction, sections).html());
    }
}
