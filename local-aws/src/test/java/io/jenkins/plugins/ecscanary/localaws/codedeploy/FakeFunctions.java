package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.function.FunctionOutcome;
import io.jenkins.plugins.ecscanary.localaws.function.Functions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Functions that end when and as the test says. */
final class FakeFunctions implements Functions {

    final Set<String> mapped = new HashSet<>();
    final List<Invocation> invocations = new ArrayList<>();

    @Override
    public Optional<CompletableFuture<FunctionOutcome>> invoke(String nameOrArn, String payload) {
        if (!mapped.contains(nameOrArn)) {
            return Optional.empty();
        }
        Invocation invocation = new Invocation(nameOrArn, payload, new CompletableFuture<>());
        invocations.add(invocation);
        return Optional.of(invocation.outcome);
    }

    Invocation last() {
        return invocations.get(invocations.size() - 1);
    }

    record Invocation(String function, String payload, CompletableFuture<FunctionOutcome> outcome) {

        /** What the function gives back to PutLifecycleEventHookExecutionStatus. */
        String hookExecutionId() {
            return payload.replaceAll(".*\"LifecycleEventHookExecutionId\":\"([^\"]+)\".*", "$1");
        }
    }
}
