package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** An application: a name over deployment groups. Guarded by the world's lock. */
final class Application {

    final String id;
    final Instant createTime;
    final Map<String, DeploymentGroup> groups = new LinkedHashMap<>();
    String name;

    Application(String name, String id, Instant createTime) {
        this.name = name;
        this.id = id;
        this.createTime = createTime;
    }
}
