package io.jenkins.plugins.ecscanary.localaws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.List;
import java.util.UUID;

/**
 * Calls the services' operations without a socket: the same binding and validation as on the wire, in AWS JSON's shapes,
 * with the member names of the service called. What furnishes a local AWS uses it, so that furnishing needs no keys.
 */
public final class InProcessCalls {

    private final World world;
    private final Catalog catalog;
    private final Invoker invoker;
    private final RecordMappers mappers = RecordMappers.json();

    public InProcessCalls(World world, List<ServiceApi> services) {
        this.world = world;
        this.catalog = new Catalog(services);
        this.invoker = new Invoker(world);
    }

    public String account() {
        return world.account();
    }

    public String region() {
        return world.region();
    }

    /** Whether there is such an operation. */
    public boolean has(String service, String operation) {
        return catalog.bySigningName(service)
                .flatMap(api -> catalog.operation(api, operation))
                .isPresent();
    }

    /**
     * @param service the signing name, such as {@code ecs} or {@code elasticloadbalancing}
     * @param input anything Jackson writes as a JSON object
     * @return the answer as a tree
     * @throws AwsError what the operation refuses
     */
    public JsonNode call(String service, String operation, Object input) {
        ServiceApi api = catalog.bySigningName(service)
                .orElseThrow(() -> new AwsError("UnknownOperationException", "local-aws has no service " + service));
        Operation<?, ?> found = catalog.operation(api, operation)
                .orElseThrow(() -> new AwsError(
                        "UnknownOperationException",
                        "local-aws does not support operation " + operation + " of " + service));
        ObjectMapper mapper = mappers.of(api);
        CallContext context =
                new CallContext("local-aws", world.region(), UUID.randomUUID().toString());
        Object output = invoker.invoke(found, new ObjectMapper().valueToTree(input), mapper, context);
        return mapper.valueToTree(output);
    }
}
