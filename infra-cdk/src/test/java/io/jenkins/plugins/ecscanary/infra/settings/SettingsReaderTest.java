package io.jenkins.plugins.ecscanary.infra.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void anEmptyFile() throws IOException {
        file = Files.writeString(directory.resolve("deploy.config"), "# nothing\n");
    }

    @Test
    void withoutAnythingItIsTheReference() {
        Settings settings = read(Map.of());
        assertThat(settings.place())
                .isEqualTo(new Settings.Place(
                        "eu-central-1", List.of("eu-central-1a", "eu-central-1b", "eu-central-1c"), "10.0"));
        assertThat(settings.names())
                .isEqualTo(new Settings.Names(
                        "reference",
                        "web",
                        "app",
                        "web",
                        "reference/web",
                        "web",
                        "web",
                        "sample-app/taskdef.json.tpl"));
        assertThat(settings.canary())
                .isEqualTo(new Settings.Canary(
                        "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
                        Optional.empty(),
                        Optional.empty(),
                        5,
                        99.5,
                        2,
                        50));
        assertThat(settings.traffic().testCidrs()).isEmpty();
        assertThat(settings.extras())
                .isEqualTo(new Settings.Extras(30, false, false, Optional.empty(), Optional.empty()));
    }

    @Test
    void contextComesBeforeTheFileAndTheFileBeforeTheUsual() throws IOException {
        Files.writeString(
                file,
                """
                REGION=eu-west-1
                SERVICE='shop'
                MIN_REQUESTS="75"
                SUCCESS_RATE_THRESHOLD=99
                CODEDEPLOY_GROUP=shop-group
                KEEP_REVISIONS=3
                """);
        Settings settings = read(Map.of("service", "store", "cluster", "live"));
        assertThat(settings.place().region()).isEqualTo("eu-west-1");
        assertThat(settings.place().zones()).containsExactly("eu-west-1a", "eu-west-1b", "eu-west-1c");
        assertThat(settings.names().service()).isEqualTo("store");
        assertThat(settings.names().cluster()).isEqualTo("live");
        assertThat(settings.names().application()).isEqualTo("store");
        assertThat(settings.names().deploymentGroup()).isEqualTo("shop-group");
        assertThat(settings.canary().minRequests()).isEqualTo(75);
        assertThat(settings.canary().threshold()).isEqualTo(99);
    }

    /** By deploy.config a deployment gives a task more memory; the task definition that the stack made must not follow. */
    @Test
    void whatDeploymentsChangeIsNotReadFromTheFile() throws IOException {
        Settings before = read(Map.of());
        Files.writeString(file, "TASKDEF_CPU=512\nTASKDEF_MEMORY=1024\nTASKDEF_FAMILY=other\nCONTAINER=proxy\n");
        assertThat(read(Map.of())).isEqualTo(before);
        assertThat(read(Map.of("cpu", 512, "memory", 1024)).task().cpu()).isEqualTo(512);
    }

    @Test
    void listsNumbersAndSwitchesInCdkJsonAreGoodToo() {
        Settings settings = read(Map.of(
                "zones",
                List.of("eu-central-1c", "eu-central-1b", "eu-central-1a"),
                "desiredCount",
                4.0,
                "successRateThreshold",
                99.9,
                "flowLogs",
                true));
        assertThat(settings.place().zones()).startsWith("eu-central-1c");
        assertThat(settings.task().desiredCount()).isEqualTo(4);
        assertThat(settings.canary().threshold()).isEqualTo(99.9);
        assertThat(settings.extras().flowLogs()).isTrue();
    }

    @Test
    void theCdksOwnContextIsNotOurs() {
        assertThat(read(Map.of("aws:cdk:enable-path-metadata", true, "@aws-cdk/core:x", "y")))
                .isEqualTo(read(Map.of()));
    }

    @Test
    void tellsEveryProblemWithItsPlace() throws IOException {
        Files.writeString(file, "SUCCESS_RATE_THRESHOLD=300\nMIN_REQUESTS 20\n");
        assertThatThrownBy(() -> read(Map.of("servcie", "web", "port", "http")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("context servcie is no setting; docs/infrastructure.md has them all")
                .hasMessageContaining(file + ":1: SUCCESS_RATE_THRESHOLD: expected a percentage")
                .hasMessageContaining(file + ":2: expected KEY=VALUE")
                .hasMessageContaining("context port: expected a port from 1 to 65535; got \"http\"");
        assertThatThrownBy(() ->
                        read(Map.of("deployConfig", directory.resolve("none").toString())))
                .hasMessageContaining("none: can't be read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "region | Frankfurt | a region such as eu-central-1",
                "zones | eu-central-1a,eu-central-1b | three different availability zones",
                "zones | eu-central-1a,eu-central-1b,eu-central-1b | three different availability zones",
                "network | 10.0.0.0/24 | a private network of 16 bits",
                "network | 8.8.0.0/16 | a private network of 16 bits",
                "service | internal-web | not beginning with internal-",
                "service | a-name-of-more-than-26-letters | at most 26 letters",
                "repository | Web | small letters and digits",
                "testListenerCidrs | 203.0.113.1 | IPv4 networks",
                "testListenerCidrs | 203.0.113.256/24 | IPv4 networks",
                "healthPath | health | a path that begins with /",
                "healthCommand | java -version | a JSON list that begins with CMD",
                "stopTimeoutSeconds | 300 | seconds from 2 to 120",
                "logRetentionDays | 31 | days that CloudWatch Logs has",
                "successRateThreshold | 0 | a percentage above 0",
                "trafficPlan | linear:0:1 | linear:PERCENT:MINUTES",
                "trafficPlan | canary:10:2881 | linear:PERCENT:MINUTES",
                "ecsStrategy | linear:2.9:6 | linear:PERCENT:MINUTES with 3 to 100 percent",
                "ecsStrategy | linear:10.25:6 | linear:PERCENT:MINUTES with 3 to 100 percent",
                "ecsStrategy | canary:0:6 | canary:PERCENT:MINUTES with 0.1 to 100",
                "ecsStrategy | canary:5:1441 | at most 1440 minutes",
                "ecsStrategy | ROLLING | blue-green or rolling",
                "pauseAt | PRODUCTION_TRAFFIC_SHIFT | some of RECONCILE_SERVICE",
                "pauseTimeoutMinutes | 20161 | minutes from 1 to 20160",
                "user | root | numbers and not 0",
                "user | 0:10001 | numbers and not 0",
                "discoveryNamespace | internal_example | a DNS name in small letters",
                "discoveryNamespace | .example | a DNS name in small letters",
                "cloudFrontPrefixList | true | the id of a prefix list",
                "cloudFrontCachedPaths | static | at most 24 paths that begin with /",
                "secrets | PASSWORD=hunter2 | NAME=ARN pairs",
                "deployer | * | the ARN of an IAM role or user",
                "deployerFeatures | create-alarms | some of before-traffic",
                "budgetUsd | 0 | a whole number from 1 on",
                "flowLogs | yes | true or false"
            })
    void refuses(String name, String value, String expected) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .hasMessageStartingWith("context " + name + ": expected ")
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cpu=256;memory=4096 | memory: Fargate has no task of 256 CPU units with 4096 MiB; choose 512, 1024 or 2048 MiB",
                "memory=1536 | choose 512, 1024 or 2048 MiB",
                "trafficPlan=linear:20:2;deploymentConfig=mine | set one of them",
                "circuitBreaker=true | ECS has it for rolling deployments only, and this service is deployed by CodeDeploy",
                "circuitBreaker=true;ecsStrategy=linear:10:6 | leave it out, or set ecsStrategy to rolling",
                "ecsStrategy=linear:10:6;trafficPlan=linear:20:2 | trafficPlan: it is CodeDeploy's",
                "ecsStrategy=rolling;application=web | application (CODEDEPLOY_APPLICATION): it is CodeDeploy's",
                "ecsStrategy=rolling;deployerFeatures=retention | deploys services of CodeDeploy only",
                "ecsStrategy=rolling;pauseAt=POST_SCALE_UP | a rolling deployment has no traffic to hold back",
                "ecsStrategy=blue-green;pauseTimeoutMinutes=5 | there is no pause without pauseAt",
                "ecsStrategy=blue-green;terminationWaitMinutes=1441 | for at most 1440 minutes; got 1441",
                "ecsStrategy=linear:10:220 | needs 33 h 5 min; take greater steps",
                "pauseAt=POST_SCALE_UP | CodeDeploy has no such pause",
                "testListenerPort=443 | 80 and 443 are production's",
                "initialTag=initial | choose one that begins with deployed-",
                "maxCount=4 | at least one of scaleAtCpu, scaleAtMemory and scaleAtRequests",
                "scaleAtCpu=60 | set both or neither",
                "scaleAtRequests=100 | set both or neither",
                "maxCount=1;scaleAtCpu=60 | it is below desiredCount, which is 2",
                "spotPercent=50;desiredCount=1 | the first task is never on Spot",
                "zones=eu-west-1a,eu-west-1b,eu-west-1c | eu-west-1a is not in eu-central-1",
                "certificate=arn:aws:acm:us-east-1:123456789012:certificate/1 | is not in eu-central-1, which region says",
                "regions=eu-central-1,eu-west-1;budgetUsd=5;budgetEmail=a@b.c | a budget is the account's",
                "regions=eu-central-1,eu-west-1;zones=eu-central-1a,eu-central-1b,eu-central-1c | it is of one region",
                "discoveryNamespace=internal.example | say with clientCidrs who else may connect",
                "serviceConnectNamespace=shop;clientCidrs=10.0.0.0/16 | no Service Connect for a service that CodeDeploy deploys",
                "serviceConnectNamespace=shop;ecsStrategy=rolling | say with clientCidrs who else may connect",
                "serviceConnectNamespace=a.b;discoveryNamespace=a.b;clientCidrs=10.0.0.0/16;ecsStrategy=rolling | two namespaces can't",
                "cloudFrontDomain=www.example.com | there is no CloudFront without cloudFrontPrefixList",
                "cloudFrontPrefixList=pl-a3a144ac;cloudFrontDomain=www.example.com | or none of them",
                "cloudFrontPrefixList=pl-a3a144ac;certificate=arn:aws:acm:eu-central-1:123456789012:certificate/1 | or none of them",
                "cloudFrontPrefixList=pl-a3a144ac;cloudFrontCertificate=arn:aws:acm:eu-west-1:123456789012:certificate/1 | is not in us-east-1",
                "cloudFrontPrefixList=pl-a3a144ac;testListenerCidrs=10.0.0.1/32,10.0.0.2/32,10.0.0.3/32,10.0.0.4/32,10.0.0.5/32,10.0.0.6/32 | which leaves 5; got 6",
                "regions=eu-central-1,eu-west-1;cloudFrontPrefixList=pl-a3a144ac | it is of one region",
                "clientCidrs=10.0.0.0/16 | it opens the tasks to clients that have no name for them",
                "budgetUsd=100 | set both or neither"
            })
    void refusesTogether(String settings, String message) {
        Map<String, String> context = new HashMap<>();
        for (String setting : settings.split(";")) {
            String[] parts = setting.split("=", 2);
            context.put(parts[0], parts[1]);
        }
        assertThatThrownBy(() -> read(context))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message);
    }

    private Settings read(Map<String, ?> context) {
        Map<String, Object> all = new HashMap<>(context);
        all.putIfAbsent(SettingsReader.DEPLOY_CONFIG, file.toString());
        List<Settings> regions = SettingsReader.read(all);
        assertThat(regions).hasSize(1);
        return regions.get(0);
    }
}
