package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One service {@code web} in cluster {@code demo} whose new task sets are steady after 30 seconds, unless told otherwise. */
final class FakeEcs implements ServiceControl {

    static final String TASK_DEFINITION = "arn:aws:ecs:eu-central-1:123456789012:task-definition/web:";

    private final World world;
    private final Map<String, TaskSetInfo> sets = new LinkedHashMap<>();
    private final List<Runnable> listeners = new ArrayList<>();
    final Map<String, Placement> placements = new HashMap<>();
    private int revision = 1;

    boolean steady = true;
    String controller = "CODE_DEPLOY";
    String refusal;

    FakeEcs(World world, String targetGroupArn) {
        this.world = world;
        sets.put("ecs-svc/1", set("ecs-svc/1", null, "PRIMARY", TASK_DEFINITION + 1, targetGroupArn, true));
    }

    private static TaskSetInfo set(
            String id, String externalId, String status, String taskDefinition, String group, boolean steady) {
        int draining = "DRAINING".equals(status) ? 0 : 2;
        return new TaskSetInfo(
                id,
                externalId,
                status,
                taskDefinition,
                group,
                "web",
                3000,
                draining,
                steady ? 0 : draining,
                steady ? draining : 0,
                steady,
                steady ? 0 : 1,
                steady ? null : "Essential container in task exited");
    }

    /** Another process's ECS after a restart: the same task sets, whose tasks are started anew. */
    void takeOver(FakeEcs former) {
        sets.clear();
        former.sets.forEach((id, set) -> {
            boolean draining = "DRAINING".equals(set.status());
            sets.put(
                    id,
                    set(id, set.externalId(), set.status(), set.taskDefinitionArn(), set.targetGroupArn(), draining));
            if (!draining && steady) {
                steadyLater(id);
            }
        });
        revision = former.revision;
    }

    private void steadyLater(String id) {
        world.after(Duration.ofSeconds(30), () -> {
            sets.computeIfPresent(
                    id,
                    (key, last) -> "DRAINING".equals(last.status())
                            ? last
                            : set(
                                    id,
                                    last.externalId(),
                                    last.status(),
                                    last.taskDefinitionArn(),
                                    last.targetGroupArn(),
                                    true));
            changed();
        });
    }

    void remove(String id) {
        sets.remove(id);
    }

    List<String> statuses() {
        return sets.values().stream().map(set -> set.id() + " " + set.status()).toList();
    }

    @Override
    public Optional<ServiceInfo> service(String cluster, String service) {
        List<TaskSetInfo> newestFirst = new ArrayList<>(sets.values());
        java.util.Collections.reverse(newestFirst);
        return "demo".equals(cluster) && "web".equals(service)
                ? Optional.of(new ServiceInfo(
                        "demo",
                        "web",
                        "arn:aws:ecs:eu-central-1:123456789012:service/demo/web",
                        controller,
                        2,
                        newestFirst))
                : Optional.empty();
    }

    @Override
    public Optional<String> refusal(String taskDefinitionArn, String containerName, int containerPort) {
        return Optional.ofNullable(refusal);
    }

    @Override
    public String createTaskSet(
            ServiceInfo service,
            String taskDefinitionArn,
            String targetGroupArn,
            String containerName,
            int containerPort,
            String externalId) {
        String id = "ecs-svc/" + ++revision;
        sets.put(id, set(id, externalId, "ACTIVE", taskDefinitionArn, targetGroupArn, false));
        changed();
        if (steady) {
            steadyLater(id);
        }
        return id;
    }

    @Override
    public void place(String taskSetId, Placement placement) {
        placements.put(taskSetId, placement);
    }

    @Override
    public Optional<TaskSetInfo> taskSet(String taskSetId) {
        return Optional.ofNullable(sets.get(taskSetId));
    }

    @Override
    public void makePrimary(String taskSetId) {
        sets.replaceAll((id, set) -> status(
                set, id.equals(taskSetId) ? "PRIMARY" : "PRIMARY".equals(set.status()) ? "ACTIVE" : set.status()));
        changed();
    }

    @Override
    public void drain(String taskSetId) {
        if (sets.computeIfPresent(taskSetId, (id, set) -> status(set, "DRAINING")) == null) {
            throw new IllegalArgumentException("no task set " + taskSetId);
        }
        changed();
        world.after(Duration.ofSeconds(60), () -> {
            sets.remove(taskSetId);
            changed();
        });
    }

    private static TaskSetInfo status(TaskSetInfo last, String status) {
        return set(
                last.id(), last.externalId(), status, last.taskDefinitionArn(), last.targetGroupArn(), last.steady());
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
