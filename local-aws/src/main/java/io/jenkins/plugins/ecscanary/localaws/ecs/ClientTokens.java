package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecs.RunTaskOperations.RunTaskRequest;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What RunTask's client tokens stand for, so that a repeated request starts nothing twice. A token is remembered for 24
 * hours, as the developer guide ("Ensuring idempotency") has it. Guarded by the world's lock.
 */
final class ClientTokens {

    private static final Duration REMEMBERED = Duration.ofHours(24);
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,64}");

    private final World world;
    private final Map<String, Remembered> tokens = new HashMap<>();

    ClientTokens(World world) {
        this.world = world;
    }

    /**
     * The tasks that an equal request started, or null if the token is none or new.
     *
     * @throws AwsError ConflictException if another request came with it
     */
    List<Task> former(String token, RunTaskRequest request) {
        Members.matches("clientToken", token, TOKEN, "printable ASCII without spaces, at most 64 characters");
        Remembered former = token == null ? null : tokens.get(token);
        if (former == null) {
            return null;
        }
        if (!former.request.equals(request)) {
            throw new AwsError(
                    "ConflictException",
                    "The RunTask request could not be processed due to conflicts. The provided clientToken is already"
                            + " in use with a different RunTask request.");
        }
        return former.tasks;
    }

    void remember(String token, RunTaskRequest request, List<Task> tasks) {
        if (token != null) {
            tokens.put(token, new Remembered(request, tasks));
            world.after(REMEMBERED, () -> tokens.remove(token));
        }
    }

    private record Remembered(RunTaskRequest request, List<Task> tasks) {
        Remembered {
            tasks = List.copyOf(tasks);
        }
    }
}
