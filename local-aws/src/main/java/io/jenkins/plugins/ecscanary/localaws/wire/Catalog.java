package io.jenkins.plugins.ecscanary.localaws.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The services of a local AWS and their operations, found by what each wire protocol calls them. */
final class Catalog {

    private final List<ServiceApi> services;
    private final Map<ServiceApi, Map<String, Operation<?, ?>>> operations = new HashMap<>();

    Catalog(List<ServiceApi> services) {
        this.services = List.copyOf(services);
        for (ServiceApi api : this.services) {
            Map<String, Operation<?, ?>> byName = new HashMap<>();
            for (Operation<?, ?> operation : api.operations()) {
                if (byName.put(operation.name(), operation) != null) {
                    throw new IllegalArgumentException(
                            api.signingName() + " has the operation " + operation.name() + " twice");
                }
            }
            operations.put(api, byName);
        }
    }

    Optional<ServiceApi> bySigningName(String name) {
        return services.stream().filter(api -> name.equals(api.signingName())).findFirst();
    }

    Optional<ServiceApi> byJsonTarget(String prefix) {
        return services.stream().filter(api -> prefix.equals(api.jsonTarget())).findFirst();
    }

    Optional<ServiceApi> byQueryVersion(String version) {
        return services.stream()
                .filter(api -> version.equals(api.queryVersion()))
                .findFirst();
    }

    Optional<ServiceApi> byCborService(String name) {
        return services.stream().filter(api -> name.equals(api.cborService())).findFirst();
    }

    Optional<Operation<?, ?>> operation(ServiceApi api, String name) {
        return Optional.ofNullable(operations.get(api).get(name));
    }
}
