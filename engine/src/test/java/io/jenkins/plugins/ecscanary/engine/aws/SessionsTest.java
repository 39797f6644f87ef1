package io.jenkins.plugins.ecscanary.engine.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.CanaryEngine;
import io.jenkins.plugins.ecscanary.engine.Running;
import io.jenkins.plugins.ecscanary.engine.StartOptions;
import io.jenkins.plugins.ecscanary.engine.aws.WireServer.Reply;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.time.WallTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many deployments at once as one role, each in a session of its own. */
class SessionsTest {

    private static final int DEPLOYMENTS = 20;

    /** Those for starts, for what has to wait, for looks, and one each for timers and time-outs. */
    private static final int THREADS = 4 + 4 + 6 + 2;

    private final WireServer server = new WireServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theyHaveOneEnginesThreads(@TempDir Path records) throws Exception {
        server.on("AssumeRole", keys());
        server.on(
                "GetCallerIdentity",
                Reply.xml(
                        200,
                        """
                <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
                <Arn>arn:aws:sts::123456789012:assumed-role/deployer/one</Arn><UserId>AROA</UserId>
                <Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"""));
        server.on("DescribeServices", Reply.json("{\"services\":[]}"));
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        AwsAccess access = new AwsAccess("eu-central-1", server.uri(), () -> new AwsKeys("AKIDOWN", "secret", null))
                .as(new RoleToAssume("arn:aws:iam::123456789012:role/deployer", null, "everyone", null));
        Set<Thread> threads;
        try (CanaryEngine engine = CanaryEngine.open(access, new RecordStore(records), new WallTime(1))) {
            List<Running> all = new ArrayList<>();
            for (int i = 0; i < DEPLOYMENTS; i++) {
                all.add(engine.deploy(request("web-" + i), StartOptions.DEFAULT.inSession("build-" + i)));
            }
            for (Running running : all) {
                running.verdict()
                        .toCompletableFuture()
                        .handle((verdict, failure) -> verdict)
                        .get();
            }
            threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        }
        threads.removeAll(before);
        assertThat(threads).hasSizeLessThanOrEqualTo(THREADS);
        List<String> sessions = server.requests().stream()
                .filter(request -> request.operation().equals("AssumeRole"))
                .map(request -> request.form().get("RoleSessionName"))
                .toList();
        assertThat(sessions).as("none twice").doesNotHaveDuplicates();
        for (int i = 0; i < DEPLOYMENTS; i++) {
            assertThat(sessions).contains("build-" + i);
        }
        assertThat(sessions).contains("everyone").hasSize(DEPLOYMENTS + 1);
    }

    private static Reply keys() {
        return Reply.xml(
                200,
                """
                <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
                <AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
                <Expiration>%s</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"""
                        .formatted(Instant.now().plus(Duration.ofHours(1))));
    }

    private static DeploymentRequest request(String service) {
        String image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/web:1";
        String json = "{\"family\":\"web\",\"containerDefinitions\":[{\"name\":\"web\",\"image\":\"" + image
                + "\",\"portMappings\":[{\"containerPort\":3000}]}]}";
        return new DeploymentRequest(
                "shop",
                service,
                new DeploymentRequest.Rendered(json, image, "web"),
                new CodeDeployGroup("app", service, null),
                null,
                Criterion.REFERENCE,
                List.of(),
                DeploymentRequest.REFERENCE_MILESTONES,
                Duration.ofMinutes(60),
                "ann",
                "deploy",
                null,
                DeploymentOptions.DEFAULT);
    }
}
