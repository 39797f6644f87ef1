package io.jenkins.plugins.ecscanary.localaws.faults;

import java.nio.ByteBuffer;

/**
 * A call that was let in, before it runs.
 *
 * @param service signing name
 * @param body as sent, read-only
 */
public record Call(String service, String operation, ByteBuffer body) {

    public Call {
        body = body.asReadOnlyBuffer();
    }

    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }
}
