package io.jenkins.plugins.ecscanary.jenkins.demo;

import io.jenkins.plugins.ecscanary.jenkins.LocalAwsProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A Jenkins with the plugin, a folder with a job that deploys, and an AWS of this machine behind it with users on it. Ready to
 * press Build; or with {@code --run} it presses it itself, for a good release and for a bad one, and judges what came of it.
 */
public final class JenkinsDemo implements AutoCloseable {

    /** The path of the job that deploys. */
    public static final String JOB = "job/shop/job/web/";

    private static final String USER = "demo";
    private static final int DEFAULT_SPEED = 15;
    private static final String GOOD_VERSION = "2.0.0";
    private static final String BAD_VERSION = "2.1.0";

    private final LocalAwsProcess aws;
    private final Users users;
    private final JenkinsProcess jenkins;
    private final String password;

    private JenkinsDemo(LocalAwsProcess aws, Users users, JenkinsProcess jenkins, String password) {
        this.aws = aws;
        this.users = users;
        this.jenkins = jenkins;
        this.password = password;
    }

    /**
     * Returns when Build can be pressed.
     *
     * @param speed how many times as fast the clock of AWS is to run
     */
    public static JenkinsDemo start(Path directory, int speed) throws IOException {
        return start(directory, speed, List.of());
    }

    /** @param more plugins than are needed: their hpi files */
    static JenkinsDemo start(Path directory, int speed, List<Path> more) throws IOException {
        Files.createDirectories(directory);
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        LocalAwsProcess aws = LocalAwsProcess.start(speed);
        Users users = new Users(aws.service());
        try {
            JenkinsProcess jenkins = JenkinsProcess.start(
                    directory,
                    more,
                    Map.of(
                            "DEMO_PASSWORD",
                            password,
                            "LOCAL_AWS",
                            aws.endpoint().toString(),
                            "LOCAL_AWS_ACCESS_KEY_ID",
                            LocalAwsProcess.ACCESS_KEY_ID,
                            "LOCAL_AWS_SECRET_ACCESS_KEY",
                            LocalAwsProcess.SECRET_ACCESS_KEY,
                            "GOOD_IMAGE",
                            aws.push(GOOD_VERSION, Map.of("APP_VERSION", GOOD_VERSION)),
                            "BAD_IMAGE",
                            aws.push(BAD_VERSION, Map.of("APP_VERSION", BAD_VERSION, "FAULT_ERROR_RATE", "0.2"))),
                    Map.of("io.jenkins.plugins.ecscanary.localAwsSpeed", Integer.toString(speed)));
            return new JenkinsDemo(aws, users, jenkins, password);
        } catch (IOException | RuntimeException e) {
            users.close();
            aws.close();
            throw e;
        }
    }

    /** Builds of the job. */
    public JenkinsClient.Build build(String release) throws IOException, InterruptedException {
        return client().build(JOB, "RELEASE=" + release);
    }

    public JenkinsClient client() {
        return new JenkinsClient(jenkins.url(), USER, password);
    }

    public JenkinsProcess jenkins() {
        return jenkins;
    }

    /** What the service's users get. */
    public String versionServed() throws IOException, InterruptedException {
        URI version = aws.service().resolve("/version");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(version).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        jenkins.close();
        users.close();
        aws.close();
    }

    /** {@code [--run] [--speed N]}, started beside {@code target}. */
    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        boolean run = given.contains("--run");
        int at = given.indexOf("--speed");
        int speed = at < 0 ? DEFAULT_SPEED : Integer.parseInt(given.get(at + 1));
        System.out.println("starting a local AWS and a Jenkins …");
        JenkinsDemo demo = start(Path.of("target", "jenkins-demo"), speed);
        Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "end-of-demo"));
        System.out.println(
                "Jenkins:  " + demo.jenkins.url() + JOB + "  (user " + USER + ", password " + demo.password + ")");
        System.out.println("AWS:      " + demo.aws.endpoint() + "/_local/");
        System.out.println("service:  " + demo.aws.service());
        if (run) {
            boolean good = demo.judge("good", "SUCCESS", "PROMOTED");
            boolean bad = demo.judge("bad", "FAILURE", "ROLLED_BACK");
            System.exit(good && bad ? 0 : 1);
        }
        System.out.println("Press Build with Parameters there; Ctrl-C ends it all.");
        demo.jenkins.join();
    }

    /** Whatever is shipped, users have the good release afterwards. */
    private boolean judge(String release, String result, String verdict) throws IOException, InterruptedException {
        System.out.println("building the " + release + " release …");
        JenkinsClient.Build build = build(release);
        String served = versionServed();
        boolean right = build.result().equals(result) && build.log().contains(verdict) && served.contains(GOOD_VERSION);
        System.out.println((right ? "✔ " : "✘ ") + "build " + build.number() + ": " + build.result() + ", "
                + (build.log().contains(verdict) ? verdict : "not " + verdict) + "; users have " + served.trim());
        if (!right) {
            System.out.println(build.log());
        }
        return right;
    }
}
