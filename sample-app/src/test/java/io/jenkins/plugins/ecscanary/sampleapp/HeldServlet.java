package io.jenkins.plugins.ecscanary.sampleapp;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Holds its thread until it is released. */
final class HeldServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Semaphore entered = new Semaphore(0);
    private final transient CountDownLatch released = new CountDownLatch(1);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        entered.release();
        try {
            if (!released.await(60, TimeUnit.SECONDS)) {
                response.sendError(HttpServletResponse.SC_GATEWAY_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }
    }

    boolean awaitEntered(int requests) throws InterruptedException {
        return entered.tryAcquire(requests, 30, TimeUnit.SECONDS);
    }

    void release() {
        released.countDown();
    }
}
