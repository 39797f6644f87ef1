package io.jenkins.plugins.ecscanary.localaws.proxy;

import io.jenkins.plugins.ecscanary.localaws.proxy.Head.Malformed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * One request on its way through the load balancer: to a backend that is already chosen and counted in, and back. All on
 * one loop's thread.
 *
 * <p>Nothing is kept beyond a buffer each way: a side is read only when the other one has taken what came before. A client
 * that goes away ends the request at the target. A request is sent a second time in one case only: its kept-alive
 * connection turned out to be closed before a byte of the answer came, the method is idempotent and there is no body.
 * Everything else that goes wrong is told to the client; an answer that is cut short ends in a reset.
 */
final class Exchange {

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final DataPlane plane;
    private final ClientSide client;
    private final Asked asked;
    private final Framing body;
    private final boolean bodiless;
    private final Route route;
    private final Choice choice;
    private final long idle;

    private TargetSide target;
    private boolean begun;
    private boolean responding;
    /** The target sends nothing more; what is buffered of it still counts. */
    private boolean ended;

    private long sentAt;
    private Answer answer;
    /** The answer's head waits for its body: as long as the client knows of neither, another one can take its place. */
    private boolean held;

    private boolean over;

    /** @param seconds from sending the request to the head */
    private record Answer(
            Head head, int status, double seconds, Framing body, boolean bare, boolean keep, int length) {}

    Exchange(DataPlane plane, ClientSide client, Asked asked, Framing body, Route route, Choice choice) {
        this.plane = plane;
        this.client = client;
        this.asked = asked;
        this.body = body;
        this.bodiless = body.isDone();
        this.route = route;
        this.choice = choice;
        this.idle = plane.settings().idle(route).toNanos();
    }

    void start() {
        client.expireIn(Long.MAX_VALUE); // connecting has a time-out of its own
        attempt(false);
    }

    private void attempt(boolean fresh) {
        begun = false;
        ended = false;
        try {
            target = client.loop().targets().take(choice.backend(), fresh);
            target.serve(this);
            update();
        } catch (IOException e) {
            targetFailed(false);
        }
    }

    /** The target can be sent the request. */
    void connected() {
        begun = true;
        sentAt = System.nanoTime();
        StringBuilder head = new StringBuilder(512);
        ForwardedHeaders.request(head, asked, client.endpoint().listenerPort(), route.options(), body.isChunked());
        target.put(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        boolean expects = !bodiless
                && asked.isHttp11()
                && asked.head().lists("Expect", "100-continue")
                && !client.in().hasRemaining();
        if (expects) {
            client.put(CONTINUE);
            flushClient();
        }
        passRequest();
        update();
    }

    /** The client has sent something, or can take something, or has left. */
    void clientReady() {
        flushUnlessHeld();
        boolean open;
        try {
            open = over || client.fill();
        } catch (IOException e) {
            open = false;
        }
        if (!over && begun) {
            passRequest();
        }
        if (!over && !open) {
            clientLeft();
        }
        if (!over && answer != null) {
            passAnswer();
        }
        update();
    }

    /** The target has sent something, or can take something, or has ended the connection. */
    void targetReady() throws IOException {
        passRequest();
        ended |= !over && !target.fill();
        responding |= !over && target.in().hasRemaining();
        if (!over && answer == null) {
            readAnswer();
        }
        if (!over && answer != null) {
            passAnswer();
        }
        if (!over && answer == null && ended) {
            targetFailed(false);
        }
        update();
    }

    private void passRequest() {
        if (over || body.isDone() && target.out().position() == 0) {
            return;
        }
        try {
            boolean flushed;
            do {
                body.pass(client.in(), target.out(), false);
                flushed = target.flush();
            } while (flushed && !body.isDone() && client.in().hasRemaining());
        } catch (Malformed e) {
            fail(GeneratedResponse.BAD_REQUEST);
        } catch (IOException e) {
            targetFailed(false);
        }
    }

    private void readAnswer() {
        try {
            while (answer == null) {
                Head head = Head.read(target.in());
                if (head == null) {
                    if (target.in().remaining() == target.in().capacity()) {
                        target.grow(Head.LONGEST + Peer.BUFFER);
                    }
                    return;
                }
                int status = status(head);
                if (status >= 200) {
                    begin(head, status);
                } else if (status == 101) {
                    throw new Malformed(502, "another protocol, which nobody has asked for");
                }
            }
        } catch (Malformed e) {
            targetFailed(false);
        }
    }

    private static int status(Head head) throws Malformed {
        String line = head.line();
        boolean good = (line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 "))
                && line.length() >= 12
                && line.substring(9, 12).chars().allMatch(c -> c >= '0' && c <= '9')
                && (line.length() == 12 || line.charAt(12) == ' ')
                && line.charAt(9) >= '1'
                && line.charAt(9) <= '5';
        if (!good) {
            throw new Malformed(502, "not a status line");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private void begin(Head head, int status) throws Malformed {
        double seconds = (System.nanoTime() - sentAt) / 1e9;
        boolean without = asked.method().equals("HEAD") || status == 204 || status == 304;
        Framing framing = Framing.ofAnswer(head, without);
        boolean bare = framing.isChunked() && !asked.isHttp11();
        boolean keep = asked.keepsAlive() && body.isDone() && !framing.isUntilClose() && !bare;
        StringBuilder to = new StringBuilder(512);
        to.append("HTTP/1.1").append(head.line(), 8, head.line().length()).append("\r\n");
        ForwardedHeaders.answer(to, head);
        choice.keep(to, head, plane.seal());
        if (framing.isChunked() && !bare) {
            ForwardedHeaders.header(to, "Transfer-Encoding", "chunked");
        }
        if (!keep) {
            ForwardedHeaders.header(to, "Connection", "close");
        } else if (!asked.isHttp11()) {
            ForwardedHeaders.header(to, "Connection", "keep-alive");
        }
        byte[] bytes = to.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        client.put(bytes);
        answer = new Answer(
                head, status, seconds, framing, bare, keep, client.out().position());
        // An event stream's first event may be minutes away: its client gets the head at once.
        held = !framing.isDone() && !framing.isChunked() && !framing.isUntilClose();
    }

    private void passAnswer() {
        Framing framing = answer.body();
        try {
            do {
                framing.pass(target.in(), client.out(), answer.bare());
                held = held && client.out().position() == answer.length();
            } while (flushUnlessHeld() && target.in().hasRemaining() && !framing.isDone());
        } catch (Malformed e) {
            targetFailed(false);
            return;
        }
        if (!over && ended && !target.in().hasRemaining()) {
            framing.ended();
            if (!framing.isDone()) {
                targetFailed(false);
            }
        }
        if (!over && framing.isDone() && client.out().position() == 0) {
            finish();
        }
    }

    private void finish() {
        end();
        choice.pool().meter().answered(answer.status(), answer.seconds());
        boolean http11 = answer.head().line().startsWith("HTTP/1.1");
        boolean reusable = (http11
                        ? !answer.head().lists("Connection", "close")
                        : answer.head().lists("Connection", "keep-alive"))
                && !answer.body().isUntilClose()
                && body.isDone()
                && !target.in().hasRemaining()
                && target.out().position() == 0
                && !target.isClosed();
        if (reusable) {
            client.loop().targets().give(target);
        } else {
            target.close();
        }
        try {
            client.done(answer.keep());
        } catch (IOException e) {
            client.close();
        }
    }

    /**
     * The target did not answer, or not to the end.
     *
     * @param late whether it was a time-out
     */
    void targetFailed(boolean late) {
        if (over) {
            return;
        }
        if (target != null) {
            target.close();
        }
        if (answer != null && !held) {
            end();
            choice.pool().meter().answered(answer.status(), answer.seconds());
            client.reset();
        } else if (answer == null && !late && isStale()) {
            attempt(true);
        } else {
            if (!begun) {
                choice.pool().meter().connectionFailed();
            }
            fail(late ? GeneratedResponse.GATEWAY_TIMEOUT : GeneratedResponse.BAD_GATEWAY);
        }
    }

    private boolean isStale() {
        return begun
                && target.isReused()
                && !responding
                && bodiless
                && !choice.backend().isCut()
                && IDEMPOTENT.contains(asked.method());
    }

    /** Answers in the target's place; the client knows of no other answer. */
    private void fail(GeneratedResponse generated) {
        end();
        if (target != null) {
            target.close();
        }
        route.meter().generated(generated.status());
        if (held) {
            client.out().clear();
        }
        try {
            client.answer(generated.page(), asked.method().equals("HEAD"), asked.keepsAlive() && body.isDone());
        } catch (IOException e) {
            client.close();
        }
    }

    /** The client has left, or can't be written to. */
    void clientLeft() {
        if (over) {
            return;
        }
        end();
        if (target != null) {
            target.close();
        }
        if (answer == null || held) {
            route.meter().generated(GeneratedResponse.CLIENT_CLOSED.status());
        } else {
            choice.pool().meter().answered(answer.status(), answer.seconds());
        }
        client.close();
    }

    /** Nothing has moved for too long. */
    void expired() {
        boolean clients = begun && !body.isDone() && target.out().position() == 0;
        if (answer != null && !held) {
            if (client.out().position() > 0) {
                clientLeft();
            } else {
                targetFailed(true);
            }
        } else if (clients) {
            fail(GeneratedResponse.REQUEST_TIMEOUT);
        } else {
            targetFailed(true);
        }
    }

    private void end() {
        over = true;
        choice.backend().leave();
    }

    private boolean flushUnlessHeld() {
        return !held && !over && flushClient();
    }

    private boolean flushClient() {
        try {
            return client.flush();
        } catch (IOException e) {
            clientLeft();
            return false;
        }
    }

    /** Sets what both sides wait for now. */
    private void update() {
        if (over || !begun) {
            if (!over) {
                client.await(false, false);
            }
            return;
        }
        boolean room = client.in().remaining() < client.in().capacity();
        boolean taken = target.out().position() == 0;
        client.await(room && (body.isDone() || taken), client.out().position() > 0 && !held);
        boolean space = answer == null || held || client.out().position() == 0;
        target.await(space && !target.isClosed(), !taken);
        client.expireIn(idle);
    }
}
