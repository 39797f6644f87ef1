package io.jenkins.plugins.ecscanary.engine.taskdef;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Hides what may be a secret in a task definition. Names are shown always, values are hidden
 *
 * <ul>
 *   <li>of {@code secrets} and {@code secretOptions}, all of them: they say where a secret is;
 *   <li>of whatever has a name with a word in it that stands for secrets, such as {@code DB_PASSWORD}, {@code apiKey} or
 *       {@code splunk-token}: environment variables, log options, labels, and {@code --password=…} in a command;
 *   <li>that look like one whatever their name: a user and password in a URL, AWS access keys, JSON web tokens, PEM blocks,
 *       tokens of GitHub, GitLab and Slack.
 * </ul>
 *
 * Harmless values with such a name are hidden too. That a hidden value has changed is said, what it was is not, nor a hash
 * of it, which would give a short one away.
 */
final class SecretMask {

    static final String HIDDEN = "(hidden)";
    static final String CHANGED = " (another value)";

    private static final Set<String> SECRETS = Set.of("secrets", "secretOptions");

    private static final Set<String> WORDS = Set.of(
            "pass",
            "pwd",
            "auth",
            "key",
            "keys",
            "salt",
            "dsn",
            "cred",
            "creds",
            "jwt",
            "pat",
            "pin",
            "cookie",
            "bearer",
            "private",
            "signature",
            "session");

    private static final Pattern IN_A_WORD = Pattern.compile(
            "passw|passphrase|secret|token|credential|apikey|accesskey|" + "privatekey|authorization|connectionstring");

    private static final Pattern WHOLLY = Pattern.compile("-----BEGIN |\\b(AKIA|ASIA)[0-9A-Z]{16}\\b"
            + "|\\beyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]+\\.|\\bgh[pousr]_[A-Za-z0-9]{20,}|\\bglpat-[A-Za-z0-9_-]{16,}"
            + "|\\bxox[abprs]-[A-Za-z0-9-]{10,}");

    private static final Pattern USER_INFO = Pattern.compile("(://)[^/\\s@]*(@)");

    /** A name and, after {@code =} or {@code :}, its value, within a longer text. */
    private static final Pattern ASSIGNED =
            Pattern.compile("([A-Za-z][A-Za-z0-9_.-]*)(\\s*[=:]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s,;&\"']+)");

    private static final Pattern BORDERS = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SecretMask() {}

    /**
     * @param member what the node is the value of
     * @param before its counterpart in the other task definition, whose hidden parts are compared; missing where there is
     *     none to compare with
     */
    static JsonNode masked(String member, JsonNode node, JsonNode before) {
        return masked(member, node, before, false);
    }

    private static JsonNode masked(String member, JsonNode node, JsonNode before, boolean secret) {
        if (node instanceof ObjectNode object) {
            ObjectNode shown = JSON.objectNode();
            boolean all = secret || SECRETS.contains(member);
            object.properties()
                    .forEach(entry -> shown.set(
                            entry.getKey(),
                            masked(entry.getKey(), entry.getValue(), before.path(entry.getKey()), all)));
            return shown;
        } else if (node instanceof ArrayNode list) {
            ArrayNode shown = JSON.arrayNode();
            for (int i = 0; i < list.size(); i++) {
                // The word after --password is one.
                boolean named = i > 0
                        && list.get(i - 1).asText().startsWith("-")
                        && !list.get(i - 1).asText().contains("=")
                        && names(list.get(i - 1).asText());
                shown.add(masked(named ? "password" : "", list.get(i), before.path(i), secret));
            }
            return shown;
        }
        String shown = secret || (node.isTextual() && names(member)) ? HIDDEN : text(node.asText());
        if (shown.equals(node.asText())) {
            return node;
        }
        boolean other = before.isValueNode() && !before.asText().equals(node.asText());
        boolean looksTheSame =
                other && (secret || names(member) || text(before.asText()).equals(shown));
        return JSON.textNode(looksTheSame ? shown + CHANGED : shown);
    }

    /** Whether what has this name may be a secret. */
    static boolean names(String name) {
        String joined = name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
        if (IN_A_WORD.matcher(joined).find()) {
            return true;
        }
        for (String word : BORDERS.split(name)) {
            if (WORDS.contains(word.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    private static String text(String value) {
        if (WHOLLY.matcher(value).find()) {
            return HIDDEN;
        }
        String shown = USER_INFO.matcher(value).replaceAll("$1" + HIDDEN + "$2");
        return ASSIGNED.matcher(shown)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(
                        names(found.group(1)) ? found.group(1) + found.group(2) + HIDDEN : found.group()));
    }
}
