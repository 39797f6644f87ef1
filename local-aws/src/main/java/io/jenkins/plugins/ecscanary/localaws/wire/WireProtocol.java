package io.jenkins.plugins.ecscanary.localaws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** One of AWS's wire protocols: how a request names its operation and how input, output and errors are written. */
interface WireProtocol {

    /** Whether a request is written in this protocol. */
    boolean speaks(WireRequest request);

    /**
     * The service and operation asked for.
     *
     * @throws AwsError if no service of the catalog is meant, by the name the client used
     */
    Target target(WireRequest request, Catalog catalog);

    /** @throws AwsError SerializationException, if the body is not what the protocol says */
    JsonNode input(WireRequest request, Target target);

    ObjectMapper mapper(ServiceApi api);

    WireAnswer answer(WireRequest request, Target target, Object output, String requestId);

    /** @param api empty if the request never got as far as a service */
    WireAnswer error(WireRequest request, Optional<ServiceApi> api, AwsError error, String requestId);

    /** What the protocol calls a request that could not be authenticated. */
    AwsError authentication(AuthFailure failure, String message);

    /** What the protocol calls a call too many. */
    AwsError throttled();

    /** What the protocol calls an operation that is not there. */
    AwsError unknownOperation(String message);

    /** @param operation as the client named it; not necessarily one there is */
    record Target(ServiceApi api, String operation) {}
}
