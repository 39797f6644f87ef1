package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import static io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Structure.lowerCamel;

/** The properties of ECS's resources. What has no behaviour in local-aws is left to ECS to refuse by name. */
final class EcsShapes {

    static final Shape TAGS = Shape.list(lowerCamel().text("Key", "Value"));

    private static final Shape PAIRS = Shape.list(lowerCamel().text("Name", "Value"));
    private static final Shape PROVIDERS =
            Shape.list(lowerCamel().whole("Base", "Weight").text("CapacityProvider"));

    static final Structure CLUSTER = lowerCamel()
            .text("ClusterName")
            .named("ClusterSettings", "settings", PAIRS)
            .texts("CapacityProviders")
            .with("DefaultCapacityProviderStrategy", PROVIDERS)
            .tree("Configuration", "ServiceConnectDefaults")
            .with("Tags", TAGS);

    private static final Shape PORTS = Shape.list(lowerCamel()
            .whole("ContainerPort", "HostPort")
            .text("Protocol", "Name", "AppProtocol", "ContainerPortRange"));

    private static final Shape LOGS =
            lowerCamel().text("LogDriver").with("Options", Shape.MapOf.TEXTS).tree("SecretOptions");

    private static final Shape HEALTH_CHECK =
            lowerCamel().texts("Command").whole("Interval", "Timeout", "Retries", "StartPeriod");

    private static final Structure CONTAINER = lowerCamel()
            .text("Name", "Image", "WorkingDirectory", "User", "Hostname", "VersionConsistency")
            .whole("Cpu", "Memory", "MemoryReservation", "StartTimeout", "StopTimeout")
            .truth("Essential", "Privileged", "ReadonlyRootFilesystem", "Interactive", "PseudoTerminal")
            .truth("DisableNetworking")
            .texts("Command", "EntryPoint", "Links", "DnsServers", "DnsSearchDomains", "DockerSecurityOptions")
            .texts("CredentialSpecs")
            .with("Environment", PAIRS)
            .with("PortMappings", PORTS)
            .with("LogConfiguration", LOGS)
            .with("HealthCheck", HEALTH_CHECK)
            .with("DockerLabels", Shape.MapOf.TEXTS)
            .tree("EnvironmentFiles", "Secrets", "LinuxParameters", "Ulimits", "MountPoints", "VolumesFrom")
            .tree("DependsOn", "ExtraHosts", "SystemControls", "ResourceRequirements", "FirelensConfiguration")
            .tree("RepositoryCredentials", "RestartPolicy");

    static final Structure TASK_DEFINITION = lowerCamel()
            .text("Family", "TaskRoleArn", "ExecutionRoleArn", "NetworkMode", "Cpu", "Memory", "PidMode", "IpcMode")
            .texts("RequiresCompatibilities")
            .truth("EnableFaultInjection")
            .with("ContainerDefinitions", Shape.list(CONTAINER))
            .tree("Volumes", "PlacementConstraints", "ProxyConfiguration", "InferenceAccelerators")
            .with("EphemeralStorage", lowerCamel().whole("SizeInGiB"))
            .tree("RuntimePlatform")
            .with("Tags", TAGS);

    private static final Shape BALANCERS = Shape.list(lowerCamel()
            .text("ContainerName", "LoadBalancerName", "TargetGroupArn")
            .whole("ContainerPort")
            .tree("AdvancedConfiguration"));

    private static final Shape NETWORK = lowerCamel()
            .with("AwsvpcConfiguration", lowerCamel().text("AssignPublicIp").texts("SecurityGroups", "Subnets"));

    private static final Shape BREAKER =
            lowerCamel().truth("Enable", "Rollback", "ResetOnHealthyTask").tree("ThresholdConfiguration");

    private static final Shape DEPLOYMENTS = lowerCamel()
            .whole("MaximumPercent", "MinimumHealthyPercent", "BakeTimeInMinutes")
            .text("Strategy")
            .with("DeploymentCircuitBreaker", BREAKER)
            .with("Alarms", lowerCamel().texts("AlarmNames").truth("Enable", "Rollback"))
            .tree("LifecycleHooks", "LinearConfiguration", "CanaryConfiguration");

    static final Structure SERVICE = lowerCamel()
            .text("Cluster", "ServiceName", "TaskDefinition", "LaunchType", "PlatformVersion", "PropagateTags")
            .text("SchedulingStrategy", "Role", "AvailabilityZoneRebalancing")
            .whole("DesiredCount", "HealthCheckGracePeriodSeconds")
            .truth("EnableECSManagedTags", "EnableExecuteCommand")
            .with("CapacityProviderStrategy", PROVIDERS)
            .with("DeploymentController", lowerCamel().text("Type"))
            .with("DeploymentConfiguration", DEPLOYMENTS)
            .with("LoadBalancers", BALANCERS)
            .with("NetworkConfiguration", NETWORK)
            .tree("ServiceRegistries", "ServiceConnectConfiguration", "VolumeConfigurations")
            .tree("VpcLatticeConfigurations", "PlacementConstraints")
            .named("PlacementStrategies", "placementStrategy", Shape.Tree.LOWER_CAMEL)
            .with("Tags", TAGS);

    private EcsShapes() {}
}
