package io.jenkins.plugins.ecscanary.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.jenkins.plugins.ecscanary.cli.page.Chromium;
import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.faults.FaultRule;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceService;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a local AWS in a real Chromium, with its strict policy; left out with a notice where there is none. */
class LocalPageInBrowserTest {

    private static final String HOSTILE = "<img src=x onerror=\"document.title='had'\">";

    @TempDir
    Path directory;

    @Test
    void showsWhatThereIsAndWhatChanges() throws Exception {
        Path chromium = Chromium.required();
        List<String> complaints = new CopyOnWriteArrayList<>();
        try (LocalAws aws = LocalAws.start(LocalAwsOptions.in(directory).withSpeed(50));
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(Chromium.options(chromium))) {
            new ReferenceService(aws.calls(), ReferenceSettings.defaults()).createInfrastructure();
            Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(400, 900));
            page.onConsoleMessage(message -> complaints.add(message.text()));
            page.onPageError(complaints::add);

            page.navigate(aws.page().toString());
            PlaywrightAssertions.assertThat(page.locator("#balancers")).containsText("web-blue");
            PlaywrightAssertions.assertThat(page.locator("#groups")).containsText("/health every 30 s");
            PlaywrightAssertions.assertThat(page.locator("#alarms")).containsText("web-green-success-rate");
            PlaywrightAssertions.assertThat(page.locator("#faults")).containsText("None.");
            PlaywrightAssertions.assertThat(page.locator("#stacks")).containsText("No stack.");

            aws.faults().switchOn(FaultRule.parse("ecs:*=slow:2s@0.5"));
            aws.calls()
                    .call(
                            "monitoring",
                            "PutMetricAlarm",
                            Map.of(
                                    "AlarmName",
                                    HOSTILE,
                                    "Namespace",
                                    "n",
                                    "MetricName",
                                    "m",
                                    "Statistic",
                                    "Sum",
                                    "Period",
                                    60,
                                    "EvaluationPeriods",
                                    1,
                                    "Threshold",
                                    1,
                                    "ComparisonOperator",
                                    "GreaterThanThreshold"));

            PlaywrightAssertions.assertThat(page.locator("#faults")).containsText("ecs:*=slow:2s@0.5");
            PlaywrightAssertions.assertThat(page.locator("#alarms")).containsText(HOSTILE);

            // A reason that quotes what a template has.
            aws.calls()
                    .call(
                            "cloudformation",
                            "CreateStack",
                            Map.of("StackName", "shop", "TemplateBody", template(), "OnFailure", "DO_NOTHING"));
            PlaywrightAssertions.assertThat(page.locator("#stacks h3")).hasText("shop CREATE_FAILED");
            PlaywrightAssertions.assertThat(page.locator("#stacks")).containsText("1 of 2 resources are there");
            PlaywrightAssertions.assertThat(page.locator("#stacks td.text")).containsText(HOSTILE);
            assertThat(page.title()).isEqualTo("local-aws");
            // Nothing sticks out at 400 px.
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(400);
        }
        assertThat(complaints).isEmpty();
    }

    private static String template() {
        ObjectNode template = JsonNodeFactory.instance.objectNode();
        ObjectNode resources = template.putObject("Resources");
        resources.putObject("Topic").put("Type", "AWS::SNS::Topic");
        ObjectNode alarm = resources
                .putObject("Alarm")
                .put("Type", "AWS::CloudWatch::Alarm")
                .put("DependsOn", "Topic");
        alarm.putObject("Properties")
                .put("AlarmName", HOSTILE)
                .put("Namespace", "n")
                .put("MetricName", "m")
                .put("Statistic", "Sum")
                .put("Period", 60)
                .put("EvaluationPeriods", 1)
                .put("Threshold", 1)
                .put("ComparisonOperator", "GreaterThanThreshold");
        return template.toString();
    }
}
