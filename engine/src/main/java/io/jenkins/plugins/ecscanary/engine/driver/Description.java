package io.jenkins.plugins.ecscanary.engine.driver;

/** The text by which a deployment in AWS is known to be ours: {@code ecs-canary <token> by <who>}. */
public final class Description {

    private static final String PREFIX = "ecs-canary ";

    private Description() {}

    /** @param limit characters AWS allows */
    static String of(String token, String who, int limit) {
        String text =
                PREFIX + token + " by " + who.replaceAll("[\\p{Cntrl}]", " ").strip();
        return text.length() <= limit ? text : text.substring(0, limit);
    }

    static boolean carries(String description, String token) {
        return description != null && (description + " ").startsWith(PREFIX + token + " ");
    }

    /** Who started a deployment, as far as its description tells; else null. */
    public static String who(String description) {
        int by = description == null ? -1 : description.indexOf(" by ");
        return by < 0 || !description.startsWith(PREFIX) ? null : description.substring(by + 4);
    }
}
