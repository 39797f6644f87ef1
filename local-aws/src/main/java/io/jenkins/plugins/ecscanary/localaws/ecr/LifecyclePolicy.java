package io.jenkins.plugins.ecscanary.localaws.ecr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.ecscanary.localaws.ecr.Repository.Pushed;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A lifecycle policy: rules in the order of their priority, the lowest number first.
 *
 * @param text as it was put
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html">Lifecycle policy
 *     properties</a>
 */
record LifecyclePolicy(String text, List<LifecycleRule> rules) {

    private static final int SHORTEST = 100;
    private static final int LONGEST = 30_720;
    private static final int MOST_RULES = 50;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    LifecyclePolicy {
        rules = rules.stream()
                .sorted(Comparator.comparingInt(LifecycleRule::rulePriority))
                .toList();
    }

    /** @throws AwsError InvalidParameterException, or what local-aws does not support, by name */
    static LifecyclePolicy parse(String text) {
        if (text == null || text.length() < SHORTEST || text.length() > LONGEST) {
            throw invalid(
                    "it has " + SHORTEST + " to " + LONGEST + " characters, not " + (text == null ? 0 : text.length()));
        }
        try {
            Document document = JSON.readValue(text, Document.class);
            List<LifecycleRule> rules = document == null ? null : document.rules;
            if (rules == null || rules.isEmpty() || rules.size() > MOST_RULES || rules.contains(null)) {
                throw invalid("it has 1 to " + MOST_RULES + " rules");
            }
            checkTogether(rules);
            return new LifecyclePolicy(text, rules);
        } catch (UnrecognizedPropertyException e) {
            throw AwsError.unsupported("the property " + e.getPropertyName() + " of a lifecycle policy");
        } catch (JsonMappingException e) {
            throw e.getCause() instanceof AwsError refused ? refused : invalid(e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw invalid("it is not JSON: " + e.getOriginalMessage());
        }
    }

    private static void checkTogether(List<LifecycleRule> rules) {
        Set<Integer> priorities = new HashSet<>();
        for (LifecycleRule rule : rules) {
            if (!priorities.add(rule.rulePriority())) {
                throw invalid("the rulePriority " + rule.rulePriority() + " is there twice");
            }
        }
        int last = rules.stream().mapToInt(LifecycleRule::rulePriority).max().orElseThrow();
        if (rules.stream().anyMatch(rule -> rule.is("any") && rule.rulePriority() != last)) {
            throw invalid("a rule with tagStatus any must have the highest rulePriority of all");
        }
        if (rules.stream().filter(rule -> rule.is("untagged")).count() > 1) {
            throw invalid("only one rule may have tagStatus untagged");
        }
    }

    static AwsError invalid(String why) {
        return Invalid.parameter("LifecyclePolicyText", why);
    }

    /**
     * The images to expire, each with the rule that says so. Every rule identifies its images as if no other had expired
     * any; yet an image that matches a rule is out of reach for all rules after it, whether that one expires it or not.
     *
     * @return in the order of rules, then oldest first
     */
    Map<Pushed, LifecycleRule> expired(Repository repository, Instant now) {
        Map<Pushed, LifecycleRule> expired = new LinkedHashMap<>();
        Set<Pushed> taken = new HashSet<>();
        for (LifecycleRule rule : rules) {
            List<Pushed> matched = new ArrayList<>(repository.images());
            matched.removeIf(image -> !rule.selects(repository.tagsOf(image)));
            matched.sort(Comparator.comparing(Pushed::pushedAt));
            rule.toExpire(matched, now).stream()
                    .filter(image -> !taken.contains(image))
                    .forEach(image -> expired.put(image, rule));
            taken.addAll(matched);
        }
        return expired;
    }

    private record Document(List<LifecycleRule> rules) {}
}
