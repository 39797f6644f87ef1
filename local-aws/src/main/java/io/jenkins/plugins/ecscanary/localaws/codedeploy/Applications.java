package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All applications and their groups, by name. Guarded by the world's lock. */
final class Applications {

    private static final int LONGEST_NAME = 100;

    private final Map<String, Application> byName = new LinkedHashMap<>();

    void add(Application application) {
        if (byName.putIfAbsent(application.name, application) != null) {
            throw new AwsError("ApplicationAlreadyExistsException", "Application already exists: " + application.name);
        }
    }

    Application get(String name) {
        requireName(name, "Application");
        return find(name)
                .orElseThrow(() ->
                        new AwsError("ApplicationDoesNotExistException", "No application found for name: " + name));
    }

    Optional<Application> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    DeploymentGroup group(String applicationName, String name) {
        Application application = get(applicationName);
        requireName(name, "DeploymentGroup");
        DeploymentGroup group = application.groups.get(name);
        if (group == null) {
            throw new AwsError("DeploymentGroupDoesNotExistException", "No Deployment Group found for name: " + name);
        }
        return group;
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    Stream<DeploymentGroup> groups() {
        return byName.values().stream().flatMap(application -> application.groups.values().stream());
    }

    /** @param kind the exceptions' prefix, {@code Application} or {@code DeploymentGroup} */
    static void requireName(String name, String kind) {
        if (name == null || name.isEmpty()) {
            throw new AwsError(kind + "NameRequiredException", kind + " name is required");
        }
        if (name.length() > LONGEST_NAME) {
            throw new AwsError(
                    "Invalid" + kind + "NameException", kind + " name is longer than " + LONGEST_NAME + " characters");
        }
    }
}
