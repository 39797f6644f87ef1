package io.jenkins.plugins.ecscanary.jenkins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** Calls of AWS's JSON protocol, signed, that a test makes behind Jenkins's back. */
final class AwsJson {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String TYPE = "application/x-amz-json-1.1";
    private static final String SIGNED = "content-type;host;x-amz-date;x-amz-target";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private AwsJson() {}

    /**
     * @param service as the signature names it, such as {@code codedeploy}
     * @param target such as {@code CodeDeploy_20141006.UpdateDeploymentGroup}
     * @return the answer
     * @throws IllegalStateException if that is an error
     */
    static String call(LocalAwsProcess aws, String service, String target, String body) {
        String stamp = STAMP.format(Instant.now());
        HttpRequest request = HttpRequest.newBuilder(aws.endpoint().resolve("/"))
                .header("Content-Type", TYPE)
                .header("X-Amz-Target", target)
                .header("X-Amz-Date", stamp)
                .header("Authorization", authorization(aws.endpoint().getAuthority(), service, target, stamp, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(target + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The digest of an image's configuration, as a scanner reports it: from the manifest in ECR; null if it is not there. */
    static String imageId(LocalAwsProcess aws, String tag) {
        String answer = call(
                aws,
                "ecr",
                "AmazonEC2ContainerRegistry_V20150921.BatchGetImage",
                "{\"repositoryName\": \"reference/web\", \"imageIds\": [{\"imageTag\": \"" + tag + "\"}]}");
        JSONArray images = JSONObject.fromObject(answer).getJSONArray("images");
        if (images.isEmpty()) {
            return null;
        }
        String manifest = images.getJSONObject(0).getString("imageManifest");
        return JSONObject.fromObject(manifest).getJSONObject("config").getString("digest");
    }

    /**
     * Has the reference service's deployments wait before traffic shifts, and stopped when nobody promotes them.
     *
     * @param minutes 0 for no wait
     */
    static void waitBeforeTraffic(LocalAwsProcess aws, int minutes) {
        call(aws, "codedeploy", "CodeDeploy_20141006.UpdateDeploymentGroup", """
                {"applicationName": "web", "currentDeploymentGroupName": "web", "blueGreenDeploymentConfiguration": {
                  "terminateBlueInstancesOnDeploymentSuccess": {"action": "TERMINATE", "terminationWaitTimeInMinutes": 1},
                  "deploymentReadyOption": {"actionOnTimeout": "%s", "waitTimeInMinutes": %d}}}""".formatted(
                        minutes == 0 ? "CONTINUE_DEPLOYMENT" : "STOP_DEPLOYMENT", minutes));
    }

    private static String authorization(String host, String service, String target, String stamp, String body) {
        String day = stamp.substring(0, 8);
        String scope = day + "/" + LocalAwsProcess.REGION + "/" + service + "/aws4_request";
        String canonical = "POST\n/\n\ncontent-type:" + TYPE + "\nhost:" + host + "\nx-amz-date:" + stamp
                + "\nx-amz-target:" + target + "\n\n" + SIGNED + "\n" + hash(body);
        byte[] key = ("AWS4" + LocalAwsProcess.SECRET_ACCESS_KEY).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {day, LocalAwsProcess.REGION, service, "aws4_request"}) {
            key = mac(key, part);
        }
        String signature = HexFormat.of()
                .formatHex(mac(key, "AWS4-HMAC-SHA256\n" + stamp + "\n" + scope + "\n" + hash(canonical)));
        return "AWS4-HMAC-SHA256 Credential=" + LocalAwsProcess.ACCESS_KEY_ID + "/" + scope + ", SignedHeaders="
                + SIGNED + ", Signature=" + signature;
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
