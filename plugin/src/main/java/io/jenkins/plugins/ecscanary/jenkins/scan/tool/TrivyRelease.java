package io.jenkins.plugins.ecscanary.jenkins.scan.tool;

import hudson.ProxyConfiguration;
import hudson.Util;
import io.jenkins.plugins.ecscanary.engine.scan.KnownBadReleases;
import io.jenkins.plugins.ecscanary.engine.text.TimeSpan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import jenkins.util.Timer;

/**
 * One release of Trivy, pinned.
 *
 * @param version such as {@code 0.74.0}
 * @param sha256 of its archive, as 64 lower-case digits
 * @param url of its archive, with {@code {version}} for the version
 */
record TrivyRelease(String version, String sha256, String url) {

    private static final Logger LOGGER = Logger.getLogger(TrivyRelease.class.getName());

    private static final Pattern VERSION = Pattern.compile("\\d{1,4}(\\.\\d{1,4}){2}(-[A-Za-z0-9.]{1,40})?");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** For all of it: whoever sends slower than that holds up a scan. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** A release has some 50 MB; whoever serves more serves something else. */
    private static final long LARGEST = 512L * 1024 * 1024;

    private static final int BUFFER = 1 << 16;

    /** @throws IllegalArgumentException if it is no version, or one that must not be used */
    static String version(String given) {
        String version = Util.fixNull(given).trim();
        String plain = version.startsWith("v") ? version.substring(1) : version;
        if (!VERSION.matcher(plain).matches()) {
            throw new IllegalArgumentException(Messages.TrivyRelease_BadVersion(version));
        }
        KnownBadReleases.refusal(plain).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        return plain;
    }

    /** @throws IllegalArgumentException if it is none */
    static String sha256(String given) {
        String sha256 = Util.fixNull(given).trim().toLowerCase(Locale.ROOT);
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException(Messages.TrivyRelease_BadSha256());
        }
        return sha256;
    }

    /** @throws IllegalArgumentException if it is no URL of an archive that can be unpacked */
    static String url(String given) {
        String url = Util.fixNull(given).trim();
        try {
            URI parsed = new URI(url.replace("{version}", "0"));
            boolean web = "https".equals(parsed.getScheme()) || "http".equals(parsed.getScheme());
            if (!web || parsed.getHost() == null || parsed.getUserInfo() != null || !archive(parsed.getPath())) {
                throw new IllegalArgumentException(Messages.TrivyRelease_BadUrl(url));
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(Messages.TrivyRelease_BadUrl(url), e);
        }
        return url;
    }

    private static boolean archive(String path) {
        return path.endsWith(".tar.gz") || path.endsWith(".tgz") || path.endsWith(".zip");
    }

    String address() {
        return url.replace("{version}", version);
    }

    boolean zip() {
        return URI.create(address()).getPath().endsWith(".zip");
    }

    /**
     * Fetches its archive, through Jenkins's proxy.
     *
     * @throws IOException if it can't be had, or is not what was pinned; then nothing of it may be used
     */
    void fetch(Path archive) throws IOException, InterruptedException {
        fetch(archive, PATIENCE);
    }

    void fetch(Path archive, Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        HttpClient client = ProxyConfiguration.newHttpClientBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpResponse<InputStream> response;
        try {
            response = client.send(
                    ProxyConfiguration.newHttpRequestBuilder(URI.create(address()))
                            .timeout(patience)
                            .GET()
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException e) {
            throw late(patience, e);
        }
        AtomicBoolean late = new AtomicBoolean();
        // The request's own time-out ends with the headers.
        ScheduledFuture<?> clock = Timer.get()
                .schedule(() -> giveUp(late, response.body()), deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        try (InputStream in = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException(Messages.TrivyRelease_Answer(address(), response.statusCode()));
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long size = 0;
            try (OutputStream out = Files.newOutputStream(archive)) {
                byte[] buffer = new byte[BUFFER];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    size += n;
                    if (size > LARGEST) {
                        throw new IOException(Messages.TrivyRelease_TooLarge(address(), LARGEST));
                    }
                    digest.update(buffer, 0, n);
                    out.write(buffer, 0, n);
                }
            }
            String actual = HexFormat.of().formatHex(digest.digest());
            if (!actual.equals(sha256)) {
                throw new IOException(Messages.TrivyRelease_WrongSha256(address(), actual, sha256, version));
            }
        } catch (IOException e) {
            if (late.get()) {
                throw late(patience, e);
            }
            throw e;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } finally {
            clock.cancel(false);
        }
    }

    private IOException late(Duration patience, IOException cause) {
        return new IOException(Messages.TrivyRelease_Late(address(), TimeSpan.about(patience)), cause);
    }

    /** Whoever reads it is told so. */
    private static void giveUp(AtomicBoolean late, InputStream body) {
        late.set(true);
        try {
            body.close();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "an archive that was not sent in time", e);
        }
    }
}
