package io.jenkins.plugins.ecscanary.localaws.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Compressed request bodies: the SDKs send large ones of some operations, such as PutMetricData, with {@code
 * Content-Encoding: gzip}. The signature is over the bytes as sent.
 */
final class ContentEncoding {

    private static final String HEADER = "content-encoding";

    private ContentEncoding() {}

    static boolean isSupported(WireRequest request) {
        List<String> encodings = request.headers().getOrDefault(HEADER, List.of());
        return encodings.isEmpty()
                || encodings.size() == 1
                        && "gzip".equalsIgnoreCase(encodings.get(0).strip());
    }

    /**
     * The request with its body as it was before it was compressed; what is not compressed stays as it is.
     *
     * @return the body may be one byte longer than {@code most}, where there is more
     * @throws IOException if the body is not what its encoding says
     */
    static WireRequest decoded(WireRequest request, int most) throws IOException {
        if (!request.headers().containsKey(HEADER)) {
            return request;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
            return new WireRequest(
                    request.method(), request.path(), request.query(), request.headers(), in.readNBytes(most + 1));
        }
    }
}
