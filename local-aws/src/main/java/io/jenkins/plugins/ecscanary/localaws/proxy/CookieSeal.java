package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Values of the load balancer's own cookies: encrypted and authenticated, so that they tell a client nothing and can't be
 * made up by one. The key lives as long as the data plane; a cookie from before is as good as none.
 */
final class CookieSeal {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final InstantSource clock;

    CookieSeal(InstantSource clock) {
        this.clock = clock;
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, "AES");
    }

    Instant now() {
        return clock.instant();
    }

    /** @param purpose the cookie's name: under another one the value is not valid */
    String seal(String purpose, String content, Duration validity) {
        byte[] text = content.getBytes(StandardCharsets.UTF_8);
        ByteBuffer plain = ByteBuffer.allocate(Long.BYTES + text.length);
        plain.putLong(now().plus(validity).toEpochMilli()).put(text);
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, purpose, nonce).doFinal(plain.array());
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing a cookie", e);
        }
    }

    /** The content; empty if it is not ours, was meant for another cookie or is no longer valid. */
    Optional<String> open(String purpose, String value) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(value);
            if (bytes.length <= NONCE_BYTES) {
                return Optional.empty();
            }
            byte[] nonce = java.util.Arrays.copyOf(bytes, NONCE_BYTES);
            ByteBuffer plain = ByteBuffer.wrap(cipher(Cipher.DECRYPT_MODE, purpose, nonce)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES));
            if (plain.remaining() < Long.BYTES || plain.getLong() <= now().toEpochMilli()) {
                return Optional.empty();
            }
            return Optional.of(StandardCharsets.UTF_8.decode(plain).toString());
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty(); // any client can send anything under this name
        }
    }

    private Cipher cipher(int mode, String purpose, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
