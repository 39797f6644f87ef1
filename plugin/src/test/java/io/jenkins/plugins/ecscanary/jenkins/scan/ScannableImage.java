package io.jenkins.plugins.ecscanary.jenkins.scan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An image that a scanner can look into and that a local AWS can run. There an image's one layer is a jar, while a scanner wants a
 * tar: this layer is both, since Java looks for a jar's directory from the end of the file and does not mind what comes before.
 */
public final class ScannableImage {

    private static final int BLOCK = 512;

    /** Two blocks of zeros. */
    private static final int END = 2 * BLOCK;

    private final byte[] layer;
    private final String config;

    private ScannableImage(byte[] layer, String config) {
        this.layer = layer;
        this.config = config;
    }

    /**
     * @param jar what the image runs; comes last in the layer
     * @param version the image's only variable, APP_VERSION
     * @param files what else is in it, by path
     */
    public static ScannableImage of(Path jar, String version, Map<String, String> files) throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        files.forEach((path, text) -> all.put(path, text.getBytes(StandardCharsets.UTF_8)));
        all.put("app/app.jar", withRoomBehind(Files.readAllBytes(jar)));
        byte[] layer = tar(all);
        // As the push makes it: it is its digest by which the image is known.
        String config = """
                {"architecture":"amd64","os":"linux","config":{"Env":["APP_VERSION=%s"],\
                "Entrypoint":["java","-jar","app.jar"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}""".formatted(version, sha256(layer));
        return new ScannableImage(layer, config);
    }

    /** Says that what follows in the tar is the jar's comment, the length of which is in the last two bytes. */
    private static byte[] withRoomBehind(byte[] jar) {
        int behind = padding(jar.length) + END;
        byte[] changed = jar.clone();
        if (changed[jar.length - 2] != 0 || changed[jar.length - 1] != 0) {
            throw new IllegalArgumentException("the jar has a comment already");
        }
        changed[jar.length - 2] = (byte) behind;
        changed[jar.length - 1] = (byte) (behind >> 8);
        return changed;
    }

    /** The digest of its configuration. */
    public String id() {
        return "sha256:" + sha256(config.getBytes(StandardCharsets.UTF_8));
    }

    /** For a push. */
    public void writeLayer(Path file) throws IOException {
        Files.write(file, layer);
    }

    /** As {@code docker save} does. */
    public void save(Path archive) throws IOException {
        Map<String, byte[]> image = new LinkedHashMap<>();
        String name = id().substring("sha256:".length()) + ".json";
        image.put(name, config.getBytes(StandardCharsets.UTF_8));
        image.put("layer.tar", layer);
        String manifest =
                "[{\"Config\":\"" + name + "\",\"RepoTags\":[\"reference/web:1\"],\"Layers\":[\"layer.tar\"]}]";
        image.put("manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
        Files.write(archive, tar(image));
    }

    /** The ustar format: a header of one block, the file, filled up with zeros to the next block. */
    private static byte[] tar(Map<String, byte[]> files) {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        files.forEach((path, content) -> {
            byte[] header = new byte[BLOCK];
            put(header, 0, path);
            put(header, 100, "0000644\0" + "0000000\0" + "0000000\0");
            put(header, 124, String.format("%011o\0%011o\0", content.length, 0));
            put(header, 148, "        0");
            put(header, 257, "ustar\00000");
            int sum = 0;
            for (byte each : header) {
                sum += each & 0xff;
            }
            put(header, 148, String.format("%06o\0 ", sum));
            tar.writeBytes(header);
            tar.writeBytes(content);
            tar.writeBytes(new byte[padding(content.length)]);
        });
        tar.writeBytes(new byte[END]);
        return tar.toByteArray();
    }

    private static int padding(int length) {
        return (BLOCK - length % BLOCK) % BLOCK;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
