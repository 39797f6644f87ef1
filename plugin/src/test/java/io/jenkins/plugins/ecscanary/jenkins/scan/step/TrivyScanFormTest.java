package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.ecscanary.jenkins.scan.tool.TrivyInstallation;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step in forms: Snippet Generator and checks. */
@WithJenkins
class TrivyScanFormTest {

    private static TrivyScanStep full(JenkinsRule jenkins) {
        jenkins.jenkins
                .getDescriptorByType(TrivyInstallation.DescriptorImpl.class)
                .setInstallations(new TrivyInstallation("pinned", "/opt/trivy", List.of()));
        TrivyScanStep step = new TrivyScanStep();
        step.setImage("shop/web:1");
        step.setSeverity("CRITICAL");
        step.setIgnoreUnfixed(true);
        step.setScanners("vuln,misconfig");
        MaxFindings high = new MaxFindings("HIGH", 5);
        high.setConsequence("unstable");
        step.setMaxFindings(List.of(high, new MaxFindings("LOW", 100)));
        step.setIgnoreFile(".trivyignore.yaml");
        step.setWaivers("waivers.yaml");
        step.setBaseline("previous");
        step.setPlatform("linux/arm64");
        step.setSkipDbUpdate(true);
        step.setDbRepository("registry.example/trivy-db:2");
        step.setServer("https://trivy.example:4954");
        step.setTimeout("20m");
        step.setFormats(List.of("sarif", "html"));
        step.setTrivy("pinned");
        return step;
    }

    @Test
    void theFormKeepsEveryParameter(JenkinsRule jenkins) throws Exception {
        TrivyScanStep step = full(jenkins);
        jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
        TrivyScanStep small = new TrivyScanStep();
        small.setInput("image.tar");
        jenkins.assertEqualDataBoundBeans(small, new StepConfigTester(jenkins).configRoundTrip(small));
    }

    @Test
    void snippetsSayWhatIsNotDefault(JenkinsRule jenkins) throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        TrivyScanStep small = new TrivyScanStep();
        small.setImage("shop/web:1");
        snippets.assertRoundTrip(small, "trivyScan image: 'shop/web:1'");
        snippets.assertRoundTrip(
                full(jenkins),
                "trivyScan baseline: 'previous', dbRepository: 'registry.example/trivy-db:2', formats: ['sarif', 'html'],"
                        + " ignoreFile: '.trivyignore.yaml', ignoreUnfixed: true, image: 'shop/web:1',"
                        + " maxFindings: [[atMost: 5, consequence: 'unstable', severity: 'HIGH'],"
                        + " [atMost: 100, severity: 'LOW']], platform: 'linux/arm64',"
                        + " scanners: 'vuln,misconfig', server: 'https://trivy.example:4954', severity: 'CRITICAL',"
                        + " skipDbUpdate: true, timeout: '20m', trivy: 'pinned', waivers: 'waivers.yaml'");
    }

    @Test
    void theReferenceCanBeMade(JenkinsRule jenkins) throws Exception {
        SnippetizerTester.assertDocGeneration(TrivyScanStep.class);
        SnippetizerTester.assertDocGeneration(MaxFindings.class);
        String reference = jenkins.createWebClient()
                .goTo("pipeline-syntax/html")
                .getWebResponse()
                .getContentAsString();
        assertThat(reference, containsString("trivyScan"));
    }

    @Test
    void formsSayWhatIsWrong(JenkinsRule jenkins) {
        TrivyScanStep.DescriptorImpl step = jenkins.jenkins.getDescriptorByType(TrivyScanStep.DescriptorImpl.class);
        assertThat(step.doCheckSeverity("HIHG").kind, is(FormValidation.Kind.ERROR));
        assertThat(step.doCheckSeverity("high, CRITICAL").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckFormats("sarif pdf").kind, is(FormValidation.Kind.ERROR));
        assertThat(step.doCheckFormats("").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckTimeout("soon").kind, is(FormValidation.Kind.ERROR));
        assertThat(step.doCheckTimeout("2d").kind, is(FormValidation.Kind.ERROR));
        assertThat(step.doCheckTimeout("").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckScanners("vuln, virus").kind, is(FormValidation.Kind.ERROR));
        assertThat(step.doCheckScanners("vuln secret").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckIgnoreFile("-x").kind, is(FormValidation.Kind.ERROR));
        assertThat(step.doCheckPlatform("linux").kind, is(FormValidation.Kind.ERROR));
        assertThat(step.doCheckPlatform("linux/arm64").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckDbRepository("db").kind, is(FormValidation.Kind.ERROR));
        assertThat(step.doCheckDbRepository("").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckServer("https://ben:secret@trivy.example").kind, is(FormValidation.Kind.ERROR));
        assertThat(step.doCheckServer("https://trivy.example:4954").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckCredentialsId("token", "").kind, is(FormValidation.Kind.ERROR));
        assertThat(step.doCheckCredentialsId("token", "https://trivy.example").kind, is(FormValidation.Kind.OK));
        assertThat(values(step.doFillBaselineItems()), contains("", "previous", "deployed"));
        full(jenkins);
        assertThat(values(step.doFillTrivyItems(null)), contains("", "pinned"));
        MaxFindings.DescriptorImpl most = jenkins.jenkins.getDescriptorByType(MaxFindings.DescriptorImpl.class);
        assertThat(values(most.doFillSeverityItems()), contains("CRITICAL", "HIGH", "MEDIUM", "LOW", "UNKNOWN"));
        assertThat(most.doCheckAtMost("-1").kind, is(FormValidation.Kind.ERROR));
    }

    /** Each of the four fields is asked about itself and the other three. */
    @Test
    void oneThingIsScanned(JenkinsRule jenkins) {
        TrivyScanStep.DescriptorImpl step = jenkins.jenkins.getDescriptorByType(TrivyScanStep.DescriptorImpl.class);
        for (FormValidation none : List.of(
                step.doCheckImage("", "", "", ""),
                step.doCheckInput(null, null, null, null),
                step.doCheckFs(" ", "", "", ""),
                step.doCheckReportFile("", "", "", ""))) {
            assertThat(none.kind, is(FormValidation.Kind.ERROR));
            assertThat(none.getMessage(), containsString("What is to be scanned?"));
        }
        for (FormValidation two : List.of(
                step.doCheckImage("a", "b", "", ""),
                step.doCheckInput("a", "", "b", ""),
                step.doCheckFs("a", "", "", "b"),
                step.doCheckReportFile("a", "b", "", ""))) {
            assertThat(two.getMessage(), containsString("Only one thing"));
        }
        assertThat(step.doCheckImage("-x", "", "", "").getMessage(), containsString("starts with -"));
        assertThat(step.doCheckInput("-x.tar", "", "", "").getMessage(), containsString("starts with -"));
        assertThat(step.doCheckFs("-x", "", "", "").getMessage(), containsString("starts with -"));
        assertThat(step.doCheckImage("shop/web:1", "", "", "").kind, is(FormValidation.Kind.OK));
        assertThat("another field says it", step.doCheckImage("", "web.tar", "", "").kind, is(FormValidation.Kind.OK));
    }

    private static List<String> values(ListBoxModel model) {
        return model.stream().map(option -> option.value).toList();
    }
}
