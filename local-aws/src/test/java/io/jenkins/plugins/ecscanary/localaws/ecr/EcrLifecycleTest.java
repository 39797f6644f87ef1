package io.jenkins.plugins.ecscanary.localaws.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that expire by rules. */
class EcrLifecycleTest {

    @TempDir
    Path directory;

    private EcrFixture aws;

    @BeforeEach
    void open() {
        aws = new EcrFixture(directory);
        aws.calls.call("CreateRepository", "{'repositoryName': 'web'}");
    }

    @Test
    void theLastTwoStayAndDeployedOnesForLonger() {
        policy(
                """
                {'rulePriority': 1, 'selection': {'tagStatus': 'tagged', 'tagPrefixList': ['deployed-'],
                  'countType': 'imageCountMoreThan', 'countNumber': 2}, 'action': {'type': 'expire'}},
                {'rulePriority': 2, 'description': 'rest', 'selection': {'tagStatus': 'any',
                  'countType': 'imageCountMoreThan', 'countNumber': 2}, 'action': {'type': 'expire'}}""");
        push("one", "1", "deployed-1");
        push("two", "2");
        push("three", "3", "deployed-3");
        push("four", "4");
        aws.time.advance(Duration.ofMinutes(10));
        // The third and fourth are the newest two; the first is the first rule's business, which keeps it.
        assertThat(aws.tags("web")).containsExactly("1", "3", "4", "deployed-1", "deployed-3");

        push("five", "5", "deployed-5");
        aws.time.advance(Duration.ofMinutes(10));
        assertThat(aws.tags("web")).containsExactly("3", "4", "5", "deployed-3", "deployed-5");
    }

    @Test
    void anImageOfARuleIsOutOfReachForTheRulesAfterIt() {
        push("a", "beta-1", "prod-1");
        push("b", "beta-2", "prod-2");
        push("c", "beta-3");
        policy(tagged(1, "prod", 1) + "," + tagged(2, "beta", 1));
        aws.time.advance(Duration.ofMinutes(10));
        // By the second rule alone the second image would go as well.
        assertThat(aws.tags("web")).containsExactly("beta-2", "beta-3", "prod-2");
        policy(tagged(2, "prod", 1) + "," + tagged(1, "beta", 1));
        aws.time.advance(Duration.ofMinutes(10));
        assertThat(aws.tags("web")).as("the other way round").containsExactly("beta-3");
    }

    private static String tagged(int priority, String prefix, int count) {
        return """
                {'rulePriority': %d, 'selection': {'tagStatus': 'tagged', 'tagPrefixList': ['%s'],
                  'countType': 'imageCountMoreThan', 'countNumber': %d}, 'action': {'type': 'expire'}}"""
                .formatted(priority, prefix, count);
    }

    @Test
    void untaggedOnesGoByAge() {
        policy(
                """
                {'rulePriority': 5, 'selection': {'tagStatus': 'untagged', 'countType': 'sinceImagePushed',
                  'countUnit': 'days', 'countNumber': 3}, 'action': {'type': 'expire'}}""");
        push("one", "latest");
        push("two", "latest");
        assertThat(aws.tags("web")).containsExactly("latest", "untagged one");
        aws.time.advance(Duration.ofHours(72));
        assertThat(aws.tags("web")).containsExactly("latest", "untagged one");
        aws.time.advance(Duration.ofHours(2));
        assertThat(aws.tags("web")).containsExactly("latest");
        assertThat(aws.calls
                        .call("GetLifecyclePolicy", "{'repositoryName': 'web'}")
                        .get("lastEvaluatedAt")
                        .asDouble())
                .isPositive();
    }

    @Test
    void severalPatternsMustAllBeMet() {
        push("one", "web-1-old", "x");
        push("two", "web-2", "x-old");
        push("three", "api-3-old");
        policy(
                """
                {'rulePriority': 1, 'selection': {'tagStatus': 'tagged', 'tagPatternList': ['web-*', '*-old'],
                  'countType': 'sinceImagePushed', 'countUnit': 'days', 'countNumber': 1},
                  'action': {'type': 'expire'}}""");
        aws.time.advance(Duration.ofHours(26));
        assertThat(aws.tags("web")).containsExactly("api-3-old");
    }

    @Test
    void withoutItsPolicyNothingExpires() {
        String text = policy(tagged(1, "v", 1));
        push("one", "v1");
        push("two", "v2");
        assertThat(aws.calls
                        .call("GetLifecyclePolicy", "{'repositoryName': 'web'}")
                        .get("lifecyclePolicyText")
                        .asText())
                .isEqualTo(text);
        aws.calls.call("DeleteLifecyclePolicy", "{'repositoryName': 'web'}");
        aws.time.advance(Duration.ofDays(2));
        assertThat(aws.tags("web")).containsExactly("v1", "v2");
        for (String operation : new String[] {"GetLifecyclePolicy", "DeleteLifecyclePolicy"}) {
            aws.calls.refused(
                    "LifecyclePolicyNotFoundException",
                    "Lifecycle policy does not exist",
                    operation,
                    "{'repositoryName': 'web'}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'rulePriority': 1 | 'rulePriority': 0 | InvalidParameterException",
                "'expire' | 'transition' | NotImplementedByLocalAws",
                "imageCountMoreThan | sinceImagePulled | NotImplementedByLocalAws",
                "imageCountMoreThan | sinceImagePushed | InvalidParameterException",
                "'countNumber': 1 | 'countNumber': 0 | InvalidParameterException",
                "'countNumber': 1 | 'countNumber': 1, 'countUnit': 'days' | InvalidParameterException",
                "'tagged' | 'untagged' | InvalidParameterException",
                "'tagged' | 'sometimes' | InvalidParameterException",
                "'tagPrefixList': ['v'] | 'tagPatternList': ['*****'] | InvalidParameterException",
                "'tagPrefixList': ['v'], | '' | InvalidParameterException",
                "'rulePriority': 1 | 'rulePriority': 1, 'owner': 'me' | NotImplementedByLocalAws",
                "{'rules' | {'rule' | NotImplementedByLocalAws",
                "}]} | }] | InvalidParameterException",
            })
    void policiesThatAreNone(String part, String instead, String code) {
        String good = text(tagged(1, "v", 1));
        String bad = good.replace(part.replace('\'', '"'), instead.replace('\'', '"'));
        assertThat(bad).isNotEqualTo(good);
        aws.calls.refused(code, "", "PutLifecyclePolicy", put(bad));
    }

    @Test
    void rulesThatDoNotGoTogether() {
        String any =
                """
                {'rulePriority': 1, 'selection': {'tagStatus': 'any', 'countType': 'imageCountMoreThan',
                  'countNumber': 1}, 'action': {'type': 'expire'}}""";
        refused("there twice", tagged(1, "a", 1) + "," + tagged(1, "b", 1));
        refused("highest rulePriority", any + "," + tagged(2, "b", 1));
        String untagged = any.replace("'any'", "'untagged'");
        refused("only one rule", untagged + "," + untagged.replace("'rulePriority': 1", "'rulePriority': 2"));
        aws.calls.refused("InvalidParameterException", "100 to 30720 characters", "PutLifecyclePolicy", put("{}"));
        aws.calls.refused("RepositoryNotFoundException", "'none'", "GetLifecyclePolicy", "{'repositoryName': 'none'}");
    }

    private void refused(String why, String rules) {
        aws.calls.refused("InvalidParameterException", why, "PutLifecyclePolicy", put(text(rules)));
    }

    private void push(String content, String... tags) {
        aws.push("web", content, tags);
        aws.time.advance(Duration.ofSeconds(30));
    }

    private String policy(String rules) {
        aws.calls.call("PutLifecyclePolicy", put(text(rules)));
        return text(rules);
    }

    private static String text(String rules) {
        return ("{'rules': [" + rules + "]}").replace('\'', '"');
    }

    private static String put(String text) {
        return "{'repositoryName': 'web', 'lifecyclePolicyText': " + TextNode.valueOf(text) + "}";
    }
}
