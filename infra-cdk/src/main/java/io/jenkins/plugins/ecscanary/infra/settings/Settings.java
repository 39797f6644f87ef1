package io.jenkins.plugins.ecscanary.infra.settings;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What one stack is made by; see {@link Setting} for what each means. */
public record Settings(
        Place place,
        Names names,
        Task task,
        Canary canary,
        Traffic traffic,
        Discovery discovery,
        Images images,
        Access access,
        Extras extras) {

    /**
     * Where it is.
     *
     * @param zones three
     * @param network the first two numbers of its addresses, such as {@code 10.0}
     */
    public record Place(String region, List<String> zones, String network) {

        public Place {
            zones = List.copyOf(zones);
        }

        /** Of the VPC. */
        public String cidr() {
            return network + ".0.0/16";
        }

        /** Of a subnet by the third number of its addresses. */
        public String subnet(int third) {
            return network + "." + third + ".0/24";
        }
    }

    /** @param template handed on to {@code deploy.config} */
    public record Names(
            String cluster,
            String service,
            String container,
            String family,
            String repository,
            String application,
            String deploymentGroup,
            String template) {

        /** Of the service's tasks. */
        public String logGroup() {
            return "/ecs/" + service;
        }
    }

    /** @param user as the task definition has it */
    public record Task(
            int cpu,
            int memory,
            int desiredCount,
            int port,
            List<String> healthCommand,
            int stopTimeoutSeconds,
            String initialTag,
            Map<String, String> secrets,
            Optional<String> user,
            boolean readOnlyRootFilesystem,
            Optional<Integer> spotPercent,
            Optional<Scaling> scaling) {

        public Task {
            healthCommand = List.copyOf(healthCommand);
            secrets = Collections.unmodifiableMap(new TreeMap<>(secrets));
        }
    }

    /**
     * Autoscaling, by CPU or memory in percent.
     *
     * @param requests a minute and task
     */
    public record Scaling(int maxCount, Optional<Integer> cpu, Optional<Integer> memory, Optional<Integer> requests) {}

    /**
     * How it is deployed and judged.
     *
     * @param byEcs without it by CodeDeploy, to which config and plan belong
     */
    public record Canary(
            String deploymentConfig,
            Optional<TrafficPlan> plan,
            Optional<ByEcs> byEcs,
            int terminationWaitMinutes,
            double threshold,
            int datapoints,
            int minRequests) {}

    /** @param pauseAt stages, by ECS's names */
    public record ByEcs(EcsStrategy strategy, List<String> pauseAt, int pauseTimeoutMinutes, boolean circuitBreaker) {

        public ByEcs {
            pauseAt = List.copyOf(pauseAt);
        }
    }

    /** What reaches the service. */
    public record Traffic(
            String healthPath,
            int testPort,
            List<String> testCidrs,
            Optional<String> certificate,
            boolean waf,
            Optional<Cdn> cdn) {

        public Traffic {
            testCidrs = List.copyOf(testCidrs);
        }
    }

    /**
     * CloudFront.
     *
     * @param prefixList the id of the list with its addresses
     */
    public record Cdn(String prefixList, Optional<OwnName> name, List<String> cachedPaths) {

        public Cdn {
            cachedPaths = List.copyOf(cachedPaths);
        }
    }

    /** @param certificate the ARN of one in us-east-1 */
    public record OwnName(String domain, String certificate) {}

    /**
     * How tasks are reached without the load balancer.
     *
     * @param namespace Cloud Map's, of DNS
     * @param connect Service Connect's
     * @param clients networks from where
     */
    public record Discovery(Optional<String> namespace, Optional<String> connect, List<String> clients) {

        public Discovery {
            clients = List.copyOf(clients);
        }
    }

    /**
     * How many the repository keeps.
     *
     * @param existing it is there already and not the stack's
     */
    public record Images(int kept, int deployedKept, boolean existing) {}

    /**
     * Who deploys.
     *
     * @param features beyond the usual
     */
    public record Access(
            Optional<String> deployer, Optional<String> externalId, List<String> cidrs, List<String> features) {

        public Access {
            cidrs = List.copyOf(cidrs);
            features = List.copyOf(features);
        }
    }

    /** What is seen of it. */
    public record Extras(
            int logRetentionDays,
            boolean flowLogs,
            boolean moreAlarms,
            Optional<String> alarmTopic,
            Optional<Budget> budget) {}

    /** In US dollars a month. */
    public record Budget(int usd, String email) {}
}
