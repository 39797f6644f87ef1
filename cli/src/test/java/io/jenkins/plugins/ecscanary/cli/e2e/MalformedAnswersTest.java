package io.jenkins.plugins.ecscanary.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.cli.e2e.AnswerProxy.Answer;
import io.jenkins.plugins.ecscanary.engine.CanaryEngine;
import io.jenkins.plugins.ecscanary.engine.Running;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.aws.AwsKeys;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.time.WallTime;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.RevisionRegistered;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Answers that are not what AWS answers: from a broken middlebox, a captive portal, a bug. Before a deployment exists each of
 * them is a refusal in words, and nothing is created.
 */
@Tag("e2e")
@Timeout(300)
@ExtendWith(World.Resolver.class)
class MalformedAnswersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How many of an answer's members are tried, spread over all of them. */
    private static final int MEMBERS = 8;

    /**
     * Of so many of the changed answers it has to be told at least that something is wrong with them: the other members are of
     * no use to us, and what a task definition says only explains.
     */
    private static final Map<String, Integer> NOTICED = Map.of(
            "DescribeServices", 6,
            "DescribeTaskDefinition", 1,
            "GetDeploymentGroup", 8,
            "GetDeploymentConfig", 12,
            "DescribeImages", 6,
            "RegisterTaskDefinition", 5);

    private final World world;
    private List<String> before;

    MalformedAnswersTest(World world) {
        this.world = world;
    }

    @BeforeEach
    void look() {
        before = world.deployments();
    }

    @AfterEach
    void nothingWasCreated() {
        assertThat(world.deployments()).isEqualTo(before);
        world.requireCleanWeights();
    }

    /** An engine of its own behind a proxy of its own: several work side by side, for most of the time is waiting. */
    private record Probe(World world, AnswerProxy proxy, CanaryEngine engine) implements AutoCloseable {
        static Probe open(World world) throws IOException {
            AnswerProxy proxy = AnswerProxy.start(world.local().endpoint());
            AwsKeys keys =
                    new AwsKeys(LocalAwsOptions.DEFAULT_ACCESS_KEY_ID, LocalAwsOptions.DEFAULT_SECRET_ACCESS_KEY, null);
            CanaryEngine engine = CanaryEngine.open(
                    new AwsAccess(world.local().region(), proxy.endpoint(), () -> keys),
                    new RecordStore(world.freshState()),
                    new WallTime(World.SPEED));
            return new Probe(world, proxy, engine);
        }

        @Override
        public void close() throws IOException {
            engine.close();
            proxy.close();
        }
    }

    /** Does it for each operation, all at once, and fails with what failed first. */
    private void forEach(List<String> operations, BiConsumer<Probe, String> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(operations.size());
        try {
            List<Callable<Void>> all = new ArrayList<>();
            for (String operation : operations) {
                all.add(() -> {
                    try (Probe probe = Probe.open(world)) {
                        work.accept(probe, operation);
                    }
                    return null;
                });
            }
            for (Future<Void> one : threads.invokeAll(all)) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Map<String, AnswerProxy.Spoil> spoils() {
        Map<String, AnswerProxy.Spoil> spoils = new LinkedHashMap<>();
        spoils.put("nothing", (head, body) -> new Answer(head, new byte[0], false));
        spoils.put("a web page", (head, body) -> text(head, "<html><body>Sign in to the network</body></html>"));
        spoils.put("half of it", (head, body) -> new Answer(head, Arrays.copyOf(body, body.length / 2), false));
        spoils.put(
                "all but the last byte", (head, body) -> new Answer(head, Arrays.copyOf(body, body.length - 1), false));
        spoils.put("a connection that ends", (head, body) -> new Answer(head, body, true));
        spoils.put("zeros", (head, body) -> new Answer(head, new byte[body.length], false));
        spoils.put("a word", (head, body) -> text(head, "\"no\""));
        spoils.put("a list", (head, body) -> text(head, "[1, 2]"));
        spoils.put(
                "an error nobody knows",
                (head, body) -> text(
                        head.replaceFirst(" 200 OK", " 418 Teapot"),
                        "{\"__type\": \"WhatIsThisException\", \"message\": \"\\u001b[2Jtea <b>\"}"));
        spoils.put(
                "a failure without words",
                (head, body) -> new Answer(head.replaceFirst(" 200 OK", " 500 Oops"), new byte[0], false));
        return spoils;
    }

    private static Answer text(String head, String body) {
        return new Answer(head, body.getBytes(StandardCharsets.UTF_8), false);
    }

    @Test
    void areRefusedInWords() throws Exception {
        forEach(
                List.of(
                        "GetCallerIdentity",
                        "DescribeServices",
                        "GetDeploymentGroup",
                        "GetDeploymentConfig",
                        "ListDeployments",
                        "DescribeListeners",
                        "DescribeTargetGroups",
                        "DescribeTargetHealth",
                        "DescribeAlarms",
                        "DescribeImages",
                        "RegisterTaskDefinition"),
                this::refusedInWords);
    }

    private void refusedInWords(Probe probe, String operation) {
        Map<String, AnswerProxy.Spoil> spoils = spoils();
        if (operation.startsWith("List")) {
            spoils.remove("nothing"); // to the SDK an empty answer is a list without entries
        }
        for (Map.Entry<String, AnswerProxy.Spoil> spoil : spoils.entrySet()) {
            String what = operation + " answered with " + spoil.getKey();
            probe.proxy.spoil(operation, spoil.getValue());
            Verdict verdict = deploy(probe).verdict();
            assertThat(probe.proxy.asked()).as(what).contains(operation).doesNotContain("CreateDeployment");
            assertThat(verdict.outcome()).as(what).isEqualTo(Outcome.REFUSED);
            requireWords(what, verdict.cause());
        }
    }

    /** Each member of a good answer once with a value of another kind, once not there at all. */
    @Test
    void membersThatAreWrongOrMissingNeverEndInAStackTrace() throws Exception {
        forEach(List.copyOf(NOTICED.keySet()), this::neverEndsInAStackTrace);
    }

    private void neverEndsInAStackTrace(Probe probe, String operation) {
        int noticed = 0;
        for (int number = 0; number < MEMBERS; number++) {
            int member = number;
            for (boolean missing : new boolean[] {true, false}) {
                AtomicReference<String> changed = new AtomicReference<>("nothing");
                probe.proxy.spoil(operation, (head, body) -> text(head, withoutMember(body, member, missing, changed)));
                DeploymentView view = deploy(probe);
                Verdict verdict = view.verdict();
                String what = operation + (missing ? " without " : " with another ") + changed.get();
                // What is not used may be missing: then it goes on as far as the creation, which the test forbids.
                assertThat(verdict.outcome()).as(what).isIn(Outcome.REFUSED, Outcome.ABORTED);
                requireWords(what, verdict.cause());
                boolean told =
                        verdict.outcome() == Outcome.REFUSED || !view.warnings().isEmpty();
                noticed += told ? 1 : 0;
            }
        }
        assertThat(noticed)
                .as("how many of " + 2 * MEMBERS + " changed answers to " + operation + " were told")
                .isGreaterThanOrEqualTo(NOTICED.get(operation));
    }

    private static String withoutMember(byte[] body, int number, boolean missing, AtomicReference<String> changed) {
        try {
            JsonNode root = JSON.readTree(body);
            List<String> paths = new ArrayList<>();
            List<ObjectNode> holders = new ArrayList<>();
            members("", root, paths, holders);
            int index = number * paths.size() / MEMBERS;
            String path = paths.get(index);
            String name = path.substring(path.lastIndexOf('.') + 1);
            changed.set(path);
            ObjectNode holder = holders.get(index);
            if (missing) {
                holder.remove(name);
            } else if (holder.get(name).isContainerNode()) {
                holder.put(name, "a text");
            } else {
                holder.putObject(name).put("not", "that");
            }
            return root.toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void members(String path, JsonNode node, List<String> paths, List<ObjectNode> holders) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> {
                paths.add(path + "." + member.getKey());
                holders.add(object);
                members(path + "." + member.getKey(), member.getValue(), paths, holders);
            });
        } else if (node instanceof ArrayNode array) {
            array.forEach(element -> members(path + "[]", element, paths, holders));
        }
    }

    private static void requireWords(String what, String cause) {
        assertThat(cause)
                .as(what)
                .isNotBlank()
                .doesNotContainPattern("(?i)cannot invoke|\\bexception\\b|java\\.|\\bnull\\b|\u001b|\\bOptional\\b");
    }

    /** Gives up where a deployment would be created. */
    private static DeploymentView deploy(Probe probe) {
        World world = probe.world;
        DeploymentRequest request = new DeploymentRequest(
                world.local().resources().cluster(),
                world.local().resources().service(),
                new DeploymentRequest.Rendered(
                        world.local().taskDefinition("2"),
                        world.local().resources().repositoryUri() + ":2",
                        null),
                new CodeDeployGroup(
                        world.local().resources().application(),
                        world.local().resources().deploymentGroup(),
                        null),
                null,
                Criterion.REFERENCE,
                List.of(),
                List.of(),
                Duration.ofMinutes(60),
                "fuzz",
                "deploy",
                null,
                DeploymentOptions.DEFAULT);
        Running running = probe.engine.deploy(request);
        running.listen(entry -> {
            if (entry.event() instanceof RevisionRegistered) {
                running.rollBack("fuzz", "far enough");
            }
        });
        running.verdict().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
        return running.view();
    }
}
