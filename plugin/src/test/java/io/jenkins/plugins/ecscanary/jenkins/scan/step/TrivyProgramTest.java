package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.ecscanary.jenkins.Until;
import io.jenkins.plugins.ecscanary.jenkins.scan.FakeTrivy;
import io.jenkins.plugins.ecscanary.jenkins.scan.ScanId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The scanner as a process. */
@WithJenkins
class TrivyProgramTest {

    @Test
    void oneThatDoesNotEndIsStopped(JenkinsRule jenkins, @TempDir Path directory) throws Exception {
        FakeTrivy trivy = FakeTrivy.in(directory);
        TrivyProgram program = new TrivyProgram(
                directory.resolve("trivy").toString(),
                directory.resolve("trivy.yaml").toString(),
                new Launcher.LocalLauncher(StreamTaskListener.fromStderr()),
                new FilePath(directory.toFile()),
                new EnvVars("FAKE_TRIVY", "hang"),
                ScanId.fresh(),
                "here");
        List<String> said = new ArrayList<>();
        GateClosed closed = assertThrows(
                GateClosed.class,
                () -> program.run(
                        List.of(program.path(), "image", "--output", "x", "a"),
                        Map.of(),
                        Duration.ofSeconds(2),
                        said::add));
        assertThat(closed.getMessage(), containsString("did not end within 2 s and was stopped"));
        long pid = trivy.pid();
        Until.holds(
                "the scanner is gone",
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        assertThat("the thread may go on", Thread.interrupted(), is(false));
    }

    @Test
    void longLinesAndManyStaySmall() {
        List<String> told = new ArrayList<>();
        ToolOutput output = new ToolOutput(told::add, 3);
        byte[] line = ("x".repeat(100_000) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int i = 0; i < 100; i++) {
            output.write(line, 0, line.length);
        }
        output.write("the end".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, 7);
        assertThat(told.size(), is(4));
        List<String> last = output.last();
        assertThat(last.size(), is(40));
        assertThat(last.get(39), is("the end"));
        assertThat(last.get(0).length(), is(4096));
    }
}
