package io.jenkins.plugins.ecscanary.localaws.wire;

import io.jenkins.plugins.ecscanary.localaws.admin.LocalPages;
import io.jenkins.plugins.ecscanary.localaws.faults.Faults;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import io.jenkins.plugins.ecscanary.localaws.world.ManualTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** A wire server on manual time and the official SDK's clients for it. */
public final class WireFixture implements AutoCloseable {

    public static final String ACCOUNT = "123456789012";
    public static final String REGION = "eu-central-1";
    public static final String KEY = "AKIDLOCAL";
    public static final String SECRET = "a-secret/with+odd=characters";

    public final ManualTime time = new ManualTime();
    public final World world = new World(ACCOUNT, REGION, time, new Ids(new Random(1)), line -> {});
    public final List<WireCall> calls = new CopyOnWriteArrayList<>();
    public final Faults faults;
    private final WireServer server;

    public WireFixture(Function<World, List<ServiceApi>> services) {
        this((world, keys) -> services.apply(world));
    }

    /** @param services get the temporary keys that are let in */
    public WireFixture(BiFunction<World, TemporaryKeys, List<ServiceApi>> services) {
        TemporaryKeys temporary = new TemporaryKeys(world);
        AccessKeys keys = AccessKeys.of(Map.of(KEY, SECRET)).with(temporary);
        try {
            List<ServiceApi> apis = services.apply(world, temporary);
            faults = new Faults(
                    1,
                    apis.stream().collect(Collectors.toMap(ServiceApi::signingName, api -> api.operations().stream()
                            .map(Operation::name)
                            .toList())),
                    world::now);
            server = WireServer.start(
                    world, 0, keys, apis, new WireHooks(calls::add, faults, () -> LocalPages.of(faults)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI endpoint() {
        return server.endpoint();
    }

    /** A client with the right keys; the builder's own {@code httpClient} is part of every sync builder. */
    public <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C client(B builder) {
        return client(builder, KEY, SECRET, REGION);
    }

    public <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C client(
            B builder, String key, String secret, String region) {
        return builder.endpointOverride(endpoint())
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Override
    public void close() {
        server.close();
        world.close();
    }
}
