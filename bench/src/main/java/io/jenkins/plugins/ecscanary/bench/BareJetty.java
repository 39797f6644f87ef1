package io.jenkins.plugins.ecscanary.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * What sample-app is compared with: the least that Jetty can do, with as many threads and as long an answer. The length of sample-app's
 * security headers comes as one header, encoded before: sending those bytes is Jetty's work, putting the headers together is not.
 */
final class BareJetty {

    private static final String PADDING = "X";

    /** A header's line has that beside its name and its value. */
    private static final int PUNCTUATION = ": \r\n".length();

    private BareJetty() {}

    /** @param args most threads, length of the body, its type, bytes of further header lines; prints {@code port N} */
    public static void main(String[] args) throws Exception {
        Server server = new Server(new QueuedThreadPool(Integer.parseInt(args[0]), 4));
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        byte[] body = " ".repeat(Integer.parseInt(args[1])).getBytes(StandardCharsets.US_ASCII);
        HttpField type = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, args[2]);
        int value = Integer.parseInt(args[3]) - PADDING.length() - PUNCTUATION;
        HttpField padding = new PreEncodedHttpField(PADDING, "x".repeat(value));
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.getHeaders().put(type);
                response.getHeaders().add(padding);
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
