package io.jenkins.plugins.ecscanary.jenkins.deployments;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.Records;
import io.jenkins.plugins.ecscanary.jenkins.Until;
import io.jenkins.plugins.ecscanary.jenkins.access.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Deployments whose step, job, key or record is not there, as a restart finds them. */
@WithJenkins
class LostOwnersTest {

    private static final String ID = "20261101T100000Z-0000000c";

    private JenkinsRule jenkins;
    private WorkflowRun build;

    @BeforeEach
    void aBuildThatGoesOn(JenkinsRule rule) throws Exception {
        jenkins = rule;
        build = Pipelines.job("web", "semaphore 'on'").scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("on/1", build);
    }

    private void end() throws Exception {
        SemaphoreStep.success("on/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
    }

    private static Owner owner(Run<?, ?> build) {
        Access access = new Access("eu-central-1", null, "no-such-key", null, null);
        return new Owner(ID, build, access, OnAbort.ROLLBACK, null, "ann", RedeployMode.DEPLOY_ONLY);
    }

    private static List<DeploymentEvent> begun() {
        List<DeploymentEvent> events = new ArrayList<>();
        events.add(Records.planned(ID, Records.SERVICE, "ann in web #1", List.of()));
        events.add(new DeploymentEvent.RevisionRegistered(Records.at(1), Records.REVISION));
        return events;
    }

    private static List<DeploymentEvent> created() {
        List<DeploymentEvent> events = begun();
        events.add(
                new DeploymentEvent.Started(Records.at(5), "d-LOST", null, null, null, Duration.ofMinutes(5), false));
        return events;
    }

    private Path home(String below) {
        return jenkins.jenkins.getRootDir().toPath().resolve("ecs-canary").resolve(below);
    }

    /** What AWS does not have can only be created by its step, which may take its time to come back. */
    @Test
    void whatItsStepHasYetToCreateIsNotTakenFromIt() throws Exception {
        Deployments.get().following().note(owner(build));
        Records.write(build, ID, begun());
        Supervisor.lookAround(true);
        assertThat(Deployments.get().find(ID).isPresent(), is(false));
        end();
        Supervisor.lookAround(true);
        assertThat("its build is over", Deployments.get().find(ID).isPresent(), is(true));
    }

    @Test
    void whatAwsHasIsFollowedUntilItsStepIsBack() throws Exception {
        Deployments.get().following().note(owner(build));
        Records.write(build, ID, created());
        Supervisor.lookAround(false);
        assertThat("it may be back at once", Deployments.get().find(ID).isPresent(), is(false));
        Supervisor.lookAround(true);
        assertThat(Deployments.get().find(ID).isPresent(), is(true));
        end();
    }

    /** Nobody can tell what became of it, and its build is not to wait for ever. */
    @Test
    void whoWaitsPastTheTimeOutIsToldThatItIsOutOfReach() throws Exception {
        Deployments.get().following().note(owner(build));
        Records.write(build, ID, created());
        CompletableFuture<String> told = new CompletableFuture<>();
        Supervisor.lookAround(true);
        Deployments.get().find(ID).orElseThrow().listen(new Followed.Listener() {
            @Override
            public void notice(String text) {
                throw new IllegalStateException("this listener fails, and is told all the same");
            }

            @Override
            public void outOfReach(String why) {
                told.complete(why);
            }

            @Override
            public void over(DeploymentView end) {
                told.completeExceptionally(new AssertionError("it has no verdict"));
            }

            @Override
            public void refused(RuntimeException why) {
                told.completeExceptionally(why);
            }
        });
        assertThat(
                told.get(2, TimeUnit.MINUTES),
                containsString("there was to be a verdict by 2026-11-01T11:00:00Z, but there is no AWS credential"));
        end();
    }

    @Test
    void aJobThatGetsTheNameOfADeletedOneGetsNothingOfItsDeployment() throws Exception {
        Deployments.get().following().note(owner(build));
        Records.write(build, ID, created());
        end();
        Supervisor.lookAround(true);
        Until.holds("it is in trouble", () -> !Deployments.get().troubles().isEmpty());
        jenkins.jenkins.getItemByFullName("web", Job.class).delete();
        WorkflowJob next = Pipelines.job("web", "semaphore 'on'");
        WorkflowRun unrelated = next.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("on/2", unrelated);
        Owner owner = Deployments.get().owner(ID).orElseThrow();
        assertThat(owner.build(), nullValue());
        Until.holds("that is kept", () -> new OwnerFiles(home("owners"))
                .unfinished().stream().allMatch(Owner::jobDeleted));
        assertThat(Deployments.get().anyOf(next), is(false));
        assertThat(Deployments.get().origin(ID).isPresent(), is(false));
        SemaphoreStep.success("on/2", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(unrelated));
    }

    @Test
    void aDamagedRecordIsToldAndSpoilsNoPage() throws Exception {
        end();
        Records.write(build, ID, Records.promoted(ID));
        Path timeline = Records.damage(ID);
        try (JenkinsRule.WebClient web = jenkins.createWebClient()) {
            web.getOptions().setJavaScriptEnabled(false);
            for (String page : List.of("", "ecs-canary/", "ecs-canary/" + ID + "/")) {
                String text = web.goTo(build.getUrl() + page).asNormalizedText();
                assertThat(page, text, containsString("can't be read; administrators are told why"));
                assertThat(
                        page,
                        text,
                        not(containsString(jenkins.jenkins.getRootDir().getPath())));
            }
            web.assertFails(build.getUrl() + "ecs-canary/" + ID + "/view", 500);
        }
        assertThat(
                Deployments.get().troubles(), contains(containsString("the timeline " + timeline + " can't be read")));
        Files.writeString(timeline, Files.readString(timeline).replace("{\"no\": \"event\"}\n", ""));
        assertThat("it has been mended", Deployments.get().troubles(), empty());
    }

    /** It can't be told by when there is to be a verdict. */
    @Test
    void whoWaitsForOneWhoseRecordIsDamagedIsToldAtOnce() throws Exception {
        Pipelines.addCredential();
        Deployments.get().following().note(owner(build));
        Records.write(build, ID, created());
        Records.damage(ID);
        CompletableFuture<String> told = new CompletableFuture<>();
        Supervisor.lookAround(true);
        Deployments.get().find(ID).orElseThrow().listen(new Followed.Listener() {
            @Override
            public void outOfReach(String why) {
                told.complete(why);
            }

            @Override
            public void over(DeploymentView end) {
                told.completeExceptionally(new AssertionError("it has no verdict"));
            }

            @Override
            public void refused(RuntimeException why) {
                told.completeExceptionally(why);
            }
        });
        assertThat(told.get(2, TimeUnit.MINUTES), containsString("can't be read"));
        end();
    }

    @Test
    void whatItsStepDoesNotKnowIsKept() throws Exception {
        Owner noted = owner(build);
        noted.scanned("sha256:1");
        Deployments.get().following().note(noted);
        Deployments.get().following().note(owner(build));
        assertThat(Deployments.get().owner(ID).orElseThrow().scannedImages(), is("sha256:1"));
        end();
    }

    @Test
    void aFileThatMakesNoSenseIsToldUntilItIsGone() throws Exception {
        end();
        Path file = Files.createDirectories(home("owners/unfinished")).resolve(ID + ".xml");
        for (String text : List.of(
                "<broken",
                "<string>something else</string>",
                "<io.jenkins.plugins.ecscanary.jenkins.deployments.Owner/>")) {
            Files.writeString(file, text);
            Supervisor.lookAround(true);
            assertThat(text, Deployments.get().troubles(), hasItem(containsString(file + " can't be read")));
        }
        Files.delete(file);
        Supervisor.lookAround(true);
        assertThat(Deployments.get().troubles(), empty());
    }
}
