package io.jenkins.plugins.ecscanary.localaws.proxy;

import io.jenkins.plugins.ecscanary.localaws.proxy.RouteAction.Forward;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * The backend a request goes to, counted in, and what keeps its client there: the cookie {@code AWSALBTG} for the target
 * group, {@code AWSALB} or {@code AWSALBAPP-0} for the target, each with a second one for cross-origin requests, all
 * renewed with every answer.
 *
 * @param group the pool's key in the action
 */
record Choice(Forward action, String group, BackendPool pool, Backend backend) {

    private static final String GROUP_COOKIE = "AWSALBTG";
    private static final String CROSS_ORIGIN = "CORS";
    private static final DateTimeFormatter EXPIRES = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", java.util.Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Empty if the group whose turn it is has no backend. */
    static Optional<Choice> of(Forward action, Request request, CookieSeal seal) {
        Optional<String> kept = action.stickiness() == null ? Optional.empty() : keptGroup(action, request, seal);
        String group = kept.or(action::next).orElse(null);
        if (group == null) {
            return Optional.empty();
        }
        BackendPool pool = action.pools().get(group);
        Optional<Backend> backend = pool.stickiness() == null
                ? Optional.empty()
                : cookie(request, seal, pool.stickiness().cookie())
                        .filter(content -> content.startsWith(group + "\n"))
                        .flatMap(content -> pool.acquire(content.substring(group.length() + 1)));
        return backend.or(pool::acquire).map(found -> new Choice(action, group, pool, found));
    }

    /** The cookie's group, as long as the action has it and it has a healthy target. */
    private static Optional<String> keptGroup(Forward action, Request request, CookieSeal seal) {
        return cookie(request, seal, GROUP_COOKIE).filter(group -> {
            BackendPool pool = action.pools().get(group);
            return pool != null && pool.healthy() && !pool.backends().isEmpty();
        });
    }

    private static Optional<String> cookie(Request request, CookieSeal seal, String name) {
        for (HttpCookie cookie : Request.getCookies(request)) {
            if (cookie.getName().equals(name) || cookie.getName().equals(name + CROSS_ORIGIN)) {
                Optional<String> content = seal.open(name, cookie.getValue());
                if (content.isPresent()) {
                    return content;
                }
            }
        }
        return Optional.empty();
    }

    /** @param answer the target's headers, already copied */
    void keep(HttpFields.Mutable answer, CookieSeal seal) {
        boolean session = pool.stickiness() != null
                && (pool.stickiness().applicationCookie() == null
                        || sets(answer, pool.stickiness().applicationCookie()));
        if (action.stickiness() != null) {
            add(answer, seal, GROUP_COOKIE, group, action.stickiness());
        }
        if (session) {
            TargetStickiness stickiness = pool.stickiness();
            add(answer, seal, stickiness.cookie(), group + "\n" + backend.id(), stickiness.duration());
        }
    }

    private static boolean sets(HttpFields answer, String cookie) {
        for (HttpField field : answer) {
            if (field.getHeader() == HttpHeader.SET_COOKIE
                    && field.getValue() != null
                    && field.getValue().startsWith(cookie + "=")) {
                return true;
            }
        }
        return false;
    }

    private static void add(
            HttpFields.Mutable answer, CookieSeal seal, String name, String content, Duration duration) {
        String attributes = "; Expires=" + EXPIRES.format(seal.now().plus(duration)) + "; Path=/";
        String value = "=" + seal.seal(name, content, duration) + attributes;
        answer.add(HttpHeader.SET_COOKIE, name + value);
        answer.add(HttpHeader.SET_COOKIE, name + CROSS_ORIGIN + value + "; SameSite=None");
    }
}
