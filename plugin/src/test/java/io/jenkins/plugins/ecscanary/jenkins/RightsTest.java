package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Item;
import hudson.model.Queue;
import io.jenkins.plugins.ecscanary.engine.scan.Gate;
import io.jenkins.plugins.ecscanary.engine.scan.ScanSubject;
import io.jenkins.plugins.ecscanary.jenkins.access.CanaryPermissions;
import io.jenkins.plugins.ecscanary.jenkins.access.EcsCanaryConfiguration;
import io.jenkins.plugins.ecscanary.jenkins.deployments.OrphansMonitor;
import io.jenkins.plugins.ecscanary.jenkins.deployments.RedeployMode;
import io.jenkins.plugins.ecscanary.jenkins.scan.ScanId;
import io.jenkins.plugins.ecscanary.jenkins.scan.Scans;
import io.jenkins.plugins.ecscanary.jenkins.scan.page.ScanRunAction;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who gets what answer where: {@code rights.txt} beside this class, row by row; and nothing can be asked that it does not name. */
@WithJenkins
class RightsTest {

    private static final List<String> PEOPLE =
            List.of("anonymous", "reader", "builder", "canceller", "configurer", "administrator");
    private static final String ID = "20261101T100000Z-0000000a";
    private static final String OTHERS = "20261101T100000Z-0000000b";
    /** The name that the service of {@link Records} has in addresses. */
    private static final String SERVICE = "574c786782d86f3b";

    private static final String SECRET = "name-of-a-credential";

    private final Map<String, JenkinsRule.WebClient> clients = new LinkedHashMap<>();
    private JenkinsRule jenkins;
    private WorkflowRun build;
    private String scan;

    @BeforeEach
    void peopleAndTheirRights(JenkinsRule rule) throws Exception {
        jenkins = rule;
        build = jenkins.buildAndAssertSuccess(Pipelines.job("web", "echo 'nothing'"));
        Records.write(build, ID, Records.promoted(ID));
        Records.owned(build, ID, null, RedeployMode.DEPLOY_ONLY);
        Records.write(build, OTHERS, Records.promoted(OTHERS));
        Records.owned(build, OTHERS, "someone else", RedeployMode.DEPLOY_ONLY);
        scan = ScanId.fresh();
        ScanRunAction.note(build, scan);
        Scans.get().keep(build, scan, Gate.closed("nothing was scanned", ScanSubject.named("web"), Records.at(0)));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, SECRET, "AKIA", "secret", "what it is for"));
        EcsCanaryConfiguration.get().setEndpointUrls(List.of("http://localhost:1"));
        EcsCanaryConfiguration.get().setRegions(List.of("eu-central-1"));
        EcsCanaryConfiguration.get().setRoleArns(List.of("arn:aws:iam::123456789012:role/*"));
        jenkins.jenkins.doQuietDown(); // what is scheduled stays in the queue
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "builder", "canceller", "configurer")
                .grant(Item.BUILD)
                .everywhere()
                .to("builder")
                .grant(Item.CANCEL)
                .everywhere()
                .to("canceller")
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("configurer")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("administrator"));
        for (String who : PEOPLE) {
            JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
            if (!who.equals("anonymous")) {
                client.login(who);
            }
            client.getOptions().setJavaScriptEnabled(false);
            client.getOptions().setRedirectEnabled(false);
            client.setRefreshHandler((page, url, seconds) -> {}); // the anonymous are sent on to where they can sign in
            clients.put(who, client);
        }
    }

    @AfterEach
    void everyoneLeaves() {
        clients.values().forEach(JenkinsRule.WebClient::close);
        Queue.getInstance().clear();
    }

    private WebResponse ask(String who, String path, HttpMethod verb, boolean crumb) throws Exception {
        JenkinsRule.WebClient client = clients.get(who);
        String descriptors = "descriptorByName/io.jenkins.plugins.ecscanary.jenkins.";
        String address = path.replace("{run}", build.getUrl())
                .replace("{id}", ID)
                .replace("{others}", OTHERS)
                .replace("{scan}", scan)
                .replace("{history}", "job/web/ecs-services/")
                .replace("{service}", SERVICE)
                .replace("{inJob}", "job/web/" + descriptors)
                .replace("{atRoot}", descriptors)
                .replace("{monitor}", "administrativeMonitor/" + OrphansMonitor.class.getName());
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), address), verb);
        return client.loadWebResponse(crumb ? client.addCrumb(request) : request);
    }

    @Test
    void everyoneGetsTheAnswerTheyAreDue() throws Exception {
        List<RightsTable.Row> expected = RightsTable.read();
        List<String> differences = new ArrayList<>();
        for (RightsTable.Row row : expected) {
            RightsTable.Row actual = new RightsTable.Row(
                    row.method(),
                    row.path(),
                    codes(row, HttpMethod.GET, false),
                    codes(row, HttpMethod.POST, true),
                    codes(row, HttpMethod.POST, false));
            if (!actual.equals(row)) {
                differences.add(row + "\n was " + actual);
            }
        }
        assertThat(String.join("\n", differences), differences, is(empty()));
    }

    private List<Integer> codes(RightsTable.Row row, HttpMethod verb, boolean crumb) throws Exception {
        List<Integer> codes = new ArrayList<>();
        for (String who : PEOPLE) {
            codes.add(ask(who, row.path(), verb, crumb).getStatusCode());
        }
        return codes;
    }

    @Test
    void theTableNamesAllThatCanBeAsked() throws Exception {
        Set<String> named =
                RightsTable.read().stream().map(RightsTable.Row::method).collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>(Endpoints.all());
        missing.removeAll(named);
        assertThat("not in rights.txt", missing, is(empty()));
        Set<String> gone = new TreeSet<>(named);
        gone.removeAll(Endpoints.all());
        gone.removeIf(name -> name.startsWith("core:"));
        assertThat("in rights.txt, but not there any more", gone, is(empty()));
    }

    @Test
    void namesOfCredentialsAreForThoseWhoMayUseThem() throws Exception {
        String fill = "step.EcsCanaryDeployStep/fillCredentialsIdItems";
        for (String who : PEOPLE) {
            String inJob = ask(who, "{inJob}" + fill, HttpMethod.POST, true).getContentAsString();
            boolean may = Set.of("configurer", "administrator").contains(who);
            assertThat(who, inJob, may ? containsString(SECRET) : not(containsString(SECRET)));
            String atRoot = ask(who, "{atRoot}" + fill, HttpMethod.POST, true).getContentAsString();
            assertThat(who, atRoot, who.equals("administrator") ? containsString(SECRET) : not(containsString(SECRET)));
            assertThat(who, inJob + atRoot, not(containsString("secret\"")));
        }
    }

    /** To others, one that is there is like one that is not. */
    @Test
    void whetherACredentialIsThereIsForThemToo() throws Exception {
        String check = "step.EcsCanaryDeployStep/checkCredentialsId?value=";
        for (String who : PEOPLE) {
            for (String place : List.of("{inJob}", "{atRoot}")) {
                String there =
                        ask(who, place + check + SECRET, HttpMethod.POST, true).getContentAsString();
                String not = ask(who, place + check + "no-such-one", HttpMethod.POST, true)
                        .getContentAsString();
                boolean may = who.equals("administrator") || (who.equals("configurer") && place.equals("{inJob}"));
                // Who is not signed in is sent to where that is done, with the address they asked for.
                assertThat(
                        who + " " + place,
                        not,
                        may ? containsString("no-such-one") : is(there.replace(SECRET, "no-such-one")));
                assertThat(who + " " + place, there, not(containsString("no AWS credential")));
            }
        }
    }

    @Test
    void aRightCanBeGivenByItself() throws Exception {
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, CanaryPermissions.ROLL_BACK)
                .everywhere()
                .to("reader"));
        assertThat(
                ask("reader", "{run}ecs-canary/{id}/rollBack", HttpMethod.POST, true)
                        .getStatusCode(),
                is(409));
        assertThat(
                ask("reader", "{run}ecs-canary/{id}/promote", HttpMethod.POST, true)
                        .getStatusCode(),
                is(403));
        assertThat(
                ask("reader", "{run}ecs-canary/{id}/redeploy", HttpMethod.POST, true)
                        .getStatusCode(),
                is(403));
        assertThat(ask("reader", "{run}stop", HttpMethod.POST, true).getStatusCode(), is(403));
    }

    @Test
    void whyNotIsPlainText() throws Exception {
        WebResponse response = ask("administrator", "{run}ecs-canary/{id}/rollBack", HttpMethod.POST, true);
        assertThat(response.getContentType(), is("text/plain"));
        assertThat(response.getContentAsString(), is("the deployment is not under way any more"));
        WebResponse narrowed = ask("builder", "{run}ecs-canary/{others}/promote", HttpMethod.POST, true);
        assertThat(narrowed.getContentAsString(), is("only someone else may promote this deployment"));
    }
}
