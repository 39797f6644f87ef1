package io.jenkins.plugins.ecscanary.engine.aws;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The SDK's clients for one {@link AwsAccess}, over one HTTP client. */
final class SdkClients implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ATTEMPT = Duration.ofSeconds(15);
    private static final Duration CALL = Duration.ofSeconds(50);
    private static final int ATTEMPTS = 3;
    private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final AwsAccess access;
    private final AwsCredentialsProvider ownKeys;

    /** For sts:AssumeRole, where a role is assumed: every other client calls as that role. */
    private final StsClient ownSts;

    private final AwsCredentialsProvider keys;
    private final SdkHttpClient http;
    private final Map<String, EcrClient> ecr = new ConcurrentHashMap<>();

    final EcsClient ecs;
    final CodeDeployClient codeDeploy;
    /** For CreateDeployment: a lost answer is looked into, not sent again. */
    final CodeDeployClient codeDeployOnce;

    final ElasticLoadBalancingV2Client elb;
    final CloudWatchClient cloudWatch;
    final CloudWatchLogsClient logs;
    final StsClient sts;
    /** Or null where calls are made with the keys themselves. */
    final AssumedRoleKeys role;

    /** @param clock AWS's present */
    SdkClients(AwsAccess access, Supplier<Instant> clock) {
        requireUsable(access);
        this.access = access;
        this.ownKeys = access.keys() == null ? new DefaultKeys() : new KeysProvider(access.keys());
        this.http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(ATTEMPT)
                .proxyConfiguration(proxy(access))
                .build();
        RetryStrategy few = AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(ATTEMPTS)
                .build();
        this.ownSts = build(StsClient.builder().region(Region.of(access.region())), few, ownKeys);
        this.role = access.role()
                .map(toAssume -> new AssumedRoleKeys(toAssume, ownSts, new Calls(access, null), clock))
                .orElse(null);
        this.keys = role == null ? ownKeys : role;
        this.ecs = client(EcsClient.builder(), few);
        this.codeDeploy = client(CodeDeployClient.builder(), few);
        this.codeDeployOnce = client(CodeDeployClient.builder(), AwsRetryStrategy.doNotRetry());
        this.elb = client(ElasticLoadBalancingV2Client.builder(), few);
        this.cloudWatch = client(CloudWatchClient.builder(), few);
        this.logs = client(CloudWatchLogsClient.builder(), few);
        this.sts = client(StsClient.builder(), few);
    }

    /** An image may be in another region's registry than the service. */
    EcrClient ecr(String region) {
        return ecr.computeIfAbsent(
                region,
                name -> build(
                        EcrClient.builder().region(Region.of(name)),
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build(),
                        keys));
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
            B builder, RetryStrategy retry) {
        return build(builder.region(Region.of(access.region())), retry, keys);
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(
            B builder, RetryStrategy retry, AwsCredentialsProvider as) {
        builder.httpClient(http).credentialsProvider(as).overrideConfiguration(o -> o.apiCallAttemptTimeout(ATTEMPT)
                .apiCallTimeout(CALL)
                .retryStrategy(retry)
                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, "ecs-canary"));
        return access.endpoint() == null
                ? builder.build()
                : builder.endpointOverride(access.endpoint()).build();
    }

    private static void requireUsable(AwsAccess access) {
        if (!REGION.matcher(access.region()).matches()) {
            throw new AwsFailure(
                    AwsFailure.Kind.INVALID,
                    "\"" + access.region() + "\" is no region; give one such as eu-central-1",
                    null,
                    null,
                    false,
                    null);
        }
        URI endpoint = access.endpoint();
        if (endpoint != null
                && (!SCHEMES.contains(String.valueOf(endpoint.getScheme())) || endpoint.getHost() == null)) {
            throw new AwsFailure(
                    AwsFailure.Kind.INVALID,
                    "\"" + endpoint + "\" is no endpoint; give one such as http://127.0.0.1:4566",
                    null,
                    null,
                    false,
                    null);
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
            throw new AwsFailure(
                    AwsFailure.Kind.INVALID,
                    "the proxy's host \"" + proxy.host() + "\" is no name of a host",
                    null,
                    null,
                    false,
                    e);
        }
    }

    @Override
    public void close() {
        ecs.close();
        codeDeploy.close();
        codeDeployOnce.close();
        elb.close();
        cloudWatch.close();
        logs.close();
        sts.close();
        ownSts.close();
        ecr.values().forEach(EcrClient::close);
        http.close();
        if (ownKeys instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
