package io.jenkins.plugins.ecscanary.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** What sample-app is compared with: the least that Jetty can do, with as many threads and as long an answer. */
final class BareJetty {

    private BareJetty() {}

    /** @param args most threads, length of the body; prints {@code port N} */
    public static void main(String[] args) throws Exception {
        Server server = new Server(new QueuedThreadPool(Integer.parseInt(args[0]), 4));
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory());
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        byte[] body = " ".repeat(Integer.parseInt(args[1])).getBytes(StandardCharsets.US_ASCII);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html");
                response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
                response.write(true, ByteBuffer.wrap(body), callback);
                return true;
            }
        });
        server.start();
        System.out.println("port " + connector.getLocalPort());
        server.join();
    }
}
