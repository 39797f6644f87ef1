package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the scanner gets to see of the environment. It takes each of its options from a variable as well, {@code TRIVY_} and the
 * option's name, and many of them make it find less or tell less than it was asked for. Of all that begin so it gets those that say
 * where databases, caches, registries and servers are and how to get there, and those with which it only finds more. Other variables
 * are left as they are. Unless somebody says otherwise it is told to ask nobody for newer releases and to send nobody how it is
 * used.
 *
 * <p>Source: the options of Trivy 0.68.2 ({@code pkg/flag}), their older names, and the variables that it asks for itself.
 */
public final class TrivyEnvironment {

    private static final String PREFIX = "TRIVY_";

    private static final Set<String> LET_THROUGH = Set.of(
            "AUTH_URL",
            "CACERT",
            "CACHE_BACKEND",
            "CACHE_DIR",
            "CACHE_TTL",
            "CF_PARAMS",
            "CHECKS_BUNDLE_REPOSITORY",
            "CUSTOM_HEADERS",
            "DB_REPOSITORY",
            "DEBUG",
            "DISABLE_TELEMETRY",
            "DISABLE_VEX_NOTICE",
            "DOCKER_HOST",
            "EXPERIMENTAL_RPM_ARCHIVE",
            "HELM_API_VERSIONS",
            "HELM_KUBE_VERSION",
            "HELM_SET",
            "HELM_SET_FILE",
            "HELM_SET_STRING",
            "HELM_VALUES",
            "IMAGE_CONFIG_SCANNERS",
            "IMAGE_SRC",
            "INCLUDE_DEPRECATED_CHECKS",
            "INCLUDE_DEV_DEPS",
            "INSECURE",
            "JAVA_DB_REPOSITORY",
            "LICENSE_FULL",
            "MAX_IMAGE_SIZE",
            "NON_SSL",
            "NO_PROGRESS",
            "PARALLEL",
            "PASSWORD",
            "PATH_PREFIX",
            "PLATFORM",
            "PODMAN_HOST",
            "POLICY_BUNDLE_REPOSITORY",
            "QUIET",
            "REDIS_CA",
            "REDIS_CERT",
            "REDIS_KEY",
            "REDIS_TLS",
            "REGISTRY_TOKEN",
            "SERVER",
            "SKIP_CHECK_UPDATE",
            "SKIP_DB_UPDATE",
            "SKIP_JAVA_DB_UPDATE",
            "SKIP_POLICY_UPDATE",
            "SKIP_UPDATE",
            "SKIP_VERSION_CHECK",
            "SLOW",
            "TF_VARS",
            "TOKEN",
            "TOKEN_HEADER",
            "USERNAME");

    /** Known ones of the others: whoever has set one of these relies on it. */
    private static final Set<String> KNOWN = Set.of(
            "CHECK_NAMESPACES",
            "COMPLIANCE",
            "CONFIG",
            "CONFIG_CHECK",
            "CONFIG_DATA",
            "CONFIG_FILE_SCHEMAS",
            "DEPENDENCY_TREE",
            "DETECTION_PRIORITY",
            "DISTRO",
            "DOWNLOAD_DB_ONLY",
            "DOWNLOAD_JAVA_DB_ONLY",
            "ENABLE_MODULES",
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
            "INCLUDE_NON_FAILURES",
            "INPUT",
            "LICENSE_CONFIDENCE_LEVEL",
            "LIST_ALL_PKGS",
            "MISCONFIG_SCANNERS",
            "MODULE_DIR",
            "OFFLINE_SCAN",
            "OUTPUT",
            "PKG_RELATIONSHIPS",
            "PKG_TYPES",
            "RAW_CONFIG_SCANNERS",
            "REGO_ERROR_LIMIT",
            "REKOR_URL",
            "REMOVED_PKGS",
            "REPORT",
            "RESET",
            "RUN_AS_PLUGIN",
            "SBOM_SOURCES",
            "SCANNERS",
            "SECRET_CONFIG",
            "SEVERITY",
            "SHOW_SUPPRESSED",
            "SKIP_DIRS",
            "SKIP_FILES",
            "SKIP_VEX_REPO_UPDATE",
            "TEMPLATE",
            "TF_EXCLUDE_DOWNLOADED_MODULES",
            "TIMEOUT",
            "VEX",
            "VULN_SEVERITY_SOURCE",
            "VULN_TYPE");

    /** Releases that do not know them pass over them. */
    private static final Map<String, String> QUIET =
            Map.of("TRIVY_SKIP_VERSION_CHECK", "true", "TRIVY_DISABLE_TELEMETRY", "true");

    private TrivyEnvironment() {}

    /** All that a process gets that is given its whole environment. */
    public static Map<String, String> of(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(QUIET);
        all.putAll(environment);
        all.keySet().removeIf(TrivyEnvironment::isKeptBack);
        return all;
    }

    /**
     * The same for a process that inherits its environment from somewhere else, such as a container: what to put over it. What it
     * must not see is empty here, which is no value to the scanner; that is so also of what nobody here knows to be there.
     *
     * @param environment as far as it is known
     */
    public static Map<String, String> over(Map<String, String> environment) {
        Map<String, String> over = new TreeMap<>();
        KNOWN.forEach(option -> over.put(PREFIX + option, ""));
        QUIET.forEach((name, value) -> over.put(name, environment.getOrDefault(name, value)));
        environment.keySet().stream().filter(TrivyEnvironment::isKeptBack).forEach(name -> over.put(name, ""));
        return over;
    }

    /** Options of the scanner that the environment has and that it does not get, sorted: whoever set them should know. */
    public static List<String> withheld(Map<String, String> environment) {
        return environment.keySet().stream()
                .filter(name -> isKeptBack(name) && KNOWN.contains(option(name)))
                .filter(name -> !environment.get(name).isEmpty())
                .sorted()
                .toList();
    }

    private static boolean isKeptBack(String name) {
        return upper(name).startsWith(PREFIX) && !LET_THROUGH.contains(option(name));
    }

    private static String option(String name) {
        return upper(name).substring(PREFIX.length());
    }

    /** There are systems where case makes no difference in them. */
    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
