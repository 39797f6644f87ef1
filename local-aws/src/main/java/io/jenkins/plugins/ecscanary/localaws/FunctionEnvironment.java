package io.jenkins.plugins.ecscanary.localaws;

import io.jenkins.plugins.ecscanary.localaws.wire.TemporaryKeys;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * What a function that is a program finds in its environment, so that an SDK in it calls this AWS: endpoint, region, and
 * keys of a role named after it, as a Lambda function has those of its execution role.
 */
final class FunctionEnvironment {

    private static final Duration KEYS_LAST = Duration.ofHours(12);

    private final World world;
    private final TemporaryKeys keys;

    FunctionEnvironment(World world, TemporaryKeys keys) {
        this.world = world;
        this.keys = keys;
    }

    Map<String, String> of(String function, URI endpoint) {
        TemporaryKeys.Issued issued = keys.issue("function-" + function, function, KEYS_LAST);
        return Map.of(
                "AWS_LAMBDA_FUNCTION_NAME", function,
                "AWS_ENDPOINT_URL", endpoint.toString(),
                "AWS_REGION", world.region(),
                "AWS_DEFAULT_REGION", world.region(),
                "AWS_ACCESS_KEY_ID", issued.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", issued.secretAccessKey(),
                "AWS_SESSION_TOKEN", issued.sessionToken());
    }
}
