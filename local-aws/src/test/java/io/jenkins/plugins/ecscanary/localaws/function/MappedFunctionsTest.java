package io.jenkins.plugins.ecscanary.localaws.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that are real programs and real HTTP servers. */
class MappedFunctionsTest {

    private static final String PAYLOAD = "{\"DeploymentId\":\"d-1\"}";

    @TempDir
    Path directory;

    private final BlockingQueue<String> posted = new LinkedBlockingQueue<>();
    private HttpServer server;
    private MappedFunctions functions;

    @AfterEach
    void stop() {
        if (functions != null) {
            functions.close();
        }
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void aProgramGetsThePayloadAndWhatAnSdkNeeds() throws Exception {
        Path seen = directory.resolve("seen");
        mapped(program("cat > '" + seen + "'; printenv AWS_ENDPOINT_URL AWS_LAMBDA_FUNCTION_NAME >> '" + seen + "'"));
        assertThat(outcome("check")).isEqualTo(new FunctionOutcome.Succeeded());
        assertThat(Files.readString(seen)).isEqualTo(PAYLOAD + "http://127.0.0.1:1\ncheck\n");
    }

    @Test
    void anExitCodeOtherThan0IsAFailureToldWithTheOutput() throws Exception {
        mapped(program("echo 'smoke test:'; echo '3 of 4 failed' >&2; exit 3"));
        assertThat(outcome("arn:aws:lambda:eu-central-1:123456789012:function:check:live"))
                .isEqualTo(new FunctionOutcome.Failed("exit code 3, output: smoke test: 3 of 4 failed"));
    }

    @Test
    void aProgramThatReadsNothingAndWritesMuch() throws Exception {
        mapped(program("i=0; while [ $i -lt 3000 ]; do echo \"line $i of many\"; i=$((i+1)); done; exit 1"));
        assertThat(outcome("check"))
                .isInstanceOfSatisfying(FunctionOutcome.Failed.class, failed -> assertThat(failed.reason())
                        .endsWith("line 2999 of many")
                        .hasSizeLessThan(600));
    }

    @Test
    void aProgramThatIsNotThere() throws Exception {
        mapped(new FunctionTarget.Command(List.of(directory.resolve("nothing").toString())));
        assertThat(outcome("check"))
                .isInstanceOfSatisfying(FunctionOutcome.Failed.class, failed -> assertThat(failed.reason())
                        .startsWith("it could not be started: "));
    }

    @Test
    void cancellingKillsTheProgram() throws Exception {
        Path started = directory.resolve("started");
        mapped(program("mkfifo '" + started + ".fifo'; echo $$ > '" + started + ".tmp'; mv '" + started + ".tmp' '"
                + started + "'; read line < '" + started + ".fifo'"));
        CompletableFuture<FunctionOutcome> outcome =
                functions.invoke("check", PAYLOAD).orElseThrow();
        while (!Files.exists(started)) {
            Thread.onSpinWait();
        }
        ProcessHandle process = ProcessHandle.of(
                        Long.parseLong(Files.readString(started).strip()))
                .orElseThrow();
        outcome.cancel(true);
        process.onExit().get(1, TimeUnit.MINUTES);
        assertThat(process.isAlive()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"status\":\"Succeeded\"} | Succeeded[]",
                "201 | {\"status\":\"Failed\"} | Failed[reason=status Failed]",
                "202 | {} | Unreported[]",
                "200 | not JSON | Unreported[]",
                "204 | '' | Unreported[]",
                "500 | {\"status\":\"Succeeded\"} | Failed[reason=HTTP status 500]"
            })
    void anHttpServersAnswer(int status, String body, String expected) throws Exception {
        serve(status, body);
        assertThat(outcome("check").toString()).isEqualTo(expected);
        assertThat(posted.take()).isEqualTo("POST /hook application/json " + PAYLOAD);
    }

    @Test
    void noHttpServer() throws Exception {
        serve(200, "{}");
        server.stop(0);
        assertThat(outcome("check"))
                .isInstanceOfSatisfying(FunctionOutcome.Failed.class, failed -> assertThat(failed.reason())
                        .startsWith("no answer from http://127.0.0.1:"));
    }

    /** As after a restart, which takes a deployment up before it serves. */
    @Test
    void nothingIsInvokedBeforeItCouldCallAws() throws Exception {
        Path seen = directory.resolve("seen");
        CompletableFuture<URI> endpoint = new CompletableFuture<>();
        mapped(program("printenv AWS_ENDPOINT_URL > '" + seen + "'"), endpoint);
        CompletableFuture<FunctionOutcome> cancelled =
                functions.invoke("check", PAYLOAD).orElseThrow();
        cancelled.cancel(true);
        CompletableFuture<FunctionOutcome> outcome =
                functions.invoke("check", PAYLOAD).orElseThrow();
        assertThat(outcome).isNotDone();
        endpoint.complete(URI.create("http://127.0.0.1:2"));
        assertThat(outcome.get(1, TimeUnit.MINUTES)).isEqualTo(new FunctionOutcome.Succeeded());
        assertThat(Files.readString(seen)).isEqualTo("http://127.0.0.1:2\n");
    }

    @Test
    void aFunctionNobodyMapped() {
        mapped(new FunctionTarget.Command(List.of("true")));
        assertThat(functions.invoke("other", PAYLOAD)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "https://127.0.0.1/",
                "ftp://127.0.0.1/",
                "http://a b/",
                "",
                "http://[::2]/"
            })
    void targetsThatAreNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> FunctionTarget.parse(text));
    }

    @Test
    void targets() {
        assertThat(FunctionTarget.parse("/usr/bin/true"))
                .isEqualTo(new FunctionTarget.Command(List.of("/usr/bin/true")));
        assertThat(FunctionTarget.parse("http://[::1]:9000/x"))
                .isEqualTo(new FunctionTarget.Http(URI.create("http://[::1]:9000/x")));
        assertThatIllegalArgumentException().isThrownBy(() -> new FunctionTarget.Command(List.of()));
    }

    private FunctionOutcome outcome(String function) throws Exception {
        return functions.invoke(function, PAYLOAD).orElseThrow().get(1, TimeUnit.MINUTES);
    }

    private void mapped(FunctionTarget target) {
        mapped(target, CompletableFuture.completedFuture(URI.create("http://127.0.0.1:1")));
    }

    private void mapped(FunctionTarget target, CompletableFuture<URI> endpoint) {
        functions = new MappedFunctions(
                Map.of("check", target),
                endpoint,
                (name, served) -> Map.of("AWS_ENDPOINT_URL", served.toString(), "AWS_LAMBDA_FUNCTION_NAME", name));
    }

    private FunctionTarget program(String script) throws IOException {
        Path file = Files.writeString(directory.resolve("function.sh"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return new FunctionTarget.Command(List.of("/bin/sh", file.toString()));
    }

    private void serve(int status, String body) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            posted.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        mapped(new FunctionTarget.Http(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook")));
    }
}
