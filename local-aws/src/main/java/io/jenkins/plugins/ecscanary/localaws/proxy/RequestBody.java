package io.jenkins.plugins.ecscanary.localaws.proxy;

import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;

/** A client's request body on its way to a target: passed on as it arrives, never kept, so never sent twice. */
final class RequestBody implements Request.Content {

    private final org.eclipse.jetty.server.Request client;
    private volatile Throwable clientFailure;

    RequestBody(org.eclipse.jetty.server.Request client) {
        this.client = client;
    }

    static boolean announcedBy(HttpFields headers) {
        return headers.contains(HttpHeader.TRANSFER_ENCODING) || headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0;
    }

    /** Why the client's body ended early; null if it did not. */
    Throwable clientFailure() {
        return clientFailure;
    }

    @Override
    public String getContentType() {
        return null; // the header is copied with the others
    }

    @Override
    public long getLength() {
        return client.getLength();
    }

    @Override
    public Content.Chunk read() {
        Content.Chunk chunk = client.read();
        if (Content.Chunk.isFailure(chunk, true)) {
            clientFailure = chunk.getFailure();
        }
        return chunk;
    }

    @Override
    public void demand(Runnable demandCallback) {
        client.demand(demandCallback);
    }

    @Override
    public void fail(Throwable failure) {
        // The target's failure is not the client's: it still gets an answer. The server drains or closes what is left.
    }

    @Override
    public boolean rewind() {
        return false;
    }
}
