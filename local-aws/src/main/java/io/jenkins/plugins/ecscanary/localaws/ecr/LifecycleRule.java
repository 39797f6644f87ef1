package io.jenkins.plugins.ecscanary.localaws.ecr;

import static io.jenkins.plugins.ecscanary.localaws.ecr.LifecyclePolicy.invalid;

import io.jenkins.plugins.ecscanary.localaws.ecr.Repository.Pushed;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** One rule of a lifecycle policy: which images, how many or how old, and what becomes of them. */
record LifecycleRule(Integer rulePriority, String description, Selection selection, Action action) {

    private static final String BY_COUNT = "imageCountMoreThan";
    private static final String BY_AGE = "sinceImagePushed";

    LifecycleRule {
        if (rulePriority == null || rulePriority < 1) {
            throw invalid("a rulePriority is a whole number from 1: " + rulePriority);
        }
        if (selection == null || action == null) {
            throw invalid("rule " + rulePriority + " needs selection and action");
        }
    }

    boolean is(String tagStatus) {
        return tagStatus.equals(selection.tagStatus);
    }

    /** Of several prefixes or patterns each must be met by one of the tags. */
    boolean selects(List<String> tags) {
        return switch (selection.tagStatus) {
            case "untagged" -> tags.isEmpty();
            case "tagged" ->
                selection.tagPrefixList.stream()
                                .allMatch(prefix -> tags.stream().anyMatch(tag -> tag.startsWith(prefix)))
                        && selection.tagPatternList.stream()
                                .allMatch(pattern -> tags.stream().anyMatch(tag -> Wildcard.matches(pattern, tag)));
            default -> true;
        };
    }

    /** @param images those it selects, oldest first */
    List<Pushed> toExpire(List<Pushed> images, Instant now) {
        if (BY_COUNT.equals(selection.countType)) {
            return images.subList(0, Math.max(0, images.size() - selection.countNumber));
        }
        Instant limit = now.minus(Duration.ofDays(selection.countNumber));
        return images.stream().filter(image -> image.pushedAt().isBefore(limit)).toList();
    }

    /**
     * @param countUnit {@code days} with {@code sinceImagePushed}, else null
     */
    record Selection(
            String tagStatus,
            List<String> tagPrefixList,
            List<String> tagPatternList,
            String countType,
            String countUnit,
            Integer countNumber) {

        Selection {
            tagPrefixList = tagPrefixList == null ? List.of() : List.copyOf(tagPrefixList);
            tagPatternList = tagPatternList == null ? List.of() : List.copyOf(tagPatternList);
            checkTags(tagStatus, tagPrefixList, tagPatternList);
            checkCount(countType, countUnit, countNumber);
        }

        private static void checkTags(String status, List<String> prefixes, List<String> patterns) {
            if (status == null || !Set.of("tagged", "untagged", "any").contains(status)) {
                throw invalid("tagStatus is tagged, untagged or any, not " + status);
            }
            boolean tagged = "tagged".equals(status);
            if (tagged && prefixes.isEmpty() == patterns.isEmpty()) {
                throw invalid("tagStatus tagged needs either tagPrefixList or tagPatternList");
            }
            if (!tagged && !(prefixes.isEmpty() && patterns.isEmpty())) {
                throw invalid("tagPrefixList and tagPatternList go with tagStatus tagged, not " + status);
            }
            if (patterns.stream()
                    .anyMatch(pattern -> pattern.chars().filter(c -> c == '*').count() > 4)) {
                throw invalid("a pattern of tagPatternList has at most four *");
            }
        }

        private static void checkCount(String type, String unit, Integer number) {
            if (type == null) {
                throw invalid("countType is missing");
            }
            if (!BY_COUNT.equals(type) && !BY_AGE.equals(type)) {
                throw AwsError.unsupported(
                        "the countType " + type + " of a lifecycle policy, only " + BY_COUNT + " and " + BY_AGE);
            }
            if (number == null || number < 1) {
                throw invalid("countNumber is a whole number from 1: " + number);
            }
            if (BY_AGE.equals(type) ? !"days".equals(unit) : unit != null) {
                throw invalid("countUnit days goes with, and only with, countType " + BY_AGE);
            }
        }
    }

    record Action(String type) {
        Action {
            if (!"expire".equals(type)) {
                throw AwsError.unsupported("the action " + type + " of a lifecycle policy, only expire");
            }
        }
    }
}
