package io.jenkins.plugins.ecscanary.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.wire.AccessKeys;
import io.jenkins.plugins.ecscanary.localaws.wire.InProcessCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A listener of local-aws beside nginx as a proxy: the same two targets behind both (an nginx of their own, so that they
 * are not what is measured), the same load, in turns within one run. What counts is the ratio of the medians.
 */
final class ProxyThroughput {

    private static final int CONNECTIONS = 32;
    private static final int WARM_UP_SECONDS = 10;
    private static final int ROUNDS = 7;
    private static final int ROUND_SECONDS = 5;
    private static final int WORKERS = 2;

    private static final double GOAL = 0.5;

    private final Path directory;
    private final String nginx;
    private final String wrk;

    /** @param directory to work in, left behind for looking at */
    ProxyThroughput(Path directory, String nginx, String wrk) {
        this.directory = directory;
        this.nginx = nginx;
        this.wrk = wrk;
    }

    List<Row> run() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        List<Integer> ports = freePorts(3);
        int first = ports.get(0);
        int second = ports.get(1);
        int proxy = ports.get(2);
        LocalAwsOptions options = LocalAwsOptions.in(directory.resolve("aws"))
                .withAccessKeys(AccessKeys.of(Map.of("bench", "bench")))
                .withLog(line -> {});
        try (Nginx targets = Nginx.start(nginx, directory.resolve("targets"), WORKERS, targets(first, second), first);
                Nginx rival =
                        Nginx.start(nginx, directory.resolve("proxy"), WORKERS, proxy(first, second, proxy), proxy);
                LocalAws aws = LocalAws.start(options)) {
            Wrk load = new Wrk(wrk, CONNECTIONS, directory.resolve("wrk.txt"));
            String ours = aws.listener(listener(aws.calls(), first, second)) + "/";
            String theirs = rival.url();
            Wrk.Run bare = load.load(targets.url(), ROUND_SECONDS);
            load.load(theirs, WARM_UP_SECONDS / 5);
            load.load(ours, WARM_UP_SECONDS);
            List<Wrk.Run> our = new ArrayList<>();
            List<Wrk.Run> their = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                their.add(load.load(theirs, ROUND_SECONDS));
                our.add(load.load(ours, ROUND_SECONDS));
                System.err.println("nginx " + their.get(i) + ", local-aws " + our.get(i));
            }
            double rate = median(our, Wrk.Run::rate);
            double p99 = median(our, Wrk.Run::p99);
            double rivalRate = median(their, Wrk.Run::rate);
            double rivalP99 = median(their, Wrk.Run::p99);
            return List.of(
                    Row.atLeast(
                            "3 · the load balancer's proxy beside nginx, requests/s",
                            whole(rate),
                            whole(rivalRate),
                            rate / rivalRate,
                            GOAL),
                    Row.beside("3 · the same, p99", millis(p99), millis(rivalP99), p99 / rivalP99),
                    Row.figure("3 · the targets without a proxy, requests/s", whole(bare.rate()), "for comparison"));
        }
    }

    private static String whole(double rate) {
        return String.format(Locale.ROOT, "%.0f", rate);
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.2f ms", millis);
    }

    private static double median(List<Wrk.Run> runs, ToDoubleFunction<Wrk.Run> figure) {
        List<Double> sorted = runs.stream().mapToDouble(figure).sorted().boxed().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static String targets(int first, int second) {
        String server =
                "server { listen 127.0.0.1:%d; location / { default_type text/plain; return 200 'hello, world\\n'; } }";
        return server.formatted(first) + "\n" + server.formatted(second);
    }

    private static String proxy(int first, int second, int port) {
        return """
                upstream web { server 127.0.0.1:FIRST; server 127.0.0.1:SECOND; keepalive 64; keepalive_requests 1000000; }
                server { listen 127.0.0.1:PORT; location / {
                  proxy_pass http://web; proxy_http_version 1.1; proxy_set_header Connection "";
                  proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                  proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Port $server_port;
                } }
                """
                .replace("FIRST", String.valueOf(first))
                .replace("SECOND", String.valueOf(second))
                .replace("PORT", String.valueOf(port));
    }

    private static String listener(InProcessCalls calls, int first, int second) {
        String balancer = arn(
                calls,
                "CreateLoadBalancer",
                Map.of("Name", "bench", "Subnets", List.of("subnet-a", "subnet-b")),
                "/LoadBalancers/0/LoadBalancerArn");
        String group = arn(
                calls,
                "CreateTargetGroup",
                Map.of("Name", "bench", "Protocol", "HTTP", "Port", first, "VpcId", "vpc-1", "TargetType", "ip"),
                "/TargetGroups/0/TargetGroupArn");
        calls.call(
                "elasticloadbalancing",
                "RegisterTargets",
                Map.of(
                        "TargetGroupArn",
                        group,
                        "Targets",
                        List.of(Map.of("Id", "127.0.0.1", "Port", first), Map.of("Id", "127.0.0.1", "Port", second))));
        return arn(
                calls,
                "CreateListener",
                Map.of(
                        "LoadBalancerArn",
                        balancer,
                        "Protocol",
                        "HTTP",
                        "Port",
                        80,
                        "DefaultActions",
                        List.of(Map.of("Type", "forward", "TargetGroupArn", group))),
                "/Listeners/0/ListenerArn");
    }

    private static String arn(InProcessCalls calls, String operation, Map<String, Object> input, String where) {
        JsonNode answer = calls.call("elasticloadbalancing", operation, input);
        return answer.at(where).asText();
    }

    /** nginx has to be told its ports: they were free a moment ago. */
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
