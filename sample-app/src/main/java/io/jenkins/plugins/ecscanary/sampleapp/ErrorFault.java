package io.jenkins.plugins.ecscanary.sampleapp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fails an exact share of requests by counting them, evenly spread: at 0.05, the 20th, the 40th and so on. Of any n requests in a row from
 * the first on, ⌊n × rate⌋ have failed, however many threads there are.
 */
final class ErrorFault extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final int MILLION = 1_000_000;

    private final int errorsPerMillion;
    private final AtomicLong requests = new AtomicLong();

    ErrorFault(int errorsPerMillion) {
        this.errorsPerMillion = errorsPerMillion;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (next()) {
            response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean next() {
        // The remainder repeats after a million requests, so the count never overflows.
        long n = requests.getAndUpdate(count -> (count + 1) % MILLION);
        return (n + 1) * errorsPerMillion / MILLION > n * errorsPerMillion / MILLION;
    }
}
