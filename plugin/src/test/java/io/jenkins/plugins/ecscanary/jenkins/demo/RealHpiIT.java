package io.jenkins.plugins.ecscanary.jenkins.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The hpi as it is released, in a Jenkins of its own beside the AWS credentials plugin and the SDK that one brings: other tests have
 * all classes on one path and would not see two of them meet.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealHpiIT {

    private static final long LARGEST = 20L * 1024 * 1024;

    /** Fast, and slow enough for the alarm to see a bad release before it has all the traffic. */
    private static final int SPEED = 30;

    private static JenkinsDemo demo;

    @BeforeAll
    static void start() throws IOException {
        demo = JenkinsDemo.start(Path.of("target", "real-hpi"), SPEED);
    }

    @AfterAll
    static void stop() {
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void itIsSmallAndBringsNothingThatOthersBring() throws IOException {
        assertThat(Files.size(JenkinsProcess.HPI), lessThanOrEqualTo(LARGEST));
        try (ZipFile hpi = new ZipFile(JenkinsProcess.HPI.toFile())) {
            List<? extends ZipEntry> jars = hpi.stream()
                    .filter(entry -> entry.getName().endsWith(".jar"))
                    .toList();
            assertThat(
                    jars.stream()
                            .map(jar -> jar.getName()
                                    .replaceFirst("WEB-INF/lib/", "")
                                    .replaceFirst("-\\d.*", ""))
                            .toList(),
                    containsInAnyOrder(
                            "ecs-canary-deploy.jar", "ecs-canary-engine-shaded", "ecs-canary-progress-view"));
            jars.forEach(jar -> assertThat(jar.getName(), jar.getMethod(), is(ZipEntry.DEFLATED)));
        }
    }

    @Test
    void everyPluginIsThere() throws Exception {
        String plugins = demo.client().get("pluginManager/api/json?tree=plugins[shortName,active],failedPlugins");
        assertThat(plugins, containsString("{\"active\":true,\"shortName\":\"ecs-canary-deploy\"}"));
        assertThat(plugins, containsString("{\"active\":true,\"shortName\":\"aws-credentials\"}"));
        assertThat(plugins, not(containsString("\"active\":false")));
        assertThat(demo.jenkins().log(), not(containsString("Failed Loading plugin")));
    }

    @Test
    @Order(1)
    void aGoodReleaseIsPromoted() throws Exception {
        JenkinsClient.Build build = demo.build("good");
        assertThat(build.log(), build.result(), is("SUCCESS"));
        assertThat(build.log(), containsString("PROMOTED: d-"));
        assertThat(demo.versionServed(), containsString("2.0.0"));
    }

    @Test
    @Order(2)
    void aBadReleaseIsRolledBack() throws Exception {
        JenkinsClient.Build build = demo.build("bad");
        assertThat(build.log(), build.result(), is("FAILURE"));
        // CloudWatch's reason or CodeDeploy's, whichever was read first: both name the alarm.
        assertThat(build.log(), matchesPattern("(?s).*ROLLED_BACK: [^\n]*web-(blue|green)-success-rate.*"));
        assertThat(demo.versionServed(), containsString("2.0.0"));
        assertThat(
                demo.jenkins().log(),
                not(matchesPattern("(?s).*(LinkageError|NoSuchMethodError|ClassNotFoundException).*")));
    }
}
