package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** An application: a name over deployment groups. */
final class Application {

    final String name;
    final String id;
    final Instant createTime;
    final Map<String, DeploymentGroup> groups = new LinkedHashMap<>();

    Application(String name, String id, Instant createTime) {
        this.name = name;
        this.id = id;
        this.createTime = createTime;
    }
}
