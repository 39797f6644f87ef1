package io.jenkins.plugins.ecscanary.progressview;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** A file a browser loads: its name, its bytes (UTF-8 text) and the hash of them. */
public final class Asset {
    private final String fileName;
    private final String contentType;
    private final byte[] bytes;

    private Asset(String fileName, String contentType, byte[] bytes) {
        this.fileName = fileName;
        this.contentType = contentType;
        this.bytes = bytes;
    }

    /** Reads a file that lies beside this class in the jar. */
    static Asset beside(String fileName, String contentType) {
        try (InputStream in = Asset.class.getResourceAsStream(fileName)) {
            if (in == null) {
                throw new IllegalStateException(
                        fileName + " is not in the jar of " + Asset.class.getName() + ": the jar is incomplete");
            }
            return new Asset(fileName, contentType, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(fileName + " could not be read from the jar", e);
        }
    }

    /** The last part of its path, such as {@code canary-progress.js}. */
    public String fileName() {
        return fileName;
    }

    /** The value of the {@code Content-Type} header. */
    public String contentType() {
        return contentType;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The SHA-256 of the bytes, in lower-case hexadecimal. */
    public String sha256() {
        return HexFormat.of().formatHex(sha256(bytes));
    }

    /** A strong entity tag with its quotes: equal exactly where the bytes are. */
    public String etag() {
        return '"' + sha256() + '"';
    }

    /**
     * The source expression that lets a Content-Security-Policy allow this file where it is inlined:
     * {@code 'sha256-…'}, quotes included.
     *
     * @see <a href="https://www.w3.org/TR/CSP3/#grammardef-hash-source">Content Security Policy Level 3, hash-source</a>
     */
    public String cspSource() {
        return "'sha256-" + Base64.getEncoder().encodeToString(sha256(bytes)) + "'";
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
