package io.jenkins.plugins.ecscanary.jenkins.history;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore.Reads;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.Records;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Recorded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller with ten thousand old records reads no more for a page than one with ten. */
class OldRecordsTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @ParameterizedTest
    @ValueSource(ints = {10, 10_000})
    void aPageReadsWhatIsNewAndNoMore(int old) throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.buildAndAssertSuccess(Pipelines.job("web", "echo 'deployed'"));
            Recorded.of(Records.SERVICE).write(build, "new-1", Recorded.revision(1, "1.0"), Outcome.PROMOTED);
        });
        Path home = sessions.getHome().toPath();
        Recorded.addToDisk(home, "web", old);
        Files.setLastModifiedTime(
                home.resolve("ecs-canary/records/123456789012/eu-central-1/shop/web"),
                FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        sessions.then(jenkins -> {
            RecordStore records = Deployments.get().records();
            open(jenkins, old);
            Reads first = records.reads();
            assertThat(first.files(), lessThanOrEqualTo(1L + ServiceHistory.PAGE)); // the index, and the curves shown
            assertThat(first.listings(), is(1L));
            open(jenkins, old);
            jenkins.getJSON("job/web/1/ecs-canary/new-1/api/json");
            jenkins.getJSON("ecs-deployments/api/json");
            assertThat(records.reads(), is(first));

            Recorded.of(Records.SERVICE)
                    .write(
                            jenkins.jenkins
                                    .getItemByFullName("web", WorkflowJob.class)
                                    .getBuildByNumber(1),
                            "new-2",
                            Recorded.revision(2, "2.0"),
                            Outcome.PROMOTED);
            open(jenkins, old + 1);
            Reads more = records.reads();
            assertThat(more.files() - first.files(), is(2L)); // the end of the index, and one curve
            assertThat(more.bytes() - first.bytes(), lessThanOrEqualTo(10_000L));
        });
    }

    private static void open(JenkinsRule jenkins, int old) throws Exception {
        String text = jenkins.createWebClient()
                .goTo("job/web/ecs-services/" + ServiceHistory.token(Records.SERVICE) + "/")
                .getBody()
                .asNormalizedText();
        assertThat(text, containsString(" of %,d".formatted(old + 1)));
    }
}
