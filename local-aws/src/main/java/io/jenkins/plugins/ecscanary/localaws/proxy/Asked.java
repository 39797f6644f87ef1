package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;

/** What a request asks for, as rules look at it. */
record Asked(Request request) {

    String method() {
        return request.getMethod();
    }

    /** Without a port. */
    String host() {
        String name = Request.getServerName(request);
        return name == null ? "" : name;
    }

    /** As it came: neither decoded nor normalized. */
    String path() {
        String path = request.getHttpURI().getPath();
        return path == null ? "" : path;
    }

    /** As it came, without the question mark; empty if there is none. */
    String query() {
        String query = request.getHttpURI().getQuery();
        return query == null ? "" : query;
    }

    List<HttpField> headers(String name) {
        return request.getHeaders().getFields(name);
    }

    /** The connection's other end; {@code X-Forwarded-For} is not looked at. */
    InetAddress clientAddress() {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress address
                ? address.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}
