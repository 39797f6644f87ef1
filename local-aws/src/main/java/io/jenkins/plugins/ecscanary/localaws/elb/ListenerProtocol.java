package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;

/**
 * What a listener speaks. HTTPS is kept and told to targets ({@code X-Forwarded-Proto}), with its certificate and policy, but
 * TLS is not ended here: what a client on this machine sends is plain HTTP.
 *
 * @param protocol {@code HTTP} or {@code HTTPS}
 * @param certificateArn of HTTPS, or null; whether there is such a certificate is not known here
 * @param sslPolicy of HTTPS, or null
 */
record ListenerProtocol(String protocol, String certificateArn, String sslPolicy) {

    static final ListenerProtocol HTTP = new ListenerProtocol("HTTP", null, null);

    /** The API's own default; the console's is another. */
    private static final String DEFAULT_POLICY = "ELBSecurityPolicy-2016-08";

    private static final String CERTIFICATE =
            "arn:aws[a-z-]*:(acm:[a-z0-9-]+:[0-9]{12}:certificate|iam::[0-9]{12}:server-certificate)/.+";

    /**
     * As asked for, checked. The sentences are our own where AWS's are not known.
     *
     * @param present what it is, of a listener that is there; else {@link #HTTP}
     */
    static ListenerProtocol of(
            String protocol, List<Certificate> certificates, String sslPolicy, ListenerProtocol present) {
        String wanted = protocol == null ? present.protocol : protocol;
        if (wanted.equals("HTTP")) {
            if (certificates != null && !certificates.isEmpty() || sslPolicy != null) {
                throw Require.invalid("A certificate and an SSL policy can be specified for HTTPS listeners only");
            }
            return HTTP;
        }
        if (!wanted.equals("HTTPS")) {
            throw AwsError.unsupported("listener protocol '" + wanted + "' (only 'HTTP' and 'HTTPS')");
        }
        return new ListenerProtocol(
                wanted, certificate(certificates, present.certificateArn), policy(sslPolicy, present.sslPolicy));
    }

    private static String certificate(List<Certificate> given, String present) {
        if (given == null || given.isEmpty()) {
            return Require.present(present, "certificate for HTTPS listeners");
        }
        if (given.size() > 1) {
            throw new AwsError("TooManyCertificates", "Exactly one default certificate can be specified");
        }
        String arn = Require.present(given.get(0).certificateArn(), "certificate ARN");
        if (!arn.matches(CERTIFICATE)) {
            throw new AwsError("CertificateNotFound", "Certificate '" + arn + "' not found");
        }
        return arn;
    }

    private static String policy(String given, String present) {
        if (given == null) {
            return present == null ? DEFAULT_POLICY : present;
        }
        if (!given.matches("ELBSecurityPolicy-[A-Za-z0-9-]+")) {
            throw new AwsError("SSLPolicyNotFound", "SSL policy '" + given + "' not found");
        }
        return given;
    }

    boolean isSecure() {
        return protocol.equals("HTTPS");
    }

    /** Null for HTTP, as it is answered. */
    List<Certificate> certificates() {
        return certificateArn == null ? null : List.of(new Certificate(certificateArn, null));
    }

    /** @param isDefault only in answers that list all of a listener's */
    record Certificate(String certificateArn, Boolean isDefault) {}
}
