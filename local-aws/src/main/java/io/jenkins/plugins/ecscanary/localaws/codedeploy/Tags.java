package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tags of applications and deployment groups, by ARN. Guarded by the world's lock. */
final class Tags {

    private static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private final World world;
    private final Map<String, Map<String, String>> byArn = new TreeMap<>();

    Tags(World world) {
        this.world = world;
    }

    String applicationArn(String name) {
        return world.arn("codedeploy", "application:" + name);
    }

    String groupArn(String applicationName, String name) {
        return world.arn("codedeploy", "deploymentgroup:" + applicationName + "/" + name);
    }

    /** @throws AwsError InvalidTagsToAddException, if one of them is no tag */
    static List<Tag> checked(List<Tag> tags) {
        for (Tag tag : tags == null ? List.<Tag>of() : tags) {
            if (tag.key == null || tag.key.isEmpty() || tag.key.length() > LONGEST_KEY || tag.key.startsWith("aws:")) {
                throw invalid("a key has 1 to " + LONGEST_KEY + " characters and does not begin with aws:");
            }
            if (tag.value != null && tag.value.length() > LONGEST_VALUE) {
                throw invalid("a value has at most " + LONGEST_VALUE + " characters");
            }
        }
        return tags == null ? List.of() : List.copyOf(tags);
    }

    private static AwsError invalid(String why) {
        return new AwsError("InvalidTagsToAddException", "The specified tags are not valid: " + why);
    }

    /** @throws AwsError TagLimitExceededException; then none is put */
    void put(String arn, List<Tag> tags) {
        Map<String, String> all = new LinkedHashMap<>(byArn.getOrDefault(arn, Map.of()));
        tags.forEach(tag -> all.put(tag.key, tag.value == null ? "" : tag.value));
        if (all.size() > MOST) {
            throw new AwsError("TagLimitExceededException", "The maximum number of tags (" + MOST + ") was exceeded");
        }
        if (!all.isEmpty()) {
            byArn.put(arn, all);
        }
    }

    void remove(String arn, List<String> keys) {
        byArn.getOrDefault(arn, Map.of()).keySet().removeAll(keys);
    }

    List<Tag> of(String arn) {
        return byArn.getOrDefault(arn, Map.of()).entrySet().stream()
                .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                .toList();
    }

    Map<String, Map<String, String>> all() {
        Map<String, Map<String, String>> all = new TreeMap<>();
        byArn.forEach((arn, tags) -> all.put(arn, Map.copyOf(tags)));
        return all;
    }

    void restore(String arn, Map<String, String> tags) {
        byArn.put(arn, new LinkedHashMap<>(tags));
    }

    void forgetApplication(String name) {
        byArn.keySet().removeIf(arn -> arn.equals(applicationArn(name)) || arn.startsWith(groupArn(name, "")));
    }

    void forgetGroup(String applicationName, String name) {
        byArn.remove(groupArn(applicationName, name));
    }

    void moveApplication(String from, String to) {
        Map<String, Map<String, String>> moved = new TreeMap<>();
        byArn.forEach((arn, tags) -> {
            if (arn.equals(applicationArn(from))) {
                moved.put(applicationArn(to), tags);
            } else if (arn.startsWith(groupArn(from, ""))) {
                moved.put(groupArn(to, arn.substring(groupArn(from, "").length())), tags);
            }
        });
        forgetApplication(from);
        byArn.putAll(moved);
    }

    void moveGroup(String applicationName, String from, String to) {
        Map<String, String> tags = byArn.remove(groupArn(applicationName, from));
        if (tags != null) {
            byArn.put(groupArn(applicationName, to), tags);
        }
    }

    /** CodeDeploy's tags have capitals. */
    record Tag(@JsonProperty("Key") String key, @JsonProperty("Value") String value) {}
}
