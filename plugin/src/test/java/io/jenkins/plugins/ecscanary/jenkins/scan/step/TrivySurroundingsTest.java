package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Where the step runs others may write files and set variables: nothing of it says what a scan leaves out. */
@WithJenkins
class TrivySurroundingsTest extends WithFakeTrivy {

    private List<String> calls(String kind) throws IOException {
        return trivy.calls().lines().filter(line -> line.startsWith(kind)).toList();
    }

    @Test
    void variablesThatWouldMakeItFindLessAreKeptFromItAndTold() throws Exception {
        String environment = trivy.env(
                "good",
                "TRIVY_SKIP_DIRS=/app",
                "TRIVY_SEVERITY=LOW",
                "TRIVY_OPTION_OF_LATER=less",
                "TRIVY_CACHE_DIR=/cache",
                "TRIVY_DISABLE_TELEMETRY=false");
        WorkflowJob job = Pipelines.job(
                "set", "node { " + environment + " { trivyScan(image: 'shop/web:1', formats: ['sarif']) } }");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("TRIVY_SEVERITY, TRIVY_SKIP_DIRS: not handed on to Trivy", build);
        jenkins.assertLogNotContains("TRIVY_CACHE_DIR", build);
        Set<String> seen = new TreeSet<>(calls("variable "));
        assertThat(
                seen,
                is(Set.of(
                        "variable TRIVY_CACHE_DIR=/cache",
                        "variable TRIVY_DISABLE_TELEMETRY=false",
                        "variable TRIVY_SKIP_VERSION_CHECK=true")));
    }

    @Test
    void eachRunHasAConfigurationOfOurs() throws Exception {
        WorkflowJob job = Pipelines.job(
                "files", "node { " + trivy.env("good") + " { trivyScan(image: 'a', formats: ['sarif']) } }");
        jenkins.buildAndAssertSuccess(job);
        List<String> runs = calls("call ");
        assertThat("version, scan, conversion", runs, hasSize(3));
        assertThat(runs, everyItem(containsString(" --config ")));
        assertThat(runs.get(1), matchesPattern(".* --config (\\S+) .* --ignorefile \\1 .*"));
        assertThat(runs.get(1), containsString(" --secret-config= "));
        assertThat(Set.copyOf(calls("configuration ")), is(Set.of("configuration {}")));
        job.setDefinition(Pipelines.definition(
                "node { " + trivy.env("good") + " { trivyScan(image: 'a', ignoreFile: 'ci/ignored') } }"));
        jenkins.buildAndAssertSuccess(job);
        assertThat("only where it is asked for", trivy.calls(), containsString(" --ignorefile ci/ignored "));
    }
}
