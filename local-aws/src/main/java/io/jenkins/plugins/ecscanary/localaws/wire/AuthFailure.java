package io.jenkins.plugins.ecscanary.localaws.wire;

/** Why a request is not let in; AWS JSON and AWS Query spell the codes differently. */
enum AuthFailure {
    MISSING("MissingAuthenticationTokenException", "MissingAuthenticationToken"),
    INCOMPLETE("IncompleteSignatureException", "IncompleteSignature"),
    UNKNOWN_ACCESS_KEY("UnrecognizedClientException", "InvalidClientTokenId"),
    /** Temporary keys past their end. */
    EXPIRED("ExpiredTokenException", "ExpiredToken"),
    BAD_SIGNATURE("InvalidSignatureException", "SignatureDoesNotMatch"),
    /** No code of AWS: there a wrong region is another endpoint. */
    OTHER_REGION("RegionNotServedByLocalAws", "RegionNotServedByLocalAws");

    private final String jsonCode;
    private final String queryCode;

    AuthFailure(String jsonCode, String queryCode) {
        this.jsonCode = jsonCode;
        this.queryCode = queryCode;
    }

    String jsonCode() {
        return jsonCode;
    }

    String queryCode() {
        return queryCode;
    }
}
