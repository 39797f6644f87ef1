package io.jenkins.plugins.ecscanary.jenkins.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many builds of one job that deploy at once, each to a service of its own, in a Jenkins as users have it. Prints {@code jvm WHEN
 * THREADS OURS BYTES} (threads, those of the plugin, and heap in use after a collection), {@code page WHEN NAME MILLISECONDS} (the
 * median), {@code under-way COUNT}, and {@code ended RESULT COUNT} for each result.
 */
public final class ManyBuilds {

    private static final String JOB = "many";
    private static final int WARM_UPS = 30;
    private static final int ROUNDS = 40;
    private static final long BETWEEN_LOOKS_MILLIS = 2000;

    /** Which service a build deploys to is its parameter. */
    private static final String PIPELINE = """
            ecsCanaryDeploy(
                region: 'REGION', cluster: "bench-${params.NUMBER}", service: "bench-${params.NUMBER}",
                taskDefinitionArn: "arn:aws:ecs:REGION:ACCOUNT:task-definition/bench-${params.NUMBER}:1",
                codeDeploy: [application: "bench-${params.NUMBER}", group: "bench-${params.NUMBER}"],
                successRate: [threshold: 99.5, datapoints: 2, minRequests: 0],
                timeout: '12h', credentialsId: 'local-aws', endpointUrl: env.LOCAL_AWS)
            """;

    private static final String CREATE = """
            import hudson.model.*
            import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
            import org.jenkinsci.plugins.workflow.job.WorkflowJob
            def job = jenkins.model.Jenkins.get().createProject(WorkflowJob, 'JOB')
            job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition('NUMBER', '')))
            job.definition = new CpsFlowDefinition('''PIPELINE''', true)
            """;

    private static final String START = """
            import hudson.model.*
            def job = jenkins.model.Jenkins.get().getItemByFullName('JOB')
            MANY.times { job.scheduleBuild2(0, new ParametersAction(new StringParameterValue('NUMBER', it as String))) }
            """;

    private static final String JVM = """
            def memory = java.lang.management.ManagementFactory.memoryMXBean
            memory.gc()
            def threads = Thread.allStackTraces.keySet()
            println "${threads.size()} ${threads.count { it.name.startsWith('ecs-canary') }} ${memory.heapMemoryUsage.used}"
            """;

    private static final String RESULTS = """
            def job = jenkins.model.Jenkins.get().getItemByFullName('JOB')
            job.builds.countBy { it.building ? 'RUNNING' : it.result as String }.each { println "${it.key} ${it.value}" }
            null // no result of the script's own
            """;

    private final JenkinsClient jenkins;
    private final int many;

    private ManyBuilds(JenkinsClient jenkins, int many) {
        this.jenkins = jenkins;
        this.many = many;
    }

    /** @param args directory, endpoint, region, account, access key id, its secret, speed, how many; started beside {@code target} */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createDirectories(Path.of(args[0]));
        String password = "bench";
        try (JenkinsProcess process = JenkinsProcess.start(
                directory,
                List.of(),
                Map.of(
                        "DEMO_PASSWORD",
                        password,
                        "LOCAL_AWS",
                        args[1],
                        "LOCAL_AWS_ACCESS_KEY_ID",
                        args[4],
                        "LOCAL_AWS_SECRET_ACCESS_KEY",
                        args[5],
                        "GOOD_IMAGE",
                        "",
                        "BAD_IMAGE",
                        ""),
                Map.of("io.jenkins.plugins.ecscanary.localAwsSpeed", args[6]))) {
            String pipeline = PIPELINE.replace("REGION", args[2]).replace("ACCOUNT", args[3]);
            JenkinsClient client = new JenkinsClient(process.url(), "demo", password).withToken();
            new ManyBuilds(client, Integer.parseInt(args[7])).measure(pipeline);
        }
    }

    private void measure(String pipeline) throws IOException, InterruptedException {
        run(CREATE.replace("PIPELINE", pipeline));
        jvm("idle");
        run(START.replace("MANY", Integer.toString(many)));
        int underWay = underWay();
        while (underWay < many && running() > 0) {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
            underWay = underWay();
        }
        say("under-way " + underWay);
        Map<String, String> pages = pages();
        pages("running", pages);
        jvm("running");
        while (running() > 0) {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        pages("idle", pages);
        jvm("ended");
        run(RESULTS).lines().forEach(line -> say("ended " + line));
    }

    /** What someone looks at while builds deploy: by name, where it is. */
    private Map<String, String> pages() throws IOException, InterruptedException {
        String build = "job/" + JOB + "/" + many / 2 + "/";
        Matcher id = Pattern.compile("ecs-canary/([0-9A-Za-z-]+)").matcher(jenkins.get(build));
        if (!id.find()) {
            throw new IOException("there is no deployment on the page of " + build);
        }
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("job", "job/" + JOB + "/");
        pages.put("build", build);
        pages.put("deployment", build + id.group() + "/");
        pages.put("view", build + id.group() + "/view");
        pages.put("all-services", "ecs-deployments/");
        return pages;
    }

    /** All in turns, so that whatever else goes on meets each of them. */
    private void pages(String when, Map<String, String> pages) throws IOException, InterruptedException {
        Map<String, List<Double>> took = new LinkedHashMap<>();
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            for (Map.Entry<String, String> page : pages.entrySet()) {
                long begin = System.nanoTime();
                jenkins.get(page.getValue());
                if (round >= 0) {
                    took.computeIfAbsent(page.getKey(), name -> new ArrayList<>())
                            .add((System.nanoTime() - begin) / 1e6);
                }
            }
        }
        took.forEach((name, times) -> {
            times.sort(null);
            say(String.format(Locale.ROOT, "page %s %s %.1f", when, name, times.get(times.size() / 2)));
        });
    }

    private void jvm(String when) throws IOException, InterruptedException {
        say("jvm " + when + " " + run(JVM).strip());
    }

    /** Deployments that AWS has begun. */
    private int underWay() throws IOException, InterruptedException {
        Matcher started = Pattern.compile("\"deploymentId\":\"d-").matcher(jenkins.get("ecs-deployments/api/json"));
        return (int) started.results().count();
    }

    private int running() throws IOException, InterruptedException {
        Matcher count = Pattern.compile("RUNNING (\\d+)").matcher(run(RESULTS));
        return count.find() ? Integer.parseInt(count.group(1)) : 0;
    }

    private String run(String groovy) throws IOException, InterruptedException {
        return jenkins.script(groovy.replace("JOB", JOB));
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
