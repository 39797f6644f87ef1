package io.jenkins.plugins.ecscanary.cli.local;

import io.jenkins.plugins.ecscanary.cli.terminal.Figures;
import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What to type to use a local AWS. */
public final class Guide {

    private Guide() {}

    public static List<String> environment(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(entry -> "export " + entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    /** Where a person looks. */
    public static String page(LocalAws aws) {
        return "what is in it: " + aws.page();
    }

    /**
     * @param jar of the service, to push further versions of
     * @param traffic whether someone uses the service; where nobody does, no version can be judged
     */
    public static List<String> service(LocalWorld world, Path jar, boolean traffic) {
        List<String> lines = new ArrayList<>();
        URI users = world.productionUrl();
        String repository = world.resources().repository();
        String speed = world.speed() == 1 ? "" : " --speed " + Figures.factor(world.speed());
        lines.add("service: " + users + "  (reload it to see which version answers)");
        lines.add("deploy.config: " + world.directory().resolve("deploy.config").toAbsolutePath());
        lines.add("to try:");
        lines.add("  cd " + world.directory().toAbsolutePath());
        lines.add(
                "  ecs-canary local push " + jar.toAbsolutePath() + " " + repository + ":next --env APP_VERSION=next");
        lines.add("  ecs-canary deploy --image :next" + speed
                + (traffic ? "" : " --min-requests 0    # there are no users to judge it by"));
        lines.add("  aws deploy list-deployments");
        return lines;
    }
}
