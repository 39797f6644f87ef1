package io.jenkins.plugins.ecscanary.infra.settings;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What one stack is made by; see {@link Setting} for what each means. */
public record Settings(
        Place place,
        Names names,
        Task task,
        Canary canary,
        Traffic traffic,
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

    /** Autoscaling, by CPU or memory, in percent. */
    public record Scaling(int maxCount, Optional<Integer> cpu, Optional<Integer> memory) {}

    /** How it is deployed and judged. */
    public record Canary(
            String deploymentConfig,
            Optional<TrafficPlan> plan,
            int terminationWaitMinutes,
            double threshold,
            int datapoints,
            int minRequests) {}

    /** What reaches the service. */
    public record Traffic(
            String healthPath, int testPort, List<String> testCidrs, Optional<String> certificate, boolean waf) {

        public Traffic {
            testCidrs = List.copyOf(testCidrs);
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

    /** One for each region. */
    static List<Settings> of(Map<Setting, Object> values) {
        return new Builder(values).all();
    }

    private record Builder(Map<Setting, Object> values) {

        List<Settings> all() {
            List<String> regions = list(Setting.REGIONS);
            Stream<String> all = regions.isEmpty() ? Stream.of(text(Setting.REGION)) : regions.stream();
            return all.map(this::one).toList();
        }

        private Settings one(String region) {
            return new Settings(place(region), names(), task(), canary(), traffic(), images(), access(), extras());
        }

        private Place place(String region) {
            List<String> zones = list(Setting.ZONES);
            String network = text(Setting.NETWORK);
            return new Place(
                    region,
                    zones.isEmpty() ? List.of(region + "a", region + "b", region + "c") : zones,
                    network.substring(0, network.indexOf(".0.0/")));
        }

        private Names names() {
            String service = text(Setting.SERVICE);
            return new Names(
                    text(Setting.CLUSTER),
                    service,
                    text(Setting.CONTAINER),
                    optional(Setting.FAMILY, String.class).orElse(service),
                    text(Setting.REPOSITORY),
                    optional(Setting.APPLICATION, String.class).orElse(service),
                    optional(Setting.DEPLOYMENT_GROUP, String.class).orElse(service),
                    text(Setting.TEMPLATE));
        }

        @SuppressWarnings("unchecked")
        private Task task() {
            Optional<Scaling> scaling = optional(Setting.MAX_COUNT, Integer.class)
                    .map(most -> new Scaling(
                            most,
                            optional(Setting.SCALE_CPU, Integer.class),
                            optional(Setting.SCALE_MEMORY, Integer.class)));
            return new Task(
                    number(Setting.CPU),
                    number(Setting.MEMORY),
                    number(Setting.DESIRED_COUNT),
                    number(Setting.PORT),
                    list(Setting.HEALTH_COMMAND),
                    number(Setting.STOP_TIMEOUT),
                    text(Setting.INITIAL_TAG),
                    (Map<String, String>) values.getOrDefault(Setting.SECRETS, Map.of()),
                    optional(Setting.USER, String.class),
                    on(Setting.READ_ONLY),
                    optional(Setting.SPOT_PERCENT, Integer.class),
                    scaling);
        }

        private Canary canary() {
            return new Canary(
                    optional(Setting.DEPLOYMENT_CONFIG, String.class)
                            .orElse("CodeDeployDefault.ECSLinear10PercentEvery1Minutes"),
                    optional(Setting.TRAFFIC_PLAN, TrafficPlan.class),
                    number(Setting.TERMINATION_WAIT),
                    (Double) values.get(Setting.SUCCESS_RATE_THRESHOLD),
                    number(Setting.SUCCESS_RATE_DATAPOINTS),
                    number(Setting.MIN_REQUESTS));
        }

        private Traffic traffic() {
            return new Traffic(
                    text(Setting.HEALTH_PATH),
                    number(Setting.TEST_LISTENER_PORT),
                    list(Setting.TEST_LISTENER_CIDRS),
                    optional(Setting.CERTIFICATE, String.class),
                    on(Setting.WAF));
        }

        private Images images() {
            return new Images(
                    number(Setting.KEEP_IMAGES), number(Setting.KEEP_DEPLOYED_IMAGES), on(Setting.EXISTING_REPOSITORY));
        }

        private Access access() {
            return new Access(
                    optional(Setting.DEPLOYER, String.class),
                    optional(Setting.DEPLOYER_EXTERNAL_ID, String.class),
                    list(Setting.DEPLOYER_CIDRS),
                    list(Setting.DEPLOYER_FEATURES));
        }

        private Extras extras() {
            Optional<Budget> budget =
                    optional(Setting.BUDGET_USD, Integer.class).map(usd -> new Budget(usd, text(Setting.BUDGET_EMAIL)));
            return new Extras(
                    number(Setting.LOG_RETENTION),
                    on(Setting.FLOW_LOGS),
                    on(Setting.MORE_ALARMS),
                    optional(Setting.ALARM_TOPIC, String.class),
                    budget);
        }

        private String text(Setting setting) {
            return (String) values.get(setting);
        }

        private int number(Setting setting) {
            return (Integer) values.get(setting);
        }

        private boolean on(Setting setting) {
            return (Boolean) values.get(setting);
        }

        @SuppressWarnings("unchecked")
        private List<String> list(Setting setting) {
            return (List<String>) values.getOrDefault(setting, List.of());
        }

        private <T> Optional<T> optional(Setting setting, Class<T> type) {
            return Optional.ofNullable(values.get(setting)).map(type::cast);
        }
    }
}
