package io.jenkins.plugins.ecscanary.infra.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@link Settings} from the values of each.
 *
 * @param values of the right types, those with a usual value all there, and none that can't be together
 */
record SettingsBuilder(Map<Setting, Object> values) {

    /** ECS's own. */
    private static final int USUAL_PAUSE_MINUTES = 1_440;

    /** One for each region. */
    List<Settings> all() {
        List<String> regions = list(Setting.REGIONS);
        Stream<String> all = regions.isEmpty() ? Stream.of(text(Setting.REGION)) : regions.stream();
        return all.map(this::one).toList();
    }

    private Settings one(String region) {
        return new Settings(
                place(region), names(), task(), canary(), traffic(), discovery(), images(), access(), extras());
    }

    private Settings.Place place(String region) {
        List<String> zones = list(Setting.ZONES);
        String network = text(Setting.NETWORK);
        return new Settings.Place(
                region,
                zones.isEmpty() ? List.of(region + "a", region + "b", region + "c") : zones,
                network.substring(0, network.indexOf(".0.0/")));
    }

    private Settings.Names names() {
        String service = text(Setting.SERVICE);
        return new Settings.Names(
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
    private Settings.Task task() {
        Optional<Settings.Scaling> scaling = optional(Setting.MAX_COUNT, Integer.class)
                .map(most -> new Settings.Scaling(
                        most,
                        optional(Setting.SCALE_CPU, Integer.class),
                        optional(Setting.SCALE_MEMORY, Integer.class),
                        optional(Setting.SCALE_REQUESTS, Integer.class)));
        return new Settings.Task(
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

    private Settings.Canary canary() {
        return new Settings.Canary(
                optional(Setting.DEPLOYMENT_CONFIG, String.class)
                        .orElse("CodeDeployDefault.ECSLinear10PercentEvery1Minutes"),
                optional(Setting.TRAFFIC_PLAN, TrafficPlan.class),
                optional(Setting.ECS_STRATEGY, EcsStrategy.class).map(this::byEcs),
                number(Setting.TERMINATION_WAIT),
                (Double) values.get(Setting.SUCCESS_RATE_THRESHOLD),
                number(Setting.SUCCESS_RATE_DATAPOINTS),
                number(Setting.MIN_REQUESTS));
    }

    private Settings.ByEcs byEcs(EcsStrategy strategy) {
        return new Settings.ByEcs(
                strategy,
                list(Setting.PAUSE_AT),
                optional(Setting.PAUSE_TIMEOUT, Integer.class).orElse(USUAL_PAUSE_MINUTES),
                on(Setting.CIRCUIT_BREAKER));
    }

    private Settings.Traffic traffic() {
        return new Settings.Traffic(
                text(Setting.HEALTH_PATH),
                number(Setting.TEST_LISTENER_PORT),
                list(Setting.TEST_LISTENER_CIDRS),
                optional(Setting.CERTIFICATE, String.class),
                on(Setting.WAF),
                optional(Setting.CLOUDFRONT_PREFIX_LIST, String.class).map(this::cdn));
    }

    private Settings.Cdn cdn(String prefixList) {
        return new Settings.Cdn(
                prefixList,
                optional(Setting.CLOUDFRONT_DOMAIN, String.class)
                        .map(domain -> new Settings.OwnName(domain, text(Setting.CLOUDFRONT_CERTIFICATE))),
                list(Setting.CLOUDFRONT_CACHED_PATHS));
    }

    private Settings.Discovery discovery() {
        return new Settings.Discovery(
                optional(Setting.DISCOVERY_NAMESPACE, String.class),
                optional(Setting.SERVICE_CONNECT_NAMESPACE, String.class),
                list(Setting.CLIENT_CIDRS));
    }

    private Settings.Images images() {
        return new Settings.Images(
                number(Setting.KEEP_IMAGES), number(Setting.KEEP_DEPLOYED_IMAGES), on(Setting.EXISTING_REPOSITORY));
    }

    private Settings.Access access() {
        return new Settings.Access(
                optional(Setting.DEPLOYER, String.class),
                optional(Setting.DEPLOYER_EXTERNAL_ID, String.class),
                list(Setting.DEPLOYER_CIDRS),
                list(Setting.DEPLOYER_FEATURES));
    }

    private Settings.Extras extras() {
        Optional<Settings.Budget> budget = optional(Setting.BUDGET_USD, Integer.class)
                .map(usd -> new Settings.Budget(usd, text(Setting.BUDGET_EMAIL)));
        return new Settings.Extras(
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
