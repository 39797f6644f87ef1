package io.jenkins.plugins.ecscanary.localaws.wire;

import java.util.Optional;

/** Lets in who signed with a known access key, for this region and for the service called. */
final class Authenticator {

    private final AccessKeys keys;
    private final String region;

    Authenticator(AccessKeys keys, String region) {
        this.keys = keys;
        this.region = region;
    }

    /**
     * The caller.
     *
     * @throws AwsError with the protocol's own code
     */
    SigV4 authenticate(WireRequest request, ServiceApi api, WireProtocol protocol) {
        String authorization = request.header("authorization");
        if (authorization == null) {
            throw protocol.authentication(AuthFailure.MISSING, "Request is missing Authentication Token");
        }
        SigV4 signed = parsed(authorization, protocol);
        String secret = keys.secret(signed.accessKeyId())
                .orElseGet(() -> temporarySecret(signed.accessKeyId(), request, protocol));
        if (!region.equals(signed.region())) {
            throw protocol.authentication(
                    AuthFailure.OTHER_REGION,
                    "this local AWS serves region " + region + ", the request is for " + signed.region());
        }
        if (!api.signingName().equals(signed.service())) {
            throw protocol.authentication(
                    AuthFailure.BAD_SIGNATURE,
                    "Credential should be scoped to correct service: '" + api.signingName() + "'.");
        }
        if (!signed.matches(request, secret)) {
            throw protocol.authentication(
                    AuthFailure.BAD_SIGNATURE,
                    "The request signature we calculated does not match the signature you provided. Check your AWS"
                            + " Secret Access Key and signing method. Consult the service documentation for details.");
        }
        return signed;
    }

    private static SigV4 parsed(String authorization, WireProtocol protocol) {
        try {
            return SigV4.parse(authorization);
        } catch (IllegalArgumentException e) {
            throw protocol.authentication(AuthFailure.INCOMPLETE, e.getMessage());
        }
    }

    /** Temporary keys come with the token that was given out with them, and have an end. */
    private String temporarySecret(String accessKeyId, WireRequest request, WireProtocol protocol) {
        Optional<TemporaryKeys> known = keys.temporary();
        Optional<TemporaryKeys.Issued> issued = known.flatMap(temporary -> temporary.find(accessKeyId))
                .filter(key -> key.sessionToken().equals(request.header("x-amz-security-token")));
        if (issued.isEmpty()) {
            throw protocol.authentication(
                    AuthFailure.UNKNOWN_ACCESS_KEY, "The security token included in the request is invalid.");
        }
        if (known.get().expired(issued.get())) {
            throw protocol.authentication(AuthFailure.EXPIRED, "The security token included in the request is expired");
        }
        return issued.get().secretAccessKey();
    }
}
