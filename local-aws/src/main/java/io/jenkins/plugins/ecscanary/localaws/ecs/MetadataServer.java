package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The task metadata endpoint, version 4: each container finds its own in ECS_CONTAINER_METADATA_URI_V4 and asks for
 * itself, {@code /task} or {@code /taskWithTags}. {@code /stats} is not there (404): a plain process has no Docker
 * statistics.
 *
 * <p>On Fargate only the task reaches it. Here the port is the whole machine's, so it listens on loopback only, a
 * container's path is 128 random bits that only the container is told, and it answers no web page.
 */
final class MetadataServer implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String ROOT = "/v4/";

    private final World world;
    private final Clusters clusters;
    private final Server server;
    private final ServerConnector connector;
    private final ObjectMapper json = new ObjectMapper();

    private MetadataServer(World world, Clusters clusters) {
        this.world = world;
        this.clusters = clusters;
        QueuedThreadPool threads = new QueuedThreadPool(8, 2);
        threads.setName("task-metadata");
        threads.setDaemon(true);
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(LOOPBACK);
        server.addConnector(connector);
        server.setHandler(new Answers());
    }

    /** @throws UncheckedIOException if no port can be had; then nothing is left running */
    static MetadataServer start(World world, Clusters clusters) {
        MetadataServer started = new MetadataServer(world, clusters);
        try {
            started.server.start();
        } catch (Exception e) {
            IOException failure = new IOException("the task metadata endpoint can't listen on " + LOOPBACK, e);
            try {
                started.close();
            } catch (RuntimeException suppressed) {
                failure.addSuppressed(suppressed);
            }
            throw new UncheckedIOException(failure);
        }
        return started;
    }

    /** What goes into ECS_CONTAINER_METADATA_URI_V4. */
    String uri(TaskContainer container) {
        return "http://" + authority() + ROOT + container.metadataId;
    }

    private String authority() {
        return LOOPBACK + ":" + connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the task metadata endpoint does not stop", e);
        }
    }

    /** Empty if there is no such path, or the task has stopped. */
    private Optional<Object> find(String path) {
        if (!path.startsWith(ROOT)) {
            return Optional.empty();
        }
        String[] parts = path.substring(ROOT.length()).split("/", 2);
        String what = parts.length == 1 ? "" : parts[1];
        return world.look(() -> clusters.all().stream()
                .flatMap(cluster -> cluster.tasks.values().stream())
                .filter(task -> task.lastStatus != Task.Status.STOPPED)
                .flatMap(task -> task.containers.stream()
                        .filter(container -> container.metadataId.equals(parts[0]))
                        .flatMap(container -> answer(task, container, what).stream()))
                .findFirst());
    }

    private static Optional<Object> answer(Task task, TaskContainer container, String what) {
        return switch (what) {
            case "" -> Optional.of(ContainerMetadata.of(task, container));
            case "task" -> Optional.of(TaskMetadata.of(task, false));
            case "taskWithTags" -> Optional.of(TaskMetadata.of(task, true));
            default -> Optional.empty();
        };
    }

    /** GET only, and only for those who ask this very address. */
    private final class Answers extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            if (!authority().equals(request.getHeaders().get(HttpHeader.HOST))
                    || request.getHeaders().contains(HttpHeader.ORIGIN)) {
                return text(response, callback, 403, "the task metadata endpoint answers tasks only, no web page");
            }
            if (!"GET".equals(request.getMethod())) {
                response.getHeaders().put(HttpHeader.ALLOW, "GET");
                return text(response, callback, 405, "the task metadata endpoint answers GET only");
            }
            Optional<Object> found = find(request.getHttpURI().getPath());
            if (found.isEmpty()) {
                return text(response, callback, 404, "no such task metadata");
            }
            return write(response, callback, "application/json", json.writeValueAsBytes(found.get()));
        }

        private boolean text(Response response, Callback callback, int status, String sentence) {
            response.setStatus(status);
            return write(
                    response, callback, "text/plain;charset=utf-8", (sentence + "\n").getBytes(StandardCharsets.UTF_8));
        }

        private boolean write(Response response, Callback callback, String type, byte[] body) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            response.write(true, ByteBuffer.wrap(body), callback);
            return true;
        }
    }
}
