package io.jenkins.plugins.ecscanary.engine.config;

/** The keys of a {@link DeployConfig}. */
public enum ConfigKey {
    REGION(ValueType.TEXT),
    CLUSTER(ValueType.TEXT),
    SERVICE(ValueType.TEXT),
    /** Instead of AWS's own endpoints. */
    ENDPOINT_URL(ValueType.URL),
    /** Assumed for all calls; see {@link io.jenkins.plugins.ecscanary.engine.aws.RoleToAssume}. */
    ROLE_ARN(ValueType.TEXT),
    EXTERNAL_ID(ValueType.TEXT),
    ROLE_SESSION_NAME(ValueType.TEXT),
    CODEDEPLOY_APPLICATION(ValueType.TEXT),
    CODEDEPLOY_GROUP(ValueType.TEXT),
    /** The deployment config; without it the group's own. */
    CODEDEPLOY_CONFIG(ValueType.TEXT),
    /** Relative to the file this key is in. */
    TASK_DEFINITION_TEMPLATE(ValueType.PATH),
    /** The container the image is for. */
    CONTAINER(ValueType.TEXT),
    IMAGE_REPOSITORY(ValueType.TEXT),
    SUCCESS_RATE_THRESHOLD(ValueType.PERCENTAGE),
    SUCCESS_RATE_DATAPOINTS(ValueType.COUNT),
    MIN_REQUESTS(ValueType.COUNT_OR_ZERO),
    /** Further alarms by name, with commas between them. */
    ALARMS(ValueType.NAMES),
    /** {@code true} to have missing success-rate alarms created. */
    CREATE_ALARMS(ValueType.SWITCH),
    /** {@code true} to record the last log lines of failed tasks. */
    TASK_LOGS(ValueType.SWITCH),
    /** Weights at which a phase is reported, with commas between them. */
    MILESTONES(ValueType.WEIGHTS),
    TIMEOUT_MINUTES(ValueType.MINUTES),
    /** {@code completed} or {@code shifted}. */
    WAIT_FOR(ValueType.WAIT_FOR),
    /** A JSON AppSpec; relative to the file this key is in. */
    APPSPEC(ValueType.PATH),
    /** The command of a task that has to succeed first, as a JSON list of texts. */
    BEFORE_TRAFFIC(ValueType.ARGUMENTS),
    /** The container that runs it; without it the one the image is for. */
    BEFORE_TRAFFIC_CONTAINER(ValueType.TEXT),
    BEFORE_TRAFFIC_TIMEOUT_MINUTES(ValueType.MINUTES),
    /** How many revisions of the family stay registered after a promotion; without it all. */
    KEEP_REVISIONS(ValueType.TWO_OR_MORE),
    /** {@code true}, or the greatest age of the scan such as {@code 7d}, to deploy only what was scanned and let through. */
    REQUIRE_SCAN(ValueType.SCAN);

    private final ValueType type;

    ConfigKey(ValueType type) {
        this.type = type;
    }

    ValueType type() {
        return type;
    }
}
