package io.jenkins.plugins.ecscanary.sampleapp;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/**
 * The container's health check, for images without a shell: asks {@code /health} of the service in the same container, found by the same
 * {@code HOST} and {@code PORT}. Exit code 0 when it says 200, else 1.
 */
public final class HealthCheck {

    private static final int TIMEOUT_MS = 2_000;

    private HealthCheck() {}

    public static void main(String[] args) {
        System.exit(isHealthy(System.getenv()) ? 0 : 1);
    }

    static boolean isHealthy(Map<String, String> variables) {
        try {
            Settings settings = Settings.from(variables, () -> "");
            URI health = new URI("http", null, reachable(settings.host()), settings.port(), "/health", null, null);
            return answersOk(health);
        } catch (IOException | InvalidSettingException | URISyntaxException e) {
            System.err.println("unhealthy: " + e);
            return false;
        }
    }

    /** Where a server listens on every address, its own machine reaches it by loopback. */
    private static String reachable(String host) {
        return host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    }

    private static boolean answersOk(URI health) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        connection.setUseCaches(false);
        try {
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                System.err.println("unhealthy: " + health + " answered " + status);
            }
            return status == HttpURLConnection.HTTP_OK;
        } finally {
            connection.disconnect();
        }
    }
}
