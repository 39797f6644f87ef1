package io.jenkins.plugins.ecscanary.infra.settings;

import java.util.Optional;

/**
 * Everything that can be set: by CDK context ({@code -c name=value} or cdk.json), some of it also in {@code deploy.config},
 * whose keys are then those of the deployment engine. What a deployment may give another value later (CPU, memory, container) is
 * not read from there: else a stack update would want to change the task definition that the service began with. A test keeps
 * the table in docs/infrastructure.md the same as this.
 */
public enum Setting {
    REGION("region", "REGION", "eu-central-1", ValueType.REGION, "where it is"),
    ZONES("zones", null, null, ValueType.ZONES, "three availability zones; without it the region's a, b and c"),
    NETWORK("network", null, "10.0.0.0/16", ValueType.NETWORK, "of the VPC; subnets are .1–.3 and .11–.13 in it"),
    CLUSTER("cluster", "CLUSTER", "reference", ValueType.ECS_NAME, "the ECS cluster"),
    SERVICE(
            "service",
            "SERVICE",
            "web",
            ValueType.SERVICE,
            "the ECS service; load balancer, target groups, alarms and log group are named after it"),
    CONTAINER("container", null, "app", ValueType.ECS_NAME, "that takes the traffic"),
    REPOSITORY("repository", null, "reference/web", ValueType.REPOSITORY, "the ECR repository"),
    EXISTING_REPOSITORY(
            "existingRepository",
            null,
            "false",
            ValueType.SWITCH,
            "the repository is there already, such as that of a stack before; it is used as it is"),
    APPLICATION(
            "application",
            "CODEDEPLOY_APPLICATION",
            null,
            ValueType.CODEDEPLOY_NAME,
            "CodeDeploy's; without it named as the service"),
    DEPLOYMENT_GROUP(
            "deploymentGroup",
            "CODEDEPLOY_GROUP",
            null,
            ValueType.CODEDEPLOY_NAME,
            "CodeDeploy's; without it named as the service"),
    DEPLOYMENT_CONFIG(
            "deploymentConfig",
            "CODEDEPLOY_CONFIG",
            null,
            ValueType.CODEDEPLOY_NAME,
            "one that there is; without it CodeDeployDefault.ECSLinear10PercentEvery1Minutes"),
    TRAFFIC_PLAN(
            "trafficPlan",
            null,
            null,
            ValueType.TRAFFIC_PLAN,
            "a deployment config of one's own instead: `linear:20:2` is 20 % every 2 minutes, `canary:5:10` 5 % and after 10"
                    + " minutes the rest"),
    TERMINATION_WAIT(
            "terminationWaitMinutes",
            null,
            "5",
            ValueType.TERMINATION_WAIT,
            "for which the original tasks stay after the shift"),
    ECS_STRATEGY(
            "ecsStrategy",
            null,
            null,
            ValueType.ECS_STRATEGY,
            "ECS itself deploys, without CodeDeploy: `linear:10:6` is 10 % every 6 minutes, `canary:5:10` 5 % and after 10"
                    + " minutes the rest, `blue-green` all at once, `rolling` task by task"),
    PAUSE_AT(
            "pauseAt",
            null,
            null,
            ValueType.STAGES,
            "stages at which a deployment by `ecsStrategy` waits for someone to continue it: `RECONCILE_SERVICE`,"
                    + " `PRE_SCALE_UP`, `POST_SCALE_UP`, `POST_TEST_TRAFFIC_SHIFT`, `PRE_PRODUCTION_TRAFFIC_SHIFT`,"
                    + " `POST_PRODUCTION_TRAFFIC_SHIFT`"),
    PAUSE_TIMEOUT(
            "pauseTimeoutMinutes",
            null,
            null,
            ValueType.PAUSE_TIMEOUT,
            "after which a deployment that nobody continued is rolled back; without it 1440"),
    SUCCESS_RATE_THRESHOLD(
            "successRateThreshold",
            "SUCCESS_RATE_THRESHOLD",
            "99.5",
            ValueType.PERCENTAGE,
            "percent, below which an alarm goes red"),
    SUCCESS_RATE_DATAPOINTS(
            "successRateDatapoints",
            "SUCCESS_RATE_DATAPOINTS",
            "2",
            ValueType.DATAPOINTS,
            "bad minutes, of one more, that make it red"),
    MIN_REQUESTS(
            "minRequests",
            "MIN_REQUESTS",
            "50",
            ValueType.COUNT,
            "in a minute, below which a target group is not judged"),
    PORT("port", null, "3000", ValueType.PORT, "of the container"),
    HEALTH_PATH("healthPath", null, "/health", ValueType.PATH, "asked by the load balancer every 30 s"),
    HEALTH_COMMAND(
            "healthCommand",
            null,
            "[\"CMD\",\"java\",\"-cp\",\"app.jar\",\"io.jenkins.plugins.ecscanary.sampleapp.HealthCheck\"]",
            ValueType.COMMAND,
            "the container's own health check, as a JSON list"),
    CPU("cpu", null, "256", ValueType.CPU, "of a task, in units of which 1024 are a vCPU"),
    MEMORY("memory", null, "512", ValueType.MEMORY, "of a task, in MiB"),
    FAMILY("family", null, null, ValueType.ECS_NAME, "of task definitions; without it named as the service"),
    STOP_TIMEOUT("stopTimeoutSeconds", null, "60", ValueType.STOP_TIMEOUT, "from SIGTERM to SIGKILL"),
    DESIRED_COUNT("desiredCount", null, "2", ValueType.COUNT_OR_ZERO, "tasks"),
    INITIAL_TAG("initialTag", null, "deployed-initial", ValueType.TAG, "of the image that the service begins with"),
    TEMPLATE(
            "taskDefinitionTemplate",
            "TASK_DEFINITION_TEMPLATE",
            "sample-app/taskdef.json.tpl",
            ValueType.FILE,
            "handed on to deploy.config, nothing else"),
    KEEP_IMAGES("keepImages", null, "10", ValueType.IMAGES, "in the repository, beside those tagged deployed-*"),
    KEEP_DEPLOYED_IMAGES("keepDeployedImages", null, "50", ValueType.IMAGES, "tagged deployed-*"),
    LOG_RETENTION("logRetentionDays", null, "30", ValueType.RETENTION, "of all log groups"),
    TEST_LISTENER_PORT("testListenerPort", null, "9001", ValueType.PORT, "of the load balancer"),
    TEST_LISTENER_CIDRS(
            "testListenerCidrs", null, null, ValueType.CIDRS, "who reaches the test listener; without it nobody does"),
    DEPLOYER(
            "deployer",
            null,
            null,
            ValueType.PRINCIPAL,
            "who may assume the deployer role; without it whom this account's own policies let"),
    DEPLOYER_EXTERNAL_ID(
            "deployerExternalId", null, null, ValueType.EXTERNAL_ID, "without which the role can't be assumed"),
    DEPLOYER_CIDRS("deployerCidrs", null, null, ValueType.CIDRS, "from where alone the deployer role can be assumed"),
    DEPLOYER_FEATURES(
            "deployerFeatures",
            null,
            null,
            ValueType.FEATURES,
            "what the deployer role is to be allowed beyond the usual: `before-traffic`, `retention`, `task-logs`"),
    CERTIFICATE(
            "certificate",
            null,
            null,
            ValueType.CERTIFICATE,
            "HTTPS on 443 with it, and 80 redirects there; without it HTTP on 80"),
    CLOUDFRONT_PREFIX_LIST(
            "cloudFrontPrefixList",
            null,
            null,
            ValueType.PREFIX_LIST,
            "CloudFront before the load balancer, which then nobody else reaches: the region's id of AWS's prefix list"
                    + " `com.amazonaws.global.cloudfront.origin-facing`"),
    CLOUDFRONT_DOMAIN(
            "cloudFrontDomain",
            null,
            null,
            ValueType.DNS_NAME,
            "the service's own name at CloudFront, with `cloudFrontCertificate` and `certificate`, both for this name; without"
                    + " it CloudFront's"),
    CLOUDFRONT_CERTIFICATE("cloudFrontCertificate", null, null, ValueType.CERTIFICATE, "CloudFront's, in us-east-1"),
    CLOUDFRONT_CACHED_PATHS(
            "cloudFrontCachedPaths",
            null,
            null,
            ValueType.PATHS,
            "paths such as `/static/*` that CloudFront keeps; without it nothing"),
    FLOW_LOGS(
            "flowLogs", null, "false", ValueType.SWITCH, "the VPC's rejected and accepted connections in a log group"),
    DISCOVERY_NAMESPACE(
            "discoveryNamespace",
            null,
            null,
            ValueType.DNS_NAME,
            "a private DNS name such as `internal.example`, under which Cloud Map has the tasks' addresses:"
                    + " `web.internal.example`"),
    SERVICE_CONNECT_NAMESPACE(
            "serviceConnectNamespace",
            null,
            null,
            ValueType.DNS_NAME,
            "a namespace in which ECS Service Connect has the service by its name, for services of the same namespace; with"
                    + " `ecsStrategy` only"),
    CLIENT_CIDRS(
            "clientCidrs",
            null,
            null,
            ValueType.CIDRS,
            "from where tasks are reached without the load balancer, such as `10.0.0.0/16`; for `discoveryNamespace` and `serviceConnectNamespace`"),
    SECRETS(
            "secrets",
            null,
            null,
            ValueType.SECRETS,
            "`NAME=ARN,…`: environment variables from Secrets Manager or Parameter Store, with the endpoints"),
    USER("user", null, null, ValueType.USER, "the container's, numbers other than 0"),
    READ_ONLY("readOnlyRootFilesystem", null, "false", ValueType.SWITCH, "of the container"),
    SPOT_PERCENT(
            "spotPercent", null, null, ValueType.WHOLE_PERCENTAGE, "of the tasks beyond the first on Fargate Spot"),
    MAX_COUNT("maxCount", null, null, ValueType.COUNT, "tasks that autoscaling may start; without it there is none"),
    SCALE_CPU("scaleAtCpu", null, null, ValueType.WHOLE_PERCENTAGE, "percent of CPU that autoscaling keeps"),
    SCALE_MEMORY("scaleAtMemory", null, null, ValueType.WHOLE_PERCENTAGE, "percent of memory that autoscaling keeps"),
    SCALE_REQUESTS(
            "scaleAtRequests",
            null,
            null,
            ValueType.COUNT,
            "requests a minute and task that autoscaling keeps, of both target groups together"),
    MORE_ALARMS(
            "moreAlarms",
            null,
            "false",
            ValueType.SWITCH,
            "on errors, latency, healthy targets, CPU and memory; none of them rolls back"),
    ALARM_TOPIC(
            "alarmTopic",
            null,
            null,
            ValueType.TOPIC,
            "an SNS topic that is told of alarms and of deployments that fail"),
    WAF("waf", null, "false", ValueType.SWITCH, "AWS's rules for common attacks before the load balancer"),
    CIRCUIT_BREAKER(
            "circuitBreaker",
            null,
            "false",
            ValueType.SWITCH,
            "ECS's own, which ends and rolls back a deployment whose tasks don't start; with `ecsStrategy` rolling only"),
    BUDGET_USD("budgetUsd", null, null, ValueType.COUNT, "a month of the account's cost, told of at 80 % and 100 %"),
    BUDGET_EMAIL("budgetEmail", null, null, ValueType.EMAIL, "told of the budget"),
    REGIONS(
            "regions",
            null,
            null,
            ValueType.REGIONS,
            "the same in each of them, one stack a region; instead of `region`");

    private final String context;
    private final String deployConfig;
    private final String usual;
    private final ValueType type;
    private final String meaning;

    Setting(String context, String deployConfig, String usual, ValueType type, String meaning) {
        this.context = context;
        this.deployConfig = deployConfig;
        this.usual = usual;
        this.type = type;
        this.meaning = meaning;
    }

    /** Its name in CDK context. */
    public String context() {
        return context;
    }

    /** Its key in {@code deploy.config}, if it has one. */
    public Optional<String> deployConfig() {
        return Optional.ofNullable(deployConfig);
    }

    /** The text that stands for it where it is not set, if there is one. */
    public Optional<String> usual() {
        return Optional.ofNullable(usual);
    }

    /** For people, in Markdown. */
    public String meaning() {
        return meaning;
    }

    ValueType type() {
        return type;
    }
}
