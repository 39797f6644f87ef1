package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.List;

/** Gives stacks and resources their statuses and writes it down: in the stack's events and in the log. */
final class Journal {

    /** A stack's events beyond this are forgotten, the oldest first. */
    private static final int MOST_EVENTS = 2_000;

    private final World world;
    private final List<Runnable> listeners = new ArrayList<>();

    Journal(World world) {
        this.world = world;
    }

    /** Called under the lock whenever a stack or a resource comes to another status. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    void stack(Stack stack, Status status, String reason) {
        stack.status = status;
        stack.reason = reason;
        write(
                stack,
                new StackEvent(
                        stack.id,
                        world.ids().uuid(),
                        stack.name,
                        stack.name,
                        stack.id,
                        Stack.TYPE,
                        world.now(),
                        status.name(),
                        reason,
                        null,
                        stack.clientRequestToken));
        world.log("cloudformation %s: %s%s", stack.name, status, reason == null ? "" : ": " + reason);
    }

    /** Of a resource as it is now. */
    void resource(Stack stack, StackResource resource) {
        write(
                stack,
                new StackEvent(
                        stack.id,
                        resource.logicalId() + "-" + resource.status() + "-"
                                + world.ids().uuid(),
                        stack.name,
                        resource.logicalId(),
                        resource.physicalId() == null ? "" : resource.physicalId(),
                        resource.type(),
                        world.now(),
                        resource.status().name(),
                        resource.reason(),
                        resource.properties().toString(),
                        stack.clientRequestToken));
        if (!resource.status().isUnderWay()) {
            world.log(
                    "cloudformation %s/%s: %s%s",
                    stack.name,
                    resource.logicalId(),
                    resource.status(),
                    resource.reason() == null ? "" : ": " + resource.reason());
        }
    }

    private void write(Stack stack, StackEvent event) {
        stack.events.add(event);
        if (stack.events.size() > MOST_EVENTS) {
            stack.events.remove(0);
        }
        List.copyOf(listeners).forEach(Runnable::run);
    }

    /**
     * Why a resource's operation failed, as CloudFormation tells what a service refused.
     *
     * @param service its name there, such as {@code AmazonECS}
     */
    String told(AwsError error, String service) {
        String handlerCode =
                switch (error.code()) {
                    case "AlreadyExists", "ResourceAlreadyExistsException", "RepositoryAlreadyExistsException" ->
                        "AlreadyExists";
                    case "ResourceInUse" -> "ResourceConflict";
                    default ->
                        error.status() >= 500 && error.status() != 501 ? "ServiceInternalError" : "InvalidRequest";
                };
        String sentence = error.getMessage();
        return "Resource handler returned message: \"" + sentence + " (Service: " + service + "; Status Code: "
                + error.status() + "; Error Code: " + error.code() + "; Request ID: "
                + world.ids().uuid()
                + "; Proxy: null)\" (RequestToken: " + world.ids().uuid() + ", HandlerErrorCode: " + handlerCode + ")";
    }
}
