package io.jenkins.plugins.ecscanary.engine.aws;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * What all of the SDK's clients for one {@link AwsAccess} have in common, in whichever session of its role they call: the HTTP
 * client, the time-outs, and the keys that it all begins with. A client of it holds nothing else that would have to be closed.
 */
final class SdkConnection implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ATTEMPT = Duration.ofSeconds(15);
    private static final Duration CALL = Duration.ofSeconds(50);
    private static final int ATTEMPTS = 3;
    private static final int IDLE_SECONDS = 30;
    private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final AwsAccess access;
    private final Supplier<Instant> clock;
    private final ServerTime serverTime;
    private final AwsCredentialsProvider ownKeys;
    private final SdkHttpClient http;
    private final ScheduledExecutorService timeOuts;

    /** For sts:AssumeRole: each calls as the role before, the first one with the keys themselves. */
    private final List<StsClient> assuming = new ArrayList<>();

    /** Whose keys the last one calls with, or null. */
    private final AssumedRoleKeys beforeLast;

    /**
     * @param clock AWS's present
     * @param serverTime told AWS's clock by every answer
     * @throws AwsFailure of kind INVALID if the region or the endpoint is none
     */
    SdkConnection(AwsAccess access, Supplier<Instant> clock, Consumer<Instant> serverTime) {
        requireUsable(access);
        this.access = access;
        this.clock = clock;
        this.serverTime = new ServerTime(serverTime);
        this.ownKeys = access.keys() == null ? new DefaultKeys() : new KeysProvider(access.keys());
        this.http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(ATTEMPT)
                .proxyConfiguration(proxy(access))
                .build();
        this.timeOuts = timeOuts();
        AssumedRoleKeys before = null;
        for (RoleToAssume role : access.roles()) {
            if (!assuming.isEmpty()) {
                before = assumed(access.roles().get(assuming.size() - 1), before);
            }
            assuming.add(client(StsClient.builder(), before == null ? ownKeys : before));
        }
        this.beforeLast = before;
    }

    AwsAccess access() {
        return access;
    }

    AwsCredentialsProvider ownKeys() {
        return ownKeys;
    }

    /**
     * Keys of the role that all calls are made as; of a session of its own for each that is asked for.
     *
     * @param role the last one of the access, whatever its session is called
     */
    AssumedRoleKeys assumed(RoleToAssume role) {
        return assumed(role, beforeLast);
    }

    private AssumedRoleKeys assumed(RoleToAssume role, AssumedRoleKeys before) {
        return new AssumedRoleKeys(role, assuming.get(assuming.size() - 1), new Calls(access, before), clock);
    }

    /** One that tries reads again. */
    <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder, AwsCredentialsProvider as) {
        return client(builder.region(Region.of(access.region())), few(), as);
    }

    private static RetryStrategy few() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(ATTEMPTS)
                .build();
    }

    /** The same in another region. */
    <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C clientIn(
            String region, B builder, AwsCredentialsProvider as) {
        return client(builder.region(Region.of(region)), few(), as);
    }

    /** One that sends nothing twice. */
    <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C clientOnce(
            B builder, AwsCredentialsProvider as) {
        return client(builder.region(Region.of(access.region())), AwsRetryStrategy.doNotRetry(), as);
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
            B builder, RetryStrategy retry, AwsCredentialsProvider as) {
        builder.httpClient(http).credentialsProvider(as).overrideConfiguration(o -> o.apiCallAttemptTimeout(ATTEMPT)
                .apiCallTimeout(CALL)
                .retryStrategy(retry)
                .scheduledExecutorService(timeOuts)
                .addExecutionInterceptor(serverTime)
                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, "ecs-canary"));
        return access.endpoint() == null
                ? builder.build()
                : builder.endpointOverride(access.endpoint()).build();
    }

    /** One thread that ends calls which take too long; the SDK would give five to each of its clients. */
    private static ScheduledExecutorService timeOuts() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "ecs-canary-time-out");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    private static void requireUsable(AwsAccess access) {
        if (!REGION.matcher(access.region()).matches()) {
            throw AwsFailure.of(
                    AwsFailure.Kind.INVALID, "\"" + access.region() + "\" is no region; give one such as eu-central-1");
        }
        URI endpoint = access.endpoint();
        if (endpoint != null
                && (!SCHEMES.contains(String.valueOf(endpoint.getScheme())) || endpoint.getHost() == null)) {
            throw AwsFailure.of(
                    AwsFailure.Kind.INVALID,
                    "\"" + endpoint + "\" is no endpoint; give one such as http://127.0.0.1:4566");
        }
    }

    private static ProxyConfiguration proxy(AwsAccess access) {
        boolean direct = Loopback.is(access.endpoint()); // what is on this machine is not behind its proxy
        HttpProxy given = access.proxy().orElse(null);
        ProxyConfiguration.Builder proxy = ProxyConfiguration.builder()
                .useSystemPropertyValues(!direct && given == null)
                .useEnvironmentVariablesValues(!direct && given == null);
        if (direct || given == null) {
            return proxy.build();
        }
        return proxy.endpoint(proxyAddress(given))
                .username(given.user())
                .password(given.password())
                .nonProxyHosts(given.directHosts())
                .build();
    }

    private static URI proxyAddress(HttpProxy proxy) {
        try {
            return new URI("http", null, proxy.host(), proxy.port(), null, null, null);
        } catch (URISyntaxException e) {
            throw AwsFailure.of(
                    AwsFailure.Kind.INVALID, "the proxy's host \"" + proxy.host() + "\" is no name of a host", e);
        }
    }

    @Override
    public void close() {
        assuming.forEach(StsClient::close);
        http.close();
        timeOuts.shutdownNow();
        if (ownKeys instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
