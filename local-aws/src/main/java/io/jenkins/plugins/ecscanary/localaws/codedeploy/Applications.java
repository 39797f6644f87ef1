package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All applications and their groups, by name. Guarded by the world's lock. */
final class Applications {

    private final Map<String, Application> byName = new LinkedHashMap<>();

    /** @throws AwsError ApplicationAlreadyExistsException */
    void add(Application application) {
        requireFree(application.name);
        byName.put(application.name, application);
    }

    /** @throws AwsError ApplicationAlreadyExistsException */
    void rename(Application application, String name) {
        requireFree(name);
        byName.remove(application.name);
        application.name = name;
        application.groups.values().forEach(group -> group.applicationName = name);
        byName.put(name, application);
    }

    private void requireFree(String name) {
        if (byName.containsKey(name)) {
            throw new AwsError("ApplicationAlreadyExistsException", "Application already exists: " + name);
        }
    }

    Application get(String name) {
        Names.require(name, "Application");
        return find(name)
                .orElseThrow(() ->
                        new AwsError("ApplicationDoesNotExistException", "No application found for name: " + name));
    }

    Optional<Application> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    void remove(Application application) {
        byName.remove(application.name);
    }

    DeploymentGroup group(String applicationName, String name) {
        Application application = get(applicationName);
        Names.require(name, "DeploymentGroup");
        DeploymentGroup group = application.groups.get(name);
        if (group == null) {
            throw new AwsError("DeploymentGroupDoesNotExistException", "No Deployment Group found for name: " + name);
        }
        return group;
    }

    List<Application> all() {
        return List.copyOf(byName.values());
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    Stream<DeploymentGroup> groups() {
        return byName.values().stream().flatMap(application -> application.groups.values().stream());
    }
}
