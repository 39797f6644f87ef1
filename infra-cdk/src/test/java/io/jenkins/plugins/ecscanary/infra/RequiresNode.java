package io.jenkins.plugins.ecscanary.infra;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For tests that synthesize: the CDK runs in Node.js. Without it they are skipped, and bin/test says so. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresNode.OnThePath.class)
@interface RequiresNode {

    final class OnThePath implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String path = System.getenv().getOrDefault("PATH", "");
            boolean there = Arrays.stream(path.split(File.pathSeparator))
                    .anyMatch(directory ->
                            new File(directory, "node").canExecute() || new File(directory, "node.exe").canExecute());
            return there
                    ? ConditionEvaluationResult.enabled("node is on the PATH")
                    : ConditionEvaluationResult.disabled("node is not on the PATH: the CDK can't synthesize");
        }
    }
}
