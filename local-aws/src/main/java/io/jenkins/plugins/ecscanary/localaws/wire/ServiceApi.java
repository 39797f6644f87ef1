package io.jenkins.plugins.ecscanary.localaws.wire;

import java.util.List;

/**
 * One AWS service: what it is called on each wire protocol and its operations.
 *
 * @param signingName in the credential scope, such as {@code ecs}, {@code elasticloadbalancing}, {@code monitoring}
 * @param jsonTarget prefix of {@code X-Amz-Target} for AWS JSON 1.0 or 1.1, or null
 * @param queryVersion {@code Version} for AWS Query, or null
 * @param xmlNamespace of AWS Query answers, or null
 * @param cborService service name in {@code /service/<name>/operation/<op>} for Smithy RPC v2 CBOR, or null
 * @param members how record components are spelled on the wire
 */
public record ServiceApi(
        String signingName,
        String jsonTarget,
        String queryVersion,
        String xmlNamespace,
        String cborService,
        Members members,
        List<Operation<?, ?>> operations) {

    public ServiceApi {
        operations = List.copyOf(operations);
    }

    /** The first letter of member names. */
    public enum Members {
        /** {@code taskDefinition}: ECS, CodeDeploy, ECR, Logs. */
        LOWER_CAMEL,
        /** {@code TargetGroupArn}: ELBv2, CloudWatch, STS. */
        UPPER_CAMEL
    }

    /** A service that speaks AWS JSON 1.1 only. */
    public static ServiceApi json(String signingName, String jsonTarget, List<Operation<?, ?>> operations) {
        return new ServiceApi(signingName, jsonTarget, null, null, null, Members.LOWER_CAMEL, operations);
    }

    /** A service that speaks AWS Query only. */
    public static ServiceApi query(
            String signingName, String version, String xmlNamespace, List<Operation<?, ?>> operations) {
        return new ServiceApi(signingName, null, version, xmlNamespace, null, Members.UPPER_CAMEL, operations);
    }
}
