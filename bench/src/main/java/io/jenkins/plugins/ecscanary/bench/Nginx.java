package io.jenkins.plugins.ecscanary.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An nginx of our own in the foreground, with nothing outside its directory. */
final class Nginx implements AutoCloseable {

    private static final String CONFIG =
            """
            daemon off;
            worker_processes WORKERS;
            pid nginx.pid;
            error_log error.log warn;
            events { worker_connections 4096; }
            http {
              access_log off;
              keepalive_requests 1000000;
              client_body_temp_path client; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi; scgi_temp_path scgi;
            HTTP
            }
            """;

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    /**
     * @param http the {@code http} block's content
     * @param port on 127.0.0.1, where it listens once it has started
     */
    static Nginx start(String program, Path directory, int workers, String http, int port)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path config = directory.resolve("nginx.conf").toAbsolutePath();
        Files.writeString(
                config, CONFIG.replace("WORKERS", Integer.toString(workers)).replace("HTTP", http));
        Process process = new ProcessBuilder(List.of(
                        program, "-p", directory.toAbsolutePath() + "/", "-c", config.toString(), "-e", "error.log"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        Nginx nginx = new Nginx(process, port);
        try {
            nginx.awaitListening(directory);
            return nginx;
        } catch (IOException | InterruptedException e) {
            nginx.close();
            throw e;
        }
    }

    private void awaitListening(Path directory) throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            if (!process.isAlive()) {
                throw new IOException("nginx did not start: " + Files.readString(directory.resolve("output")));
            }
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 100);
                return;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IOException("nginx does not listen on port " + port);
    }

    @Override
    public void close() {
        process.destroy(); // its workers go with the master
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
