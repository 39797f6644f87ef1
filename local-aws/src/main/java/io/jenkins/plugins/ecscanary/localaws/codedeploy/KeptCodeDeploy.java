package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps applications, groups, configurations, tags and deployments across restarts. A deployment in progress is taken up at
 * its lifecycle event with the time that was left: Install waits for the replacement task set to be steady again, a hook's
 * function is invoked once more.
 */
final class KeptCodeDeploy implements Kept<KeptCodeDeploy.State> {

    private final World world;
    private final Applications applications;
    private final DeploymentConfigs configs;
    private final Deployments deployments;
    private final Tags tags;

    KeptCodeDeploy(
            World world, Applications applications, DeploymentConfigs configs, Deployments deployments, Tags tags) {
        this.world = world;
        this.applications = applications;
        this.configs = configs;
        this.deployments = deployments;
        this.tags = tags;
    }

    @Override
    public String name() {
        return "codedeploy";
    }

    @Override
    public Class<State> type() {
        return State.class;
    }

    @Override
    public State snapshot() {
        Instant now = world.now();
        return new State(
                applications.all().stream().map(KeptApplication::of).toList(),
                configs.own(),
                deployments.all().stream()
                        .map(deployment -> KeptDeployment.of(deployment, now))
                        .toList(),
                tags.all());
    }

    @Override
    public void restore(State kept) {
        kept.configs.forEach(configs::add);
        kept.tags.forEach(tags::restore);
        Map<String, DeploymentGroup> groups = new HashMap<>();
        for (KeptApplication application : kept.applications) {
            Application restored = new Application(application.name, application.id, application.createTime);
            for (KeptGroup group : application.groups) {
                DeploymentGroup of = new DeploymentGroup(application.name, group.name, group.id, group.settings);
                restored.groups.put(group.name, of);
                groups.put(group.id, of);
            }
            applications.add(restored);
        }
        Instant now = world.now();
        for (KeptDeployment deployment : kept.deployments) {
            // Of a group that was deleted its deployments still tell.
            DeploymentGroup group = groups.computeIfAbsent(
                    deployment.groupId(),
                    id -> new DeploymentGroup(
                            deployment.applicationName(), deployment.groupName(), id, deployment.settings()));
            deployments.restore(deployment.restored(group, now));
        }
        kept.applications.stream()
                .flatMap(application -> application.groups.stream())
                .forEach(group -> {
                    groups.get(group.id).lastAttempted = deployment(group.lastAttempted);
                    groups.get(group.id).lastSuccessful = deployment(group.lastSuccessful);
                });
        deployments.resume();
    }

    private Deployment deployment(String id) {
        return id == null
                ? null
                : deployments.find(id).orElseThrow(() -> new IllegalArgumentException("there is no deployment " + id));
    }

    record State(
            List<KeptApplication> applications,
            List<DeploymentConfig> configs,
            List<KeptDeployment> deployments,
            Map<String, Map<String, String>> tags) {
        State {
            applications = List.copyOf(applications);
            configs = List.copyOf(configs);
            deployments = List.copyOf(deployments);
            tags = Map.copyOf(tags);
        }
    }

    record KeptApplication(String name, String id, Instant createTime, List<KeptGroup> groups) {
        KeptApplication {
            groups = List.copyOf(groups);
        }

        static KeptApplication of(Application application) {
            return new KeptApplication(
                    application.name,
                    application.id,
                    application.createTime,
                    application.groups.values().stream().map(KeptGroup::of).toList());
        }
    }

    /**
     * @param lastAttempted a deployment's id, or null
     * @param lastSuccessful a deployment's id, or null
     */
    record KeptGroup(
            String id, String name, DeploymentGroup.Settings settings, String lastAttempted, String lastSuccessful) {

        static KeptGroup of(DeploymentGroup group) {
            return new KeptGroup(
                    group.id,
                    group.name,
                    group.settings,
                    group.lastAttempted == null ? null : group.lastAttempted.id,
                    group.lastSuccessful == null ? null : group.lastSuccessful.id);
        }
    }
}
