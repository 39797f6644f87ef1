package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * CreateDeploymentConfig, GetDeploymentConfig, ListDeploymentConfigs, DeleteDeploymentConfig, for ECS.
 *
 * <p>AWS publishes the limits (99 % in one increment, 2880 minutes from the first shift to the last) for Lambda only; here
 * they hold for ECS, too.
 */
final class ConfigOperations {

    private static final String RESERVED_PREFIX = "CodeDeployDefault.";
    private static final int LARGEST_PERCENTAGE = 99;
    private static final int LONGEST_MINUTES = 2880;

    private final World world;
    private final DeploymentConfigs configs;
    private final Applications applications;
    private final Deployments deployments;

    ConfigOperations(World world, DeploymentConfigs configs, Applications applications, Deployments deployments) {
        this.world = world;
        this.configs = configs;
        this.applications = applications;
        this.deployments = deployments;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateDeploymentConfig", CreateConfig.class, this::create),
                Operation.of("GetDeploymentConfig", GetConfig.class, this::get),
                Operation.of("ListDeploymentConfigs", ListConfigs.class, this::list),
                Operation.of("DeleteDeploymentConfig", DeleteConfig.class, this::delete));
    }

    private CreatedConfig create(CreateConfig in) {
        Names.require(in.deploymentConfigName, "DeploymentConfig");
        if (in.deploymentConfigName.startsWith(RESERVED_PREFIX)) {
            throw Names.invalid("DeploymentConfig", "The prefix " + RESERVED_PREFIX + " is reserved");
        }
        requireEcs(in.computePlatform);
        DeploymentConfig config = config(
                in.deploymentConfigName, in.trafficRoutingConfig, world.ids().uuid(), world.now());
        configs.add(config);
        world.log(
                "codedeploy deployment configuration %s created: %s, shares %s",
                config.name(), config.type(), config.shifts());
        return new CreatedConfig(config.id());
    }

    static void requireEcs(String computePlatform) {
        String platform = computePlatform == null ? "Server" : computePlatform;
        if (!Set.of("Server", "Lambda", "ECS").contains(platform)) {
            throw new AwsError("InvalidComputePlatformException", "The computePlatform is invalid: " + platform);
        }
        if (!"ECS".equals(platform)) {
            throw AwsError.unsupported(
                    "computePlatform " + platform + (computePlatform == null ? " (the default)" : "") + ", only ECS");
        }
    }

    private static DeploymentConfig config(String name, TrafficRoutingConfig routing, String id, Instant now) {
        String type = routing == null ? null : routing.type;
        if (type == null) {
            throw invalid("trafficRoutingConfig and its type are required");
        }
        if (routing.timeBasedCanary != null && !DeploymentConfig.CANARY.equals(type)
                || routing.timeBasedLinear != null && !DeploymentConfig.LINEAR.equals(type)) {
            throw invalid("type " + type + " does not go with the other type's numbers");
        }
        return switch (type) {
            case DeploymentConfig.AT_ONCE -> new DeploymentConfig(name, type, 100, 0, id, now);
            case DeploymentConfig.CANARY -> {
                TimeBasedCanary canary = routing.timeBasedCanary;
                yield canary == null
                        ? shifting(name, type, "canary", null, null, id, now)
                        : shifting(name, type, "canary", canary.canaryPercentage, canary.canaryInterval, id, now);
            }
            case DeploymentConfig.LINEAR -> {
                TimeBasedLinear linear = routing.timeBasedLinear;
                yield linear == null
                        ? shifting(name, type, "linear", null, null, id, now)
                        : shifting(name, type, "linear", linear.linearPercentage, linear.linearInterval, id, now);
            }
            default -> throw invalid("type " + type + " is none of TimeBasedCanary, TimeBasedLinear, AllAtOnce");
        };
    }

    private static DeploymentConfig shifting(
            String name, String type, String prefix, Integer percentage, Integer minutes, String id, Instant now) {
        if (percentage == null || percentage < 1 || percentage > LARGEST_PERCENTAGE) {
            throw invalid(prefix + "Percentage must be from 1 to " + LARGEST_PERCENTAGE + ": " + percentage);
        }
        if (minutes == null || minutes < 1 || minutes > LONGEST_MINUTES) {
            throw invalid(prefix + "Interval must be from 1 to " + LONGEST_MINUTES + " minutes: " + minutes);
        }
        DeploymentConfig config = new DeploymentConfig(name, type, percentage, minutes, id, now);
        if (config.length().toMinutes() > LONGEST_MINUTES) {
            throw invalid("from the first shift to the last it takes "
                    + config.length().toMinutes() + " minutes, more than " + LONGEST_MINUTES);
        }
        return config;
    }

    private static AwsError invalid(String why) {
        return new AwsError(
                "InvalidTrafficRoutingConfigurationException", "The traffic routing configuration is invalid: " + why);
    }

    private ConfigAnswer get(GetConfig in) {
        DeploymentConfig config = configs.named(in.deploymentConfigName);
        int percentage = config.percentage();
        int minutes = config.intervalMinutes();
        TrafficRoutingConfig routing =
                switch (config.type()) {
                    case DeploymentConfig.LINEAR ->
                        new TrafficRoutingConfig(config.type(), null, new TimeBasedLinear(percentage, minutes));
                    case DeploymentConfig.CANARY ->
                        new TrafficRoutingConfig(config.type(), new TimeBasedCanary(percentage, minutes), null);
                    default -> new TrafficRoutingConfig(config.type(), null, null);
                };
        return new ConfigAnswer(new ConfigInfo(config.id(), config.name(), config.createTime(), "ECS", routing));
    }

    private ConfigNames list(ListConfigs in) {
        Page<String> page = Pages.of(configs.names(), in.nextToken);
        return new ConfigNames(page.items(), page.nextToken());
    }

    /** One that does not exist is deleted without complaint: AWS documents no error for it. */
    private Deleted delete(DeleteConfig in) {
        Names.require(in.deploymentConfigName, "DeploymentConfig");
        if (in.deploymentConfigName.startsWith(RESERVED_PREFIX)) {
            throw new AwsError("InvalidOperationException", "Predefined deployment configurations can't be deleted");
        }
        boolean groups = applications
                .groups()
                .anyMatch(group -> group.settings.deploymentConfigName().equals(in.deploymentConfigName));
        if (groups || deployments.activeWith(in.deploymentConfigName)) {
            throw new AwsError(
                    "DeploymentConfigInUseException",
                    "The deployment configuration is still in use: " + in.deploymentConfigName);
        }
        if (configs.remove(in.deploymentConfigName)) {
            world.log("codedeploy deployment configuration %s deleted", in.deploymentConfigName);
        }
        return new Deleted();
    }

    record CreateConfig(
            String deploymentConfigName, TrafficRoutingConfig trafficRoutingConfig, String computePlatform) {}

    record CreatedConfig(String deploymentConfigId) {}

    record GetConfig(String deploymentConfigName) {}

    record ConfigAnswer(ConfigInfo deploymentConfigInfo) {}

    record ConfigInfo(
            String deploymentConfigId,
            String deploymentConfigName,
            Instant createTime,
            String computePlatform,
            TrafficRoutingConfig trafficRoutingConfig) {}

    record TrafficRoutingConfig(String type, TimeBasedCanary timeBasedCanary, TimeBasedLinear timeBasedLinear) {}

    record TimeBasedCanary(Integer canaryPercentage, Integer canaryInterval) {}

    record TimeBasedLinear(Integer linearPercentage, Integer linearInterval) {}

    record ListConfigs(String nextToken) {}

    record ConfigNames(List<String> deploymentConfigsList, String nextToken) {}

    record DeleteConfig(String deploymentConfigName) {}

    record Deleted() {}
}
