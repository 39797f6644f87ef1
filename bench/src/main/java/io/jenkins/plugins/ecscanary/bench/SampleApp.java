package io.jenkins.plugins.ecscanary.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * sample-app's page, from its jar as in production, beside a bare Jetty handler that answers as many bytes, headers
 * included: two JVMs with the same options, the same load, in turns within one run.
 */
final class SampleApp {

    /** As many as sample-app lets in at once; what is beyond waits there, and is not compared. */
    private static final int CONNECTIONS = 16;

    private static final int WARM_UP_SECONDS = 10;
    private static final int ROUNDS = 7;
    private static final int ROUND_SECONDS = 5;
    private static final double GOAL = 0.9;

    /** As in the image; the same for both. */
    private static final List<String> JVM =
            List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

    private static final String THREADS = "32";

    private final Path directory;
    private final Path jar;
    private final String wrk;

    SampleApp(Path directory, Path jar, String wrk) {
        this.directory = directory;
        this.jar = jar;
        this.wrk = wrk;
    }

    List<Row> run() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        try (ChildJava app = ChildJava.jar(
                jar, JVM, Map.of("HOST", "127.0.0.1", "PORT", "0"), directory.resolve("sample-app.err"))) {
            URI ours = URI.create("http://127.0.0.1:" + port(app) + "/");
            app.discardOutput();
            Answer answer = Answer.of(ours);
            try (ChildJava bare = ChildJava.of(
                    BareJetty.class,
                    JVM,
                    List.of(
                            THREADS,
                            Integer.toString(answer.body()),
                            answer.type(),
                            Integer.toString(answer.furtherHeaders())),
                    directory.resolve("bare.err"))) {
                URI theirs =
                        URI.create("http://127.0.0.1:" + bare.await("port ").substring(5) + "/");
                if (!Answer.of(theirs).equals(answer)) {
                    throw new IOException("sample-app answers " + answer + ", the bare handler " + Answer.of(theirs));
                }
                return compare(app, ours.toString(), bare, theirs.toString());
            }
        }
    }

    private List<Row> compare(ChildJava app, String ours, ChildJava bare, String theirs)
            throws IOException, InterruptedException {
        Wrk load = new Wrk(wrk, CONNECTIONS, directory.resolve("wrk.txt"));
        load.load(theirs, WARM_UP_SECONDS);
        load.load(ours, WARM_UP_SECONDS);
        List<Wrk.Run> our = new ArrayList<>();
        List<Wrk.Run> their = new ArrayList<>();
        Duration ourStart = app.cpu();
        Duration theirStart = bare.cpu();
        for (int i = 0; i < ROUNDS; i++) {
            their.add(load.load(theirs, ROUND_SECONDS));
            our.add(load.load(ours, ROUND_SECONDS));
            System.err.println("bare handler " + their.get(i) + ", sample-app " + our.get(i));
        }
        double perSecond = sum(our) / seconds(app.cpu().minus(ourStart));
        double rivalPerSecond = sum(their) / seconds(bare.cpu().minus(theirStart));
        double rate = median(our, Wrk.Run::rate);
        double rival = median(their, Wrk.Run::rate);
        double p99 = median(our, Wrk.Run::p99);
        double rivalP99 = median(their, Wrk.Run::p99);
        return List.of(
                Row.atLeast(
                        "4 · sample-app's page beside a bare Jetty handler, requests/s",
                        String.format(Locale.ROOT, "%.0f", rate),
                        String.format(Locale.ROOT, "%.0f", rival),
                        rate / rival,
                        GOAL),
                Row.beside(
                        "4 · the same, p99",
                        String.format(Locale.ROOT, "%.2f ms", p99),
                        String.format(Locale.ROOT, "%.2f ms", rivalP99),
                        p99 / rivalP99),
                Row.beside(
                        "4 · the same, requests for a second of processor time",
                        String.format(Locale.ROOT, "%.0f", perSecond),
                        String.format(Locale.ROOT, "%.0f", rivalPerSecond),
                        perSecond / rivalPerSecond));
    }

    private static int port(ChildJava app) throws IOException {
        while (true) {
            JsonNode line = new ObjectMapper().readTree(app.await("{"));
            if (line.path("event").asText().equals("ready")) {
                return line.path("port").asInt();
            }
        }
    }

    /**
     * What an answer consists of, in bytes.
     *
     * @param head all header lines
     * @param furtherHeaders those among them that a bare answer has no use for
     */
    private record Answer(String type, int head, int furtherHeaders, int body) {

        private static final String TYPE = "Content-Type";

        private static final Set<String> BARE = Set.of("content-type", "content-length", "date");

        static Answer of(URI url) throws IOException, InterruptedException {
            HttpResponse<byte[]> response =
                    HttpClient.newHttpClient().send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
            HttpHeaders headers = response.headers();
            int head = 0;
            int further = 0;
            for (Map.Entry<String, List<String>> header : headers.map().entrySet()) {
                for (String value : header.getValue()) {
                    int line = (header.getKey() + ": " + value + "\r\n").length();
                    head += line;
                    further += BARE.contains(header.getKey().toLowerCase(Locale.ROOT)) ? 0 : line;
                }
            }
            return new Answer(headers.firstValue(TYPE).orElseThrow(), head, further, response.body().length);
        }
    }

    private static double sum(List<Wrk.Run> runs) {
        return runs.stream().mapToDouble(Wrk.Run::rate).sum() * ROUND_SECONDS;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static double median(List<Wrk.Run> runs, ToDoubleFunction<Wrk.Run> figure) {
        List<Double> sorted = runs.stream().mapToDouble(figure).sorted().boxed().toList();
        return sorted.get(sorted.size() / 2);
    }
}
