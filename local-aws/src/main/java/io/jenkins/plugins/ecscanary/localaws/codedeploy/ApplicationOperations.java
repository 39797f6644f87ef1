package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.List;

/** CreateApplication, GetApplication, ListApplications and the predefined deployment configurations. */
final class ApplicationOperations {

    private final World world;
    private final Applications applications;

    ApplicationOperations(World world, Applications applications) {
        this.world = world;
        this.applications = applications;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateApplication", CreateApplication.class, this::create),
                Operation.of("GetApplication", GetApplication.class, this::get),
                Operation.of("ListApplications", ListPage.class, in -> new ApplicationNames(applications.names())),
                Operation.of("ListDeploymentConfigs", ListPage.class, in -> configs()),
                Operation.of("GetDeploymentConfig", GetDeploymentConfig.class, this::config));
    }

    private CreatedApplication create(CreateApplication in) {
        Applications.requireName(in.applicationName, "Application");
        if (!"ECS".equals(in.computePlatform)) {
            throw AwsError.unsupported("computePlatform "
                    + (in.computePlatform == null ? "Server (the default)" : in.computePlatform) + ", only ECS");
        }
        Application application =
                new Application(in.applicationName, world.ids().uuid(), world.now());
        applications.add(application);
        world.log("codedeploy application %s created", application.name);
        return new CreatedApplication(application.id);
    }

    private ApplicationAnswer get(GetApplication in) {
        Application application = applications.get(in.applicationName);
        return new ApplicationAnswer(
                new ApplicationInfo(application.id, application.name, application.createTime, false, "ECS"));
    }

    private static ConfigNames configs() {
        return new ConfigNames(
                DeploymentConfig.PREDEFINED.stream().map(DeploymentConfig::name).toList());
    }

    private ConfigAnswer config(GetDeploymentConfig in) {
        if (in.deploymentConfigName == null) {
            throw new AwsError(
                    "DeploymentConfigNameRequiredException", "The deployment configuration name is required");
        }
        DeploymentConfig config = DeploymentConfig.named(in.deploymentConfigName);
        int percentage = config.percentage();
        int minutes = config.intervalMinutes();
        TrafficRoutingConfig routing =
                switch (config.type()) {
                    case "TimeBasedLinear" ->
                        new TrafficRoutingConfig(config.type(), null, new TimeBasedLinear(percentage, minutes));
                    case "TimeBasedCanary" ->
                        new TrafficRoutingConfig(config.type(), new TimeBasedCanary(percentage, minutes), null);
                    default -> new TrafficRoutingConfig(config.type(), null, null);
                };
        return new ConfigAnswer(new DeploymentConfigInfo(config.name(), "ECS", routing));
    }

    static void requireFirstPage(String nextToken) {
        if (nextToken != null) {
            throw new AwsError("InvalidNextTokenException", "The next token was specified in an invalid format.");
        }
    }

    record CreateApplication(String applicationName, String computePlatform) {}

    record CreatedApplication(String applicationId) {}

    record GetApplication(String applicationName) {}

    record ApplicationAnswer(ApplicationInfo application) {}

    record ApplicationInfo(
            String applicationId,
            String applicationName,
            Instant createTime,
            boolean linkedToGitHub,
            String computePlatform) {}

    /** @param nextToken never given out: everything fits one page */
    record ListPage(String nextToken) {
        ListPage {
            requireFirstPage(nextToken);
        }
    }

    record ApplicationNames(List<String> applications) {}

    record ConfigNames(List<String> deploymentConfigsList) {}

    record GetDeploymentConfig(String deploymentConfigName) {}

    record ConfigAnswer(DeploymentConfigInfo deploymentConfigInfo) {}

    record DeploymentConfigInfo(
            String deploymentConfigName, String computePlatform, TrafficRoutingConfig trafficRoutingConfig) {}

    record TrafficRoutingConfig(String type, TimeBasedCanary timeBasedCanary, TimeBasedLinear timeBasedLinear) {}

    record TimeBasedCanary(int canaryPercentage, int canaryInterval) {}

    record TimeBasedLinear(int linearPercentage, int linearInterval) {}
}
