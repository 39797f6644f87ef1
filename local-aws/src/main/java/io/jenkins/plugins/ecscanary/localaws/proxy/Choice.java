package io.jenkins.plugins.ecscanary.localaws.proxy;

import io.jenkins.plugins.ecscanary.localaws.proxy.RouteAction.Forward;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

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
    private static final String SET_COOKIE = "Set-Cookie";
    private static final DateTimeFormatter EXPIRES = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", java.util.Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Empty if the group whose turn it is has no backend. */
    static Optional<Choice> of(Forward action, Asked asked, CookieSeal seal) {
        Optional<String> kept = action.stickiness() == null ? Optional.empty() : keptGroup(action, asked, seal);
        String group = kept.or(action::next).orElse(null);
        if (group == null) {
            return Optional.empty();
        }
        BackendPool pool = action.pools().get(group);
        Optional<Backend> backend = pool.stickiness() == null
                ? Optional.empty()
                : cookie(asked, seal, pool.stickiness().cookie())
                        .filter(content -> content.startsWith(group + "\n"))
                        .flatMap(content -> pool.acquire(content.substring(group.length() + 1)));
        return backend.or(pool::acquire).map(found -> new Choice(action, group, pool, found));
    }

    /** The cookie's group, as long as the action has it and it has a healthy target. */
    private static Optional<String> keptGroup(Forward action, Asked asked, CookieSeal seal) {
        return cookie(asked, seal, GROUP_COOKIE).filter(group -> {
            BackendPool pool = action.pools().get(group);
            return pool != null && pool.healthy() && !pool.backends().isEmpty();
        });
    }

    private static Optional<String> cookie(Asked asked, CookieSeal seal, String name) {
        return asked.cookie(name).flatMap(value -> seal.open(name, value)).or(() -> asked.cookie(name + CROSS_ORIGIN)
                .flatMap(value -> seal.open(name, value)));
    }

    /**
     * @param to where the cookies' headers are added
     * @param answer the target's head
     */
    void keep(StringBuilder to, Head answer, CookieSeal seal) {
        if (action.stickiness() != null) {
            add(to, seal, GROUP_COOKIE, group, action.stickiness());
        }
        TargetStickiness stickiness = pool.stickiness();
        boolean session = stickiness != null
                && (stickiness.applicationCookie() == null || sets(answer, stickiness.applicationCookie()));
        if (session) {
            add(to, seal, stickiness.cookie(), group + "\n" + backend.id(), stickiness.duration());
        }
    }

    private static boolean sets(Head answer, String cookie) {
        return answer.all(SET_COOKIE).stream().anyMatch(value -> value.startsWith(cookie + "="));
    }

    private static void add(StringBuilder to, CookieSeal seal, String name, String content, Duration duration) {
        String attributes = "; Expires=" + EXPIRES.format(seal.now().plus(duration)) + "; Path=/";
        String value = "=" + seal.seal(name, content, duration) + attributes;
        ForwardedHeaders.header(to, SET_COOKIE, name + value);
        ForwardedHeaders.header(to, SET_COOKIE, name + CROSS_ORIGIN + value + "; SameSite=None");
    }
}
