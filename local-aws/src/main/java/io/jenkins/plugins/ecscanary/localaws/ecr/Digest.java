package io.jenkins.plugins.ecscanary.localaws.ecr;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 digests as registries write them: {@code sha256:<64 hexadecimal digits>}. */
final class Digest {

    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    private Digest() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String of(byte[] bytes) {
        return of(sha256().digest(bytes), "sha256:");
    }

    static String ofText(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static String of(MessageDigest finished) {
        return of(finished.digest(), "sha256:");
    }

    static boolean wellFormed(String digest) {
        return digest != null && FORM.matcher(digest).matches();
    }

    private static String of(byte[] hash, String prefix) {
        return prefix + HexFormat.of().formatHex(hash);
    }
}
