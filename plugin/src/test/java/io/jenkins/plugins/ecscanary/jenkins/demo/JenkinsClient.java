package io.jenkins.plugins.ecscanary.jenkins.demo;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A user of a Jenkins, over HTTP as a browser is. */
public final class JenkinsClient {

    private static final Duration LONGEST_BUILD = Duration.ofMinutes(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private static final String TOKEN = """
            print hudson.model.User.getById('%s', true).getProperty(jenkins.security.ApiTokenProperty)
                .tokenStore.generateNewToken('client').plainValue
            """;

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final URI root;
    private final String user;
    private final String authorization;

    public JenkinsClient(URI root, String user, String password) {
        this.root = root;
        this.user = user;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The same user with a token: passwords are hashed slowly on purpose, at each request, a quarter of a second that is in every
     * figure and in everything that a page loads.
     */
    public JenkinsClient withToken() throws IOException, InterruptedException {
        return new JenkinsClient(root, user, script(TOKEN.formatted(user)).strip());
    }

    /** How a build ended, and what it said. */
    public record Build(int number, String result, String log) {}

    /**
     * Presses Build and waits for the end of it.
     *
     * @param job its path, such as {@code job/shop/job/web/}
     * @param parameters as in a query
     */
    public Build build(String job, String parameters) throws IOException, InterruptedException {
        return end(job, press(job, parameters));
    }

    /**
     * Presses Build.
     *
     * @return the number that the build gets
     */
    int press(String job, String parameters) throws IOException, InterruptedException {
        int number = Integer.parseInt(only("\"nextBuildNumber\":(\\d+)", get(job + "api/json?tree=nextBuildNumber")));
        post(job + "buildWithParameters?delay=0sec&" + parameters, "", 201);
        return number;
    }

    /** Whether a build has said something by now; the whole log would be answered when it is over. */
    boolean hasSaid(String job, int number, String text) throws IOException, InterruptedException {
        HttpResponse<String> log =
                send(request(job + number + "/logText/progressiveText?start=0").build());
        return log.statusCode() == 200 && log.body().contains(text);
    }

    /** Waits for the end of a build. */
    Build end(String job, int number) throws IOException, InterruptedException {
        String build = job + number + "/";
        long end = System.nanoTime() + LONGEST_BUILD.toNanos();
        while (true) {
            HttpResponse<String> seen =
                    send(request(build + "api/json?tree=building,result").build());
            if (seen.statusCode() == 200 && seen.body().contains("\"building\":false")) {
                return new Build(number, only("\"result\":\"(\\w+)\"", seen.body()), get(build + "consoleText"));
            }
            if (System.nanoTime() > end) {
                throw new IOException("build " + number + " of " + job + " has no end after " + LONGEST_BUILD);
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    /** What it sends with everything, so that Jenkins knows who asks. */
    Map<String, String> headers() {
        return Map.of("Authorization", authorization);
    }

    URI root() {
        return root;
    }

    /** @throws IOException if it is not answered with 200 */
    public String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(path).build());
        if (response.statusCode() != 200) {
            throw new IOException("GET " + path + " is answered with " + response.statusCode());
        }
        return response.body();
    }

    /** What a script on the controller prints; for administrators. */
    public String script(String groovy) throws IOException, InterruptedException {
        return post("scriptText", "script=" + URLEncoder.encode(groovy, StandardCharsets.UTF_8), 200);
    }

    private String post(String path, String form, int expected) throws IOException, InterruptedException {
        String crumb = get("crumbIssuer/api/json");
        HttpResponse<String> response = send(request(path)
                .header(only("\"crumbRequestField\":\"([^\"]+)\"", crumb), only("\"crumb\":\"([^\"]+)\"", crumb))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
        if (response.statusCode() != expected) {
            throw new IOException("POST " + path + " is answered with " + response.statusCode());
        }
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path)).header("Authorization", authorization);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String only(String regex, String text) throws IOException {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + regex + " in " + text);
        }
        return matcher.group(1);
    }
}
