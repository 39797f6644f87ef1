package io.jenkins.plugins.ecscanary.cli.scan;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the scanner gets to see of the environment. It takes each of its options from a variable as well, {@code TRIVY_} and the
 * option's name; those that would make it find less or tell less than it was asked for are kept from it. Where databases come from,
 * caches, logins and proxies are left as they are. Unless somebody says otherwise it is told to ask nobody for newer releases and to
 * send nobody how it is used.
 */
final class TrivyEnvironment {

    private static final String PREFIX = "TRIVY_";

    private static final Set<String> KEPT_BACK = Set.of(
            "COMPLIANCE",
            "CONFIG",
            "CONFIG_CHECK",
            "CONFIG_FILE_SCHEMAS",
            "DEPENDENCY_TREE",
            "DETECTION_PRIORITY",
            "EXIT_CODE",
            "EXIT_ON_EOL",
            "FILE_PATTERNS",
            "FORMAT",
            "GENERATE_DEFAULT_CONFIG",
            "IGNORED_LICENSES",
            "IGNOREFILE",
            "IGNORE_POLICY",
            "IGNORE_STATUS",
            "IGNORE_UNFIXED",
            "INPUT",
            "LIST_ALL_PKGS",
            "MISCONFIG_SCANNERS",
            "OFFLINE_SCAN",
            "OUTPUT",
            "PKG_RELATIONSHIPS",
            "PKG_TYPES",
            "REMOVED_PKGS",
            "REPORT",
            "SCANNERS",
            "SECRET_CONFIG",
            "SECURITY_CHECKS",
            "SEVERITY",
            "SKIP_DIRS",
            "SKIP_FILES",
            "TEMPLATE",
            "TIMEOUT",
            "VEX",
            "VULN_SEVERITY_SOURCE",
            "VULN_TYPE");

    /** Releases that do not know them pass over them. */
    private static final Map<String, String> QUIET =
            Map.of("TRIVY_SKIP_VERSION_CHECK", "true", "TRIVY_DISABLE_TELEMETRY", "true");

    private TrivyEnvironment() {}

    static Map<String, String> of(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(QUIET);
        all.putAll(environment);
        return all.entrySet().stream()
                .filter(variable -> !keptBack(variable.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static boolean keptBack(String name) {
        return name.startsWith(PREFIX) && KEPT_BACK.contains(name.substring(PREFIX.length()));
    }
}
