package io.jenkins.plugins.ecscanary.infra.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What can't be together. Each is a sentence that says why and what to do. */
final class SettingsRules {

    private final Map<Setting, Object> values;
    private final List<String> problems = new ArrayList<>();

    private SettingsRules(Map<Setting, Object> values) {
        this.values = values;
    }

    /** @param values of the right types, those with a usual value all there */
    static List<String> problems(Map<Setting, Object> values) {
        SettingsRules rules = new SettingsRules(values);
        rules.task();
        rules.traffic();
        rules.problems.addAll(EcsRules.problems(values));
        rules.problems.addAll(CloudFrontRules.problems(values));
        rules.discovery();
        rules.scaling();
        rules.regions();
        rules.telling();
        return rules.problems;
    }

    private void task() {
        int cpu = (Integer) values.get(Setting.CPU);
        int memory = (Integer) values.get(Setting.MEMORY);
        FargateSizes size = FargateSizes.of(cpu);
        if (!size.has(memory)) {
            problems.add("memory: Fargate has no task of " + cpu + " CPU units with " + memory + " MiB; choose "
                    + size.told());
        }
    }

    private void traffic() {
        if (has(Setting.TRAFFIC_PLAN) && has(Setting.DEPLOYMENT_CONFIG)) {
            problems.add(
                    "trafficPlan: it makes a deployment config, and deploymentConfig names another; set one of them");
        }
        List<Integer> production = List.of(80, 443);
        if (production.contains((Integer) values.get(Setting.TEST_LISTENER_PORT))) {
            problems.add("testListenerPort: 80 and 443 are production's; choose another, such as 9001");
        }
        String tag = (String) values.get(Setting.INITIAL_TAG);
        if (!tag.startsWith("deployed-")) {
            problems.add("initialTag: an image tagged " + tag
                    + " would be expired while the service still runs it; choose" + " one that begins with deployed-");
        }
    }

    private void discovery() {
        List<Setting> named = Stream.of(Setting.DISCOVERY_NAMESPACE, Setting.SERVICE_CONNECT_NAMESPACE)
                .filter(this::has)
                .toList();
        if (!has(Setting.CLIENT_CIDRS)) {
            named.forEach(setting -> problems.add(setting.context()
                    + ": tasks are reached from the load balancer only, so its names would be of no use; say with clientCidrs"
                    + " who else may connect"));
        } else if (named.isEmpty()) {
            problems.add(
                    "clientCidrs: it opens the tasks to clients that have no name for them; set discoveryNamespace or"
                            + " serviceConnectNamespace, or leave it out");
        }
        if (has(Setting.SERVICE_CONNECT_NAMESPACE) && !has(Setting.ECS_STRATEGY)) {
            problems.add(
                    "serviceConnectNamespace: ECS has no Service Connect for a service that CodeDeploy deploys; set"
                            + " ecsStrategy, or use discoveryNamespace");
        }
        if (named.size() == 2 && values.get(named.get(0)).equals(values.get(named.get(1)))) {
            problems.add(
                    "serviceConnectNamespace: discoveryNamespace has the same name, and two namespaces can't; give it"
                            + " another");
        }
    }

    private void scaling() {
        boolean targets = Stream.of(Setting.SCALE_CPU, Setting.SCALE_MEMORY, Setting.SCALE_REQUESTS)
                .anyMatch(this::has);
        if (has(Setting.MAX_COUNT) != targets) {
            problems.add(
                    "maxCount: autoscaling takes it and at least one of scaleAtCpu, scaleAtMemory and scaleAtRequests;"
                            + " set both or neither");
        }
        int desired = (Integer) values.get(Setting.DESIRED_COUNT);
        if (has(Setting.MAX_COUNT) && (Integer) values.get(Setting.MAX_COUNT) < Math.max(1, desired)) {
            problems.add("maxCount: it is below desiredCount, which is " + desired + "; raise it");
        }
        if (has(Setting.SPOT_PERCENT) && desired < 2) {
            problems.add("spotPercent: the first task is never on Spot, and there is no second; raise desiredCount");
        }
    }

    private void regions() {
        String region = (String) values.get(Setting.REGION);
        if (has(Setting.REGIONS)) {
            Stream.of(
                            Setting.ZONES,
                            Setting.CERTIFICATE,
                            Setting.CLOUDFRONT_PREFIX_LIST,
                            Setting.SECRETS,
                            Setting.ALARM_TOPIC)
                    .filter(this::has)
                    .forEach(setting -> problems.add(setting.context()
                            + ": it is of one region, and regions names several; synthesize each region by itself with"
                            + " region"));
            if (has(Setting.BUDGET_USD)) {
                problems.add("budgetUsd: a budget is the account's, and regions would make one in each; set it in one"
                        + " region by itself");
            }
            return;
        }
        if (has(Setting.ZONES)) {
            for (Object zone : (List<?>) values.get(Setting.ZONES)) {
                if (!((String) zone).startsWith(region)) {
                    problems.add("zones: " + zone + " is not in " + region + ", which region says");
                }
            }
        }
        inRegion(Setting.CERTIFICATE, (String) values.get(Setting.CERTIFICATE), region);
        inRegion(Setting.ALARM_TOPIC, (String) values.get(Setting.ALARM_TOPIC), region);
        if (has(Setting.SECRETS)) {
            ((Map<?, ?>) values.get(Setting.SECRETS))
                    .values()
                    .forEach(arn -> inRegion(Setting.SECRETS, (String) arn, region));
        }
    }

    private void inRegion(Setting setting, String arn, String region) {
        if (arn != null && !arn.split(":", -1)[3].equals(region)) {
            problems.add(setting.context() + ": " + arn + " is not in " + region + ", which region says");
        }
    }

    private void telling() {
        if (has(Setting.BUDGET_USD) != has(Setting.BUDGET_EMAIL)) {
            problems.add("budgetUsd: a budget tells someone, budgetEmail; set both or neither");
        }
    }

    private boolean has(Setting setting) {
        return values.containsKey(setting);
    }
}
