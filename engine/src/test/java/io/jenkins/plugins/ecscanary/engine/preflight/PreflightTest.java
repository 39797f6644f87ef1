package io.jenkins.plugins.ecscanary.engine.preflight;

import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.CLUSTER;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.GROUP;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.GROUP_A;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.GROUP_B;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.LINEAR;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.LISTENER;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.NEW_DIGEST;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.OLD_DIGEST;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.REGION;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.REPOSITORY;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.SERVICE;
import static io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome.PASSED;
import static io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome.REFUSED;
import static io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome.WARNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ServiceSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.GroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure.Kind;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.aws.SuccessRateAlarm;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest.Registered;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest.Rendered;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest.Source;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PreflightTest {

    private static final Instant NOW = Instant.parse("2026-11-23T18:30:00Z");
    private static final String IMAGE = REPOSITORY + ":1.5.0";
    private static final String OLD = FakeAws.taskDefinitionArn("web", 11);
    private static final Set<String> READS = Set.of(
            "identity",
            "service",
            "taskDefinition",
            "deploymentGroup",
            "deploymentConfig",
            "listDeployments",
            "deployments",
            "listeners",
            "targetGroups",
            "targetHealth",
            "alarms",
            "alarmDifferences",
            "imageDigest");

    /** What is asked for; the default fits {@link FakeAws#shop()}. */
    private static final class Ask {
        private String cluster = CLUSTER;
        private String service = SERVICE;
        private CodeDeployGroup group = GROUP;
        private TrafficPlan traffic;
        private List<String> alarms = List.of();
        private Source source = rendered(IMAGE, IMAGE, "web", 3000);
        private DeploymentOptions options = DeploymentOptions.DEFAULT;

        PreflightResult of(FakeAws aws) {
            DeploymentRequest request = new DeploymentRequest(
                    cluster,
                    service,
                    source,
                    group,
                    traffic,
                    Criterion.REFERENCE,
                    alarms,
                    DeploymentRequest.REFERENCE_MILESTONES,
                    Duration.ofHours(1),
                    "ann",
                    "deploy",
                    null,
                    options);
            PreflightResult result = new Preflight(aws, REGION, NOW).check(request, aws.identity(), KnownScans.NONE);
            assertThat(aws.calls()).allSatisfy(call -> assertThat(READS).contains(call.split(" ")[0]));
            assertThat(result.ready().isPresent())
                    .as("ready exactly if nothing refused: %s", result.checks())
                    .isEqualTo(result.checks().stream().noneMatch(check -> check.outcome() == REFUSED));
            return result;
        }
    }

    private static Rendered rendered(String image, String inTemplate, String container, int port) {
        return new Rendered(
                """
                {"family":"web","containerDefinitions":[{"name":"%s","image":"%s",
                "portMappings":[{"containerPort":%d}]}]}"""
                        .formatted(container, inTemplate, port),
                image,
                null);
    }

    /** Containers as JSON with single quotes and IMAGE for the image to deploy. */
    private static Rendered containers(String json) {
        return new Rendered(
                "{\"family\":\"web\",\"containerDefinitions\":["
                        + json.replace('\'', '"').replace("IMAGE", IMAGE) + "]}",
                IMAGE,
                null);
    }

    /** The application beside a proxy that takes the traffic. */
    private static Rendered beside(String image, String container) {
        return new Rendered(
                containers("{'name':'web','image':'envoy:1','portMappings':[{'containerPort':3000}]},"
                                + "{'name':'app','image':'IMAGE'}")
                        .json(),
                image,
                container);
    }

    private static Check check(PreflightResult result, String name) {
        List<Check> named = result.checks().stream()
                .filter(check -> check.name().equals(name))
                .toList();
        assertThat(named).as("checks named %s in %s", name, result.checks()).hasSize(1);
        return named.get(0);
    }

    @Test
    void aTimeOutThatTheDeploymentMustRunIntoIsRefused() {
        PreflightResult result =
                new Ask().of(FakeAws.shop().group(g -> waits(g, Duration.ofMinutes(60), Duration.ZERO)));
        Check check = check(result, "timeout");
        assertThat(check.outcome()).isEqualTo(REFUSED);
        assertThat(check.detail()).contains("1 h 9 min", "1 h 0 min");
    }

    @Test
    void aGroupThatWaitsForSomeoneBeforeTheShiftIsAllowedAndSaysSo() {
        PreflightResult result =
                new Ask().of(FakeAws.shop().group(g -> waits(g, Duration.ofMinutes(5), Duration.ofMinutes(30))));
        assertThat(check(result, "ready-wait").outcome()).isEqualTo(WARNED);
        assertThat(check(result, "ready-wait").detail()).contains("30 min").doesNotContain("time-out");
        assertThat(result.ready().orElseThrow().readyWait()).isEqualTo(Duration.ofMinutes(30));
        PreflightResult longer =
                new Ask().of(FakeAws.shop().group(g -> waits(g, Duration.ofMinutes(5), Duration.ofHours(3))));
        assertThat(check(longer, "ready-wait").detail()).contains("time-out of 1 h 0 min comes first");
    }

    private static GroupSeen waits(GroupSeen g, Duration termination, Duration ready) {
        return new GroupSeen(
                g.computePlatform(),
                g.cluster(),
                g.service(),
                g.config(),
                g.targetGroups(),
                g.prodListenerArn(),
                g.testListenerArn(),
                g.autoRollback(),
                g.alarms(),
                termination,
                ready);
    }

    @Test
    void allIsWell() {
        PreflightResult result = new Ask().of(FakeAws.shop());
        assertThat(result.checks())
                .allSatisfy(check ->
                        assertThat(check.outcome()).as(check.toString()).isEqualTo(PASSED));
        assertThat(result.checks())
                .extracting(Check::name)
                .containsExactly(
                        "identity",
                        "cluster-service",
                        "controller",
                        "group",
                        "config",
                        "group-free",
                        "auto-rollback",
                        "timeout",
                        "listener-weights",
                        "targets",
                        "alarms",
                        "alarm-targets",
                        "template",
                        "container",
                        "image",
                        "original");
        assertThat(result.ready())
                .contains(new Ready(
                        new ServiceKey(FakeAws.ACCOUNT, REGION, CLUSTER, SERVICE),
                        LISTENER,
                        FakeAws.LOAD_BALANCER,
                        GROUP_A,
                        new Revision(OLD, "web", REPOSITORY + "@" + OLD_DIGEST, OLD_DIGEST),
                        GROUP_B,
                        "web",
                        3000,
                        "web",
                        REPOSITORY + "@" + NEW_DIGEST,
                        NEW_DIGEST,
                        LINEAR,
                        new TrafficPlan.Linear(10, Duration.ofMinutes(1)),
                        Duration.ofMinutes(5),
                        Duration.ZERO,
                        List.of("web-b-success-rate"),
                        List.of("web-b-success-rate"),
                        List.of()));
    }

    @Test
    void afterAnOddNumberOfDeploymentsTheSidesHaveSwapped() {
        FakeAws aws = FakeAws.shop();
        aws.weights(LISTENER, 0, 100).health(GROUP_B, "healthy");
        aws.service(s -> withTaskSets(s, new Aws.TaskSetSeen("ecs-svc/2", "d-0", "PRIMARY", OLD, 2, 2, 0, GROUP_B)));
        Ready ready = new Ask().of(aws).ready().orElseThrow();
        assertThat(ready.originalTargetGroupArn()).isEqualTo(GROUP_B);
        assertThat(ready.replacementTargetGroupArn()).isEqualTo(GROUP_A);
        assertThat(ready.overrideAlarms()).containsExactly("web-a-success-rate");
    }

    @Test
    void aListenerThatNeverHadTheOtherTargetGroupIsClean() {
        FakeAws aws = FakeAws.shop().weights(LISTENER, Map.of(GROUP_A, 100));
        assertThat(new Ask().of(aws).ready().orElseThrow().replacementTargetGroupArn())
                .isEqualTo(GROUP_B);
    }

    private static Arguments refused(
            String what, Consumer<FakeAws> world, Consumer<Ask> ask, String check, String... texts) {
        return arguments(what, world, ask, REFUSED, check, List.of(texts));
    }

    private static Arguments warned(
            String what, Consumer<FakeAws> world, Consumer<Ask> ask, String check, String... texts) {
        return arguments(what, world, ask, WARNED, check, List.of(texts));
    }

    private static Arguments passed(
            String what, Consumer<FakeAws> world, Consumer<Ask> ask, String check, String... texts) {
        return arguments(what, world, ask, PASSED, check, List.of(texts));
    }

    private static final Consumer<FakeAws> AS_IS = aws -> {};
    private static final Consumer<Ask> THE_USUAL = ask -> {};

    static Stream<Arguments> cases() {
        return Stream.of(
                refused("no cluster", AS_IS, a -> a.cluster = "shop2", "cluster-service", "ClusterNotFoundException"),
                refused(
                        "no service",
                        AS_IS,
                        a -> a.service = "wob",
                        "cluster-service",
                        "there is no service shop/wob in"),
                refused(
                        "service being deleted",
                        w -> w.service(s -> service(s, "DRAINING", "CODE_DEPLOY", s.loadBalancers())),
                        THE_USUAL,
                        "cluster-service",
                        "is DRAINING"),
                refused(
                        "no load balancer",
                        w -> w.service(s -> service(s, "ACTIVE", "CODE_DEPLOY", List.of())),
                        THE_USUAL,
                        "cluster-service",
                        "has no load balancer"),
                refused(
                        "ECS controller",
                        w -> w.service(s -> service(s, "ACTIVE", "ECS", s.loadBalancers())),
                        THE_USUAL,
                        "controller",
                        "is ECS",
                        "LINEAR, CANARY or BLUE_GREEN",
                        "CODE_DEPLOY"),
                refused(
                        "EXTERNAL controller",
                        w -> w.service(s -> service(s, "ACTIVE", "EXTERNAL", s.loadBalancers())),
                        THE_USUAL,
                        "controller",
                        "task sets"),
                refused("no group", w -> w.removeGroup(GROUP), THE_USUAL, "group", "there is no deployment group"),
                refused(
                        "group of another platform",
                        w -> w.group(g -> group(g, "Server", g.service(), g.targetGroups(), LISTENER)),
                        THE_USUAL,
                        "group",
                        "compute platform Server"),
                refused(
                        "group of another service",
                        w -> w.group(g -> group(g, "ECS", "api", g.targetGroups(), LISTENER)),
                        THE_USUAL,
                        "group",
                        "is for the service shop/api, not shop/web"),
                refused(
                        "group with one target group",
                        w -> w.group(g -> group(g, "ECS", SERVICE, List.of("web-a"), LISTENER)),
                        THE_USUAL,
                        "group",
                        "has 1 target groups"),
                refused(
                        "group without a listener",
                        w -> w.group(g -> group(g, "ECS", SERVICE, g.targetGroups(), null)),
                        THE_USUAL,
                        "group",
                        "no production listener"),
                refused(
                        "no such config",
                        AS_IS,
                        a -> a.group = new CodeDeployGroup("shop-app", "web-group", "mine"),
                        "config",
                        "there is no deployment config mine",
                        LINEAR),
                refused(
                        "config of another platform",
                        w -> w.config("lambda", null),
                        a -> a.group = new CodeDeployGroup("shop-app", "web-group", "lambda"),
                        "config",
                        "another compute platform"),
                passed(
                        "a plan that a config of AWS's own has",
                        w -> w.config(
                                "CodeDeployDefault.ECSCanary10Percent5Minutes",
                                new TrafficPlan.Canary(10, Duration.ofMinutes(5))),
                        a -> a.traffic = new TrafficPlan.Canary(10, Duration.ofMinutes(5)),
                        "config",
                        "CodeDeployDefault.ECSCanary10Percent5Minutes: 10 % for 5 minutes, then all"),
                refused(
                        "another plan than the named config's",
                        AS_IS,
                        a -> {
                            a.traffic = new TrafficPlan.Canary(10, Duration.ofMinutes(5));
                            a.group = new CodeDeployGroup("shop-app", "web-group", LINEAR);
                        },
                        "config",
                        "10 % every minute",
                        "use the deployment config CodeDeployDefault.ECSCanary10Percent5Minutes"),
                refused(
                        "a plan for a config of one's own",
                        AS_IS,
                        a -> a.traffic = new TrafficPlan.Linear(20, Duration.ofMinutes(2)),
                        "config",
                        "TimeBasedLinear, 20 % every 2 min"),
                refused(
                        "a canary for a config of one's own",
                        AS_IS,
                        a -> a.traffic = new TrafficPlan.Canary(5, Duration.ofMinutes(2)),
                        "config",
                        "TimeBasedCanary, 5 % for 2 min"),
                refused(
                        "weights CodeDeploy cannot do",
                        AS_IS,
                        a -> a.traffic = new TrafficPlan.Weights(List.of(10, 20, 50, 70, 100), Duration.ofMinutes(1)),
                        "config",
                        "CodeDeploy shifts only in equal steps",
                        "milestones"),
                refused(
                        "half minutes",
                        AS_IS,
                        a -> a.traffic = new TrafficPlan.Linear(10, Duration.ofSeconds(90)),
                        "config",
                        "in whole minutes"),
                passed(
                        "the same plan in other words",
                        AS_IS,
                        a -> a.traffic = new TrafficPlan.Weights(
                                List.of(10, 20, 30, 40, 50, 60, 70, 80, 90, 100), Duration.ofMinutes(1)),
                        "config",
                        "10 % every minute"),
                refused(
                        "busy",
                        w -> {
                            w.now(NOW.minusSeconds(260)).deployment("d-BUSY", "InProgress", "ecs-canary t7 by bob");
                            w.service(s -> withTaskSets(
                                    s,
                                    s.taskSets().get(0),
                                    new Aws.TaskSetSeen(
                                            "ecs-svc/2",
                                            "d-BUSY",
                                            "ACTIVE",
                                            FakeAws.taskDefinitionArn("web", 12),
                                            2,
                                            2,
                                            0,
                                            GROUP_B)));
                        },
                        THE_USUAL,
                        "group-free",
                        "d-BUSY \"ecs-canary t7 by bob\" of web:12",
                        "InProgress since 2026-11-23T18:25:40Z (4 min)",
                        "aws deploy stop-deployment --deployment-id d-BUSY"),
                refused(
                        "waiting to be continued",
                        w -> w.deployment("d-R", "Ready", null),
                        THE_USUAL,
                        "group-free",
                        "d-R, created by user, Ready"),
                refused(
                        "in a status that is not known yet",
                        w -> w.deployment("d-N", "Pausing", null),
                        THE_USUAL,
                        "group-free",
                        "d-N, created by user, Pausing"),
                passed(
                        "only ended deployments",
                        w -> w.deployment("d-1", "Succeeded", "x").deployment("d-2", "Stopped", "x"),
                        THE_USUAL,
                        "group-free",
                        "no deployment is active"),
                warned(
                        "auto-rollback incomplete",
                        w -> w.group(g -> rollback(g, List.of("DEPLOYMENT_FAILURE"))),
                        THE_USUAL,
                        "auto-rollback",
                        "DEPLOYMENT_STOP_ON_ALARM, DEPLOYMENT_STOP_ON_REQUEST"),
                refused(
                        "weights split",
                        w -> w.weights(LISTENER, 60, 40),
                        THE_USUAL,
                        "listener-weights",
                        "web-a 60 %, web-b 40 %"),
                refused(
                        "weights on neither",
                        w -> w.weights(LISTENER, 0, 0),
                        THE_USUAL,
                        "listener-weights",
                        "web-a 0 %, web-b 0 %"),
                refused(
                        "a listener that does not forward",
                        w -> w.weights(LISTENER, Map.of()),
                        THE_USUAL,
                        "listener-weights",
                        "to no target group"),
                refused(
                        "traffic to a stranger",
                        w -> w.weights(LISTENER, Map.of(FakeAws.targetGroupArn("other"), 100)),
                        THE_USUAL,
                        "listener-weights",
                        "other 100 %"),
                refused(
                        "listener reset to the empty target group",
                        w -> w.weights(LISTENER, 0, 100),
                        THE_USUAL,
                        "listener-weights",
                        "PRIMARY task set is in the other target group"),
                refused(
                        "no listener",
                        w -> w.group(g -> group(g, "ECS", SERVICE, g.targetGroups(), "gone")),
                        THE_USUAL,
                        "listener-weights",
                        "ListenerNotFound"),
                refused(
                        "no such target group",
                        w -> w.group(g -> group(g, "ECS", SERVICE, List.of("web-a", "web-c"), LISTENER)),
                        THE_USUAL,
                        "listener-weights",
                        "target group web-c does not exist"),
                warned(
                        "one target ill",
                        w -> w.health(GROUP_A, "healthy", "unhealthy"),
                        THE_USUAL,
                        "targets",
                        "1 of 2 targets in web-a",
                        "127.0.0.2:3000 unhealthy"),
                refused(
                        "all targets ill",
                        w -> w.health(GROUP_A, "unhealthy"),
                        THE_USUAL,
                        "targets",
                        "no target in web-a is healthy"),
                refused("no target", w -> w.health(GROUP_A), THE_USUAL, "targets", "it has none"),
                warned(
                        "another health check for the replacement",
                        w -> w.put(new Aws.TargetGroupSeen(GROUP_A, "web-a", "ip", "HTTP", "traffic-port", "/health"))
                                .put(new Aws.TargetGroupSeen(GROUP_B, "web-b", "ip", "HTTP", "8081", "/status")),
                        THE_USUAL,
                        "health-checks",
                        "target group web-a checks health by /health, but web-b, the replacement, by /status on port 8081"),
                refused(
                        "red alarm of the replacement",
                        w -> w.alarm("web-b-success-rate", "ALARM"),
                        THE_USUAL,
                        "alarms",
                        "alarm web-b-success-rate is in ALARM since"),
                warned(
                        "red alarm of the original",
                        w -> w.alarm("web-a-success-rate", "ALARM"),
                        THE_USUAL,
                        "alarms",
                        "of the original target group is in ALARM; it does not stop"),
                warned(
                        "alarm without data",
                        w -> w.alarm("web-b-success-rate", "INSUFFICIENT_DATA"),
                        THE_USUAL,
                        "alarms",
                        "has INSUFFICIENT_DATA"),
                refused("missing alarm", AS_IS, a -> a.alarms = List.of("nope"), "alarms", "alarm nope does not exist"),
                refused(
                        "too many alarms",
                        w -> IntStream.range(0, 10).forEach(i -> w.alarm("x" + i, "OK")),
                        a -> a.alarms =
                                IntStream.range(0, 10).mapToObj(i -> "x" + i).toList(),
                        "alarms",
                        "11 alarms are wanted"),
                warned("no alarm", w -> w.group(g -> alarms(g)), THE_USUAL, "alarms", "no alarm stops this deployment"),
                refused(
                        "no such tag",
                        AS_IS,
                        a -> a.source = rendered(REPOSITORY + ":9", REPOSITORY + ":9", "web", 3000),
                        "image",
                        REPOSITORY + ":9 is not in ECR",
                        "push it"),
                refused(
                        "no such digest",
                        AS_IS,
                        a -> {
                            String gone = REPOSITORY + "@sha256:" + "c".repeat(64);
                            a.source = rendered(gone, gone, "web", 3000);
                        },
                        "image",
                        "lifecycle policy"),
                refused(
                        "no image at all",
                        AS_IS,
                        a -> a.source = rendered("Web App", "Web App", "web", 3000),
                        "image",
                        "is no repository name"),
                warned(
                        "another registry",
                        AS_IS,
                        a -> a.source = rendered("nginx:1.27", "nginx:1.27", "web", 3000),
                        "image",
                        "not in ECR, so it was not checked"),
                warned(
                        "another account's registry",
                        w -> w.image("999999999999.dkr.ecr.us-east-1.amazonaws.com/web", "1", NEW_DIGEST),
                        a -> {
                            String far = "999999999999.dkr.ecr.us-east-1.amazonaws.com/web:1";
                            a.source = rendered(far, far, "web", 3000);
                        },
                        "image",
                        "(account 999999999999, region us-east-1)"),
                refused(
                        "no such container",
                        AS_IS,
                        a -> a.source = new Rendered(((Rendered) a.source).json(), IMAGE, "wep"),
                        "container",
                        "has no container wep; did you mean web?"),
                refused(
                        "not the load balancer's container",
                        AS_IS,
                        a -> a.source = rendered(IMAGE, IMAGE, "app", 3000),
                        "container",
                        "has no container web, to which the service's load balancer sends requests"),
                refused(
                        "several containers",
                        AS_IS,
                        a -> a.source = new Rendered(
                                "{\"family\":\"web\",\"containerDefinitions\":[{\"name\":\"web\"},{\"name\":\"log\"}]}",
                                IMAGE,
                                null),
                        "container",
                        "web with none, log with none",
                        "name the container"),
                passed(
                        "a sidecar takes the traffic, the image is where the placeholder was",
                        AS_IS,
                        a -> a.source = beside(IMAGE, null),
                        "container",
                        "image is for container app",
                        "go to container web, port 3000"),
                passed(
                        "a sidecar takes the traffic, the image's container is named",
                        AS_IS,
                        a -> a.source = beside(IMAGE, "app"),
                        "container",
                        "image is for container app"),
                refused(
                        "the container named has another image",
                        AS_IS,
                        a -> a.source = beside(IMAGE, "web"),
                        "container",
                        "container web has the image \"envoy:1\", not the one to deploy"),
                refused(
                        "the sidecar does not take the traffic",
                        AS_IS,
                        a -> a.source = containers("{'name':'web','image':'envoy:1'},{'name':'app','image':'IMAGE',"
                                + "'portMappings':[{'containerPort':3000}]}"),
                        "container",
                        "container web maps no port 3000"),
                passed(
                        "of several with the image the one with the traffic",
                        AS_IS,
                        a -> a.source = containers("{'name':'worker','image':'IMAGE'},{'name':'web','image':'IMAGE',"
                                + "'portMappings':[{'containerPort':3000}]}"),
                        "container",
                        "container web, port 3000"),
                refused(
                        "several with the image, and none has the traffic",
                        AS_IS,
                        a -> a.source =
                                containers("{'name':'web','image':'envoy:1','portMappings':[{'containerPort':3000}]},"
                                        + "{'name':'a','image':'IMAGE'},{'name':'b','image':'IMAGE'}"),
                        "container",
                        "any of the containers a, b",
                        "name the container"),
                refused(
                        "another port",
                        AS_IS,
                        a -> a.source = rendered(IMAGE, IMAGE, "web", 8080),
                        "container",
                        "maps no port 3000"),
                refused(
                        "another image in the template",
                        AS_IS,
                        a -> a.source = rendered(IMAGE, "nginx", "web", 3000),
                        "container",
                        "has the image \"nginx\", not the one to deploy"),
                refused(
                        "a task definition AWS would not take",
                        AS_IS,
                        a -> a.source = new Rendered(
                                "{\"family\":\"web\",\"containerDefinitions\":[{\"nam\":\"web\"}]}", IMAGE, null),
                        "template",
                        "containerDefinitions[0].nam: unknown member; did you mean name?"),
                refused(
                        "no such revision",
                        AS_IS,
                        a -> a.source = new Registered("web:99", null),
                        "revision",
                        "there is no task definition web:99"),
                refused(
                        "revision gone INACTIVE",
                        w -> w.put(new Aws.TaskDefinitionSeen(OLD, "INACTIVE", Map.of("web", REPOSITORY + ":1.4.1"))),
                        a -> a.source = new Registered(OLD, OLD_DIGEST),
                        "revision",
                        "is INACTIVE"),
                refused(
                        "recorded digest expired",
                        w -> w.removeImage(REPOSITORY + "@" + OLD_DIGEST),
                        a -> a.source = new Registered(OLD, OLD_DIGEST),
                        "image",
                        "not in ECR any more"),
                refused(
                        "recorded with another digest",
                        AS_IS,
                        a -> a.source = new Registered(OLD, NEW_DIGEST),
                        "image",
                        "recorded with the digest " + NEW_DIGEST),
                refused(
                        "tag moved since",
                        w -> {
                            w.put(new Aws.TaskDefinitionSeen(OLD, "ACTIVE", Map.of("web", REPOSITORY + ":1.4.1")));
                            w.image(REPOSITORY, "1.4.1", NEW_DIGEST);
                        },
                        a -> a.source = new Registered("web:11", OLD_DIGEST),
                        "image",
                        "the tag has been moved"),
                refused(
                        "registered without the load balancer's container",
                        w -> w.put(new Aws.TaskDefinitionSeen(OLD, "ACTIVE", Map.of("app", "i"))),
                        a -> a.source = new Registered("web:11", null),
                        "container",
                        "has no container web"),
                refused(
                        "not allowed to look",
                        w -> w.failAlways("alarms", FakeAws.failure(Kind.DENIED, "AccessDenied")),
                        THE_USUAL,
                        "alarms",
                        "AccessDenied"),
                warned(
                        "what runs is not readable",
                        w -> w.failAlways("taskDefinition", FakeAws.failure(Kind.THROTTLED, "ThrottlingException")),
                        THE_USUAL,
                        "original",
                        "ThrottlingException"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void tells(
            String what,
            Consumer<FakeAws> world,
            Consumer<Ask> ask,
            CheckOutcome outcome,
            String name,
            List<String> texts) {
        FakeAws aws = FakeAws.shop();
        world.accept(aws);
        Ask asked = new Ask();
        ask.accept(asked);
        Check check = check(asked.of(aws), name);
        assertThat(check.outcome()).as(check.toString()).isEqualTo(outcome);
        assertThat(check.detail() + " " + check.remedy()).contains(texts);
    }

    @Test
    void oneRunTellsEverything() {
        FakeAws aws = FakeAws.shop().weights(LISTENER, 60, 40).deployment("d-BUSY", "InProgress", null);
        aws.alarm("web-b-success-rate", "ALARM");
        Ask ask = new Ask();
        ask.service = "wob";
        ask.source = rendered(REPOSITORY + ":9", REPOSITORY + ":9", "web", 3000);
        assertThat(ask.of(aws).checks())
                .filteredOn(check -> check.outcome() == REFUSED)
                .extracting(Check::name)
                .containsExactly("cluster-service", "group", "group-free", "listener-weights", "alarms", "image");
    }

    @Test
    void withoutKeysOrAnAnswerThereIsOnlyThatToSay() {
        for (Kind kind : List.of(Kind.CREDENTIALS, Kind.UNREACHABLE)) {
            FakeAws aws = FakeAws.shop().failAlways("targetHealth", FakeAws.failure(kind, "Gone"));
            PreflightResult result = new Ask().of(aws);
            assertThat(result.checks()).singleElement().satisfies(check -> {
                assertThat(check.outcome()).isEqualTo(REFUSED);
                assertThat(check.detail()).contains("Gone");
            });
        }
    }

    @Test
    void aRegisteredRevisionIsDeployedAsItIs() {
        Ask ask = new Ask();
        ask.source = new Registered("web:11", OLD_DIGEST);
        Ready ready = ask.of(FakeAws.shop()).ready().orElseThrow();
        assertThat(ready.image()).isNull();
        assertThat(ready.digest()).isEqualTo(OLD_DIGEST);
    }

    @Test
    void imagesOutsideEcrAreDeployedAsGiven() {
        for (String image : List.of(
                "nginx:1.27", "nginx", "ghcr.io/shop/web:1", "registry:5000/web:2", "docker.io/library/nginx:1.27")) {
            Ask ask = new Ask();
            ask.source = rendered(image, image, "web", 3000);
            PreflightResult result = ask.of(FakeAws.shop());
            assertThat(result.ready().orElseThrow().image()).isEqualTo(image);
            assertThat(result.ready().orElseThrow().digest()).isNull();
            assertThat(check(result, "image").outcome()).isEqualTo(WARNED);
            assertThat(check(result, "image").detail()).contains("was not checked", "tag can be moved");
        }
    }

    @Test
    void imagesOutsideEcrByDigestCannotMove() {
        String image = "ghcr.io/shop/web@" + NEW_DIGEST;
        Ask ask = new Ask();
        ask.source = rendered(image, image, "web", 3000);
        PreflightResult result = ask.of(FakeAws.shop());
        assertThat(result.ready().orElseThrow().image()).isEqualTo(image);
        assertThat(result.ready().orElseThrow().digest()).isEqualTo(NEW_DIGEST);
        assertThat(check(result, "image").detail()).contains("was not checked").doesNotContain("moved");
    }

    @Test
    void anotherAccountsRegistryMayBeClosedToUsAndOpenToTheTasks() {
        String image = "210987654321.dkr.ecr.eu-west-1.amazonaws.com/web:7";
        Ask ask = new Ask();
        ask.source = rendered(image, image, "web", 3000);
        PreflightResult result =
                ask.of(FakeAws.shop().failAlways("imageDigest", FakeAws.failure(Kind.DENIED, "AccessDenied")));
        assertThat(check(result, "image").outcome()).isEqualTo(WARNED);
        assertThat(check(result, "image").detail())
                .contains("account 210987654321, region eu-west-1", "AccessDenied", "tag can be moved");
        assertThat(result.ready().orElseThrow().image()).isEqualTo(image);

        result = ask.of(FakeAws.shop().failAlways("imageDigest", FakeAws.failure(Kind.UNREACHABLE, "unknown host")));
        assertThat(check(result, "image").outcome()).isEqualTo(REFUSED);
        assertThat(check(result, "image").detail()).contains("region eu-west-1", "unknown host");
    }

    @Test
    void theImagesContainerIsKnownBesideTheOneWithTheTraffic() {
        FakeAws aws = FakeAws.shop();
        aws.put(new Aws.TaskDefinitionSeen(
                OLD, "ACTIVE", Map.of("web", "envoy:1", "app", REPOSITORY + "@" + OLD_DIGEST)));
        Ask ask = new Ask();
        ask.source = beside(IMAGE, null);
        Ready ready = ask.of(aws).ready().orElseThrow();
        assertThat(ready.container()).isEqualTo("web");
        assertThat(ready.imageContainer()).isEqualTo("app");
        assertThat(ready.original()).isEqualTo(new Revision(OLD, "app", REPOSITORY + "@" + OLD_DIGEST, OLD_DIGEST));
        for (Registered source : List.of(new Registered("web:11", OLD_DIGEST), new Registered("web:11", null, "app"))) {
            ask.source = source;
            assertThat(ask.of(aws).ready().orElseThrow().imageContainer()).isEqualTo("app");
        }
        ask.source = new Registered("web:11", null);
        assertThat(ask.of(aws).ready().orElseThrow().imageContainer()).isEqualTo("web");
    }

    @Test
    void alarmsOfNoTargetGroupAreLeftToTheGroup() {
        FakeAws aws =
                FakeAws.shop().group(g -> alarms(g, "errors", "web-another")).alarm("errors", "OK");
        aws.alarm("web-another", "OK");
        Ready ready = new Ask().of(aws).ready().orElseThrow();
        assertThat(ready.overrideAlarms()).isNull();
        assertThat(ready.watchedAlarms()).containsExactly("errors", "web-another");
    }

    @Test
    void alarmsAskedForComeOnTop() {
        FakeAws aws = FakeAws.shop().alarm("latency", "OK");
        Ask ask = new Ask();
        ask.alarms = List.of("latency", "web-b-success-rate");
        assertThat(ask.of(aws).ready().orElseThrow().overrideAlarms()).containsExactly("web-b-success-rate", "latency");
    }

    private static final SuccessRateAlarm ALARM_A =
            SuccessRateAlarm.of(SERVICE, "web-a", GROUP_A, FakeAws.LOAD_BALANCER, Criterion.REFERENCE);
    private static final SuccessRateAlarm ALARM_B =
            SuccessRateAlarm.of(SERVICE, "web-b", GROUP_B, FakeAws.LOAD_BALANCER, Criterion.REFERENCE);

    /** A group with the alarms named, and a deployment that asks for the missing ones. */
    private static PreflightResult creating(FakeAws aws, boolean create, String... attached) {
        Ask ask = new Ask();
        ask.options = DeploymentOptions.DEFAULT.withCreateAlarms(create);
        return ask.of(aws.group(g -> alarms(g, attached)));
    }

    @Test
    void missingAlarmsOfBothTargetGroupsAreCreatedWhenAskedForAndTheReplacementsIsWatched() {
        PreflightResult result = creating(FakeAws.shop(), true);
        assertThat(check(result, "alarms").outcome()).isEqualTo(PASSED);
        assertThat(check(result, "alarms").detail())
                .contains("to be created: web-web-a-success-rate, web-web-b-success-rate");
        Ready ready = result.ready().orElseThrow();
        assertThat(ready.alarmsToCreate()).containsExactly(ALARM_A, ALARM_B);
        assertThat(ready.overrideAlarms()).containsExactly("web-web-b-success-rate");
        assertThat(ready.watchedAlarms()).containsExactly("web-web-b-success-rate");
    }

    @Test
    void withoutThatNothingIsCreatedAndWhatIsMissingIsSaid() {
        PreflightResult result = creating(FakeAws.shop(), false);
        assertThat(check(result, "alarms").outcome()).isEqualTo(WARNED);
        assertThat(check(result, "alarms").detail()).contains("no alarm stops this deployment", "targetgroup/web-b/");
        assertThat(check(result, "alarms").remedy())
                .contains("createAlarms", "web-web-a-success-rate and web-web-b-success-rate");
        assertThat(result.ready().orElseThrow().alarmsToCreate()).isEmpty();

        result = creating(FakeAws.shop().alarm("errors", "OK"), false, "errors");
        assertThat(check(result, "alarms").outcome()).isEqualTo(PASSED);
        assertThat(check(result, "alarms").detail()).contains("no alarm is named after the replacement target group");
    }

    @Test
    void onlyWhatNoAttachedAlarmIsForIsCreated() {
        assertThat(creating(FakeAws.shop(), true, "web-a-success-rate", "web-b-success-rate")
                        .ready()
                        .orElseThrow()
                        .alarmsToCreate())
                .isEmpty();
        Ready ready =
                creating(FakeAws.shop(), true, "web-b-success-rate").ready().orElseThrow();
        assertThat(ready.alarmsToCreate()).containsExactly(ALARM_A);
        assertThat(ready.watchedAlarms()).containsExactly("web-b-success-rate");
    }

    @Test
    void alarmsThatWereCreatedBeforeAreWatchedAgain() {
        FakeAws seen = FakeAws.shop().alarm(ALARM_A.name(), "ALARM").alarm(ALARM_B.name(), "OK");
        PreflightResult result = creating(seen, true);
        assertThat(check(result, "alarms").outcome()).isEqualTo(PASSED);
        assertThat(result.ready().orElseThrow().alarmsToCreate()).isEmpty();
        assertThat(result.ready().orElseThrow().watchedAlarms()).containsExactly(ALARM_B.name());
    }

    @Test
    void anAlarmOfThatNameThatIsAnotherIsLeftAndTold() {
        PreflightResult result =
                creating(FakeAws.shop().alarmDiffers(ALARM_B.name(), "threshold 90.0 instead of 99.5"), true);
        assertThat(check(result, "alarms").outcome()).isEqualTo(WARNED);
        assertThat(check(result, "alarms").detail())
                .contains("web-web-b-success-rate exists and is left as it is", "threshold 90.0 instead of 99.5");
        assertThat(result.ready().orElseThrow().alarmsToCreate()).containsExactly(ALARM_A);
        assertThat(result.ready().orElseThrow().watchedAlarms()).containsExactly(ALARM_B.name());
    }

    @Test
    void theOriginalsAlarmIsWatchedTooIfItIsAskedFor() {
        Ask ask = new Ask();
        ask.alarms = List.of("web-a-success-rate");
        assertThat(ask.of(FakeAws.shop()).ready().orElseThrow().watchedAlarms())
                .containsExactly("web-b-success-rate", "web-a-success-rate");
    }

    @Test
    void theReplacementsAlarmIsFoundByTheOriginalsName() {
        FakeAws aws = FakeAws.shop().group(g -> alarms(g, "success-rate/web-a"));
        aws.alarm("success-rate/web-a", "ALARM").alarm("success-rate/web-b", "OK");
        Ready ready = new Ask().of(aws).ready().orElseThrow();
        assertThat(ready.overrideAlarms()).containsExactly("success-rate/web-b");
    }

    @Test
    void ofTwoNamesInAnAlarmTheLongerCounts() {
        AlarmPolicy longer = new AlarmPolicy("web", "web-2");
        assertThat(longer.ofOriginal(List.of("web-2-rate", "web-rate", "website-rate")))
                .containsExactly("web-rate");
        AlarmPolicy shorter = new AlarmPolicy("web-2", "web");
        assertThat(shorter.ofOriginal(List.of("web-2-rate", "web-rate"))).containsExactly("web-2-rate");
        assertThat(shorter.counterparts(List.of("web-2-rate"))).containsExactly("web-rate");
    }

    private static ServiceSeen service(
            ServiceSeen s, String status, String controller, List<Aws.LoadBalancerSeen> loadBalancers) {
        return new ServiceSeen(
                s.arn(),
                s.name(),
                status,
                controller,
                s.desiredCount(),
                s.taskDefinition(),
                loadBalancers,
                s.taskSets());
    }

    private static ServiceSeen withTaskSets(ServiceSeen s, Aws.TaskSetSeen... taskSets) {
        return new ServiceSeen(
                s.arn(),
                s.name(),
                s.status(),
                s.controller(),
                s.desiredCount(),
                s.taskDefinition(),
                s.loadBalancers(),
                List.of(taskSets));
    }

    private static GroupSeen group(
            GroupSeen g, String platform, String service, List<String> targetGroups, String listener) {
        return new GroupSeen(
                platform,
                g.cluster(),
                service,
                g.config(),
                targetGroups,
                listener,
                g.testListenerArn(),
                g.autoRollback(),
                g.alarms(),
                g.terminationWait(),
                g.readyWait());
    }

    private static GroupSeen rollback(GroupSeen g, List<String> events) {
        return new GroupSeen(
                g.computePlatform(),
                g.cluster(),
                g.service(),
                g.config(),
                g.targetGroups(),
                g.prodListenerArn(),
                g.testListenerArn(),
                events,
                g.alarms(),
                g.terminationWait(),
                g.readyWait());
    }

    private static GroupSeen alarms(GroupSeen g, String... alarms) {
        return new GroupSeen(
                g.computePlatform(),
                g.cluster(),
                g.service(),
                g.config(),
                g.targetGroups(),
                g.prodListenerArn(),
                g.testListenerArn(),
                g.autoRollback(),
                List.of(alarms),
                g.terminationWait(),
                g.readyWait());
    }
}
