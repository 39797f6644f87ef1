package io.jenkins.plugins.ecscanary.jenkins.access;

import hudson.Util;
import hudson.util.FormValidation;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What can be in an administrator's lists. Checked in the form and again where it is kept, so that code is checked too. */
enum Rule {
    /** {@code http} or {@code https} with a host, and nothing that would be a secret. */
    ENDPOINT_URL(Rule::isEndpoint) {
        @Override
        String complaint(String value) {
            return Messages.Rule_BadEndpointUrl(value);
        }
    },
    /** Such as {@code eu-central-1} or {@code us-gov-west-1}. */
    REGION(Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d+").asMatchPredicate()) {
        @Override
        String complaint(String value) {
            return Messages.Rule_BadRegion(value);
        }
    },
    /** A role's ARN, or a pattern of them. */
    ROLE_ARN(
            Pattern.compile("arn:[a-z*-]+:iam::[0-9*]+:role/[\\w+=,.@/*-]+|\\*").asMatchPredicate()) {
        @Override
        String complaint(String value) {
            return Messages.Rule_BadRoleArn(value);
        }
    };

    private final Predicate<String> good;

    Rule(Predicate<String> good) {
        this.good = good;
    }

    abstract String complaint(String value);

    private static boolean isEndpoint(String value) {
        try {
            URI url = new URI(value);
            return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /**
     * Without blanks around them and blank ones between them.
     *
     * @throws IllegalArgumentException naming the first that is none
     */
    ArrayList<String> checked(List<String> given) {
        ArrayList<String> checked = new ArrayList<>();
        for (String value : given == null ? List.<String>of() : given) {
            String text = Util.fixEmptyAndTrim(value);
            if (text != null) {
                if (!good.test(text)) {
                    throw new IllegalArgumentException(complaint(text));
                }
                checked.add(text);
            }
        }
        return checked;
    }

    /** @param text one on each line */
    FormValidation check(String text) {
        try {
            checked(lines(text));
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static List<String> lines(String text) {
        return text == null ? List.of() : text.lines().toList();
    }

    static String text(List<String> values) {
        return values == null ? "" : String.join("\n", values);
    }
}
