package io.jenkins.plugins.ecscanary.localaws.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 in the {@code Authorization} header, seen from the server.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html">Create a signed request</a>
 */
record SigV4(
        String accessKeyId, String date, String region, String service, List<String> signedHeaders, String signature) {

    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    /** @throws IllegalArgumentException with what is missing, never with what was sent */
    static SigV4 parse(String authorization) {
        if (!authorization.startsWith(ALGORITHM + " ")) {
            throw new IllegalArgumentException("Authorization does not start with " + ALGORITHM);
        }
        String credential = null;
        String headers = null;
        String signature = null;
        for (String part : authorization.substring(ALGORITHM.length()).split(",")) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length == 2) {
                switch (pair[0]) {
                    case "Credential" -> credential = pair[1];
                    case "SignedHeaders" -> headers = pair[1];
                    case "Signature" -> signature = pair[1];
                    default -> throw new IllegalArgumentException("Authorization has a part it should not have");
                }
            }
        }
        if (credential == null || headers == null || signature == null) {
            throw new IllegalArgumentException("Authorization lacks one of Credential, SignedHeaders, Signature");
        }
        String[] scope = credential.split("/");
        if (scope.length != 5 || !"aws4_request".equals(scope[4])) {
            throw new IllegalArgumentException(
                    "Credential is not <access key id>/<date>/<region>/<service>/aws4_request");
        }
        return new SigV4(scope[0], scope[1], scope[2], scope[3], List.of(headers.split(";")), signature);
    }

    /** Whether the request was signed with this secret and has not been changed since. */
    boolean matches(WireRequest request, String secret) {
        String stamp = request.header("x-amz-date");
        if (stamp == null || !stamp.startsWith(date) || !signedHeaders.contains("host")) {
            return false;
        }
        String bodyHash = hex(sha256(request.body()));
        String declared = request.header("x-amz-content-sha256");
        if (declared != null && !declared.equals(bodyHash)) {
            return false;
        }
        String scope = date + "/" + region + "/" + service + "/aws4_request";
        String canonical = String.join(
                "\n",
                request.method(),
                encoded(request.path()),
                sortedQuery(request.query()),
                signedHeaders.stream()
                        .map(name -> name + ":" + headerValue(request, name) + "\n")
                        .collect(Collectors.joining()),
                String.join(";", signedHeaders),
                bodyHash);
        String toSign =
                String.join("\n", ALGORITHM, stamp, scope, hex(sha256(canonical.getBytes(StandardCharsets.UTF_8))));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(date, region, service, "aws4_request")) {
            key = hmac(key, part);
        }
        return MessageDigest.isEqual(
                hex(hmac(key, toSign)).getBytes(StandardCharsets.US_ASCII),
                signature.getBytes(StandardCharsets.US_ASCII));
    }

    private static String headerValue(WireRequest request, String name) {
        return request.headers().getOrDefault(name, List.of()).stream()
                .map(value -> value.strip().replaceAll(" +", " "))
                .collect(Collectors.joining(","));
    }

    private static String sortedQuery(String query) {
        if (query == null || query.isEmpty()) {
            return "";
        }
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.contains("=") ? pair : pair + "=")
                .sorted()
                .collect(Collectors.joining("&"));
    }

    /** Every service but S3 signs the path encoded once more than it is sent. */
    private static String encoded(String path) {
        StringBuilder out = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "/-_.~".indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return out.toString();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
