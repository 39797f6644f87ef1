package io.jenkins.plugins.ecscanary.cli.scan;

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

/** An image of one layer in a file, as {@code docker save} writes it. */
final class ImageArchive {

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    ImageArchive with(String path, String content) {
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** @return the image's id: the digest of its configuration */
    String write(Path archive) throws IOException {
        byte[] layer = tar(files);
        byte[] config =
                """
                {"architecture":"amd64","os":"linux","created":"2026-11-20T10:00:00Z",\
                "config":{"Entrypoint":["/bin/app"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}"""
                        .formatted(sha256(layer))
                        .getBytes(StandardCharsets.UTF_8);
        String id = sha256(config);
        Map<String, byte[]> image = new LinkedHashMap<>();
        image.put(id + ".json", config);
        image.put("layer.tar", layer);
        image.put(
                "manifest.json",
                ("[{\"Config\":\"" + id + ".json\",\"RepoTags\":[\"shop/web:1\"],\"Layers\":[\"layer.tar\"]}]")
                        .getBytes(StandardCharsets.UTF_8));
        Files.write(archive, tar(image));
        return "sha256:" + id;
    }

    /** The ustar format: a header of 512 bytes, the file, filled up with zeros to the next 512; two empty blocks at the end. */
    private static byte[] tar(Map<String, byte[]> files) {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        files.forEach((path, content) -> {
            byte[] header = new byte[512];
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
            tar.writeBytes(new byte[(512 - content.length % 512) % 512]);
        });
        tar.writeBytes(new byte[1024]);
        return tar.toByteArray();
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
