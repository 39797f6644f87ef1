package io.jenkins.plugins.ecscanary.engine.iam;

import io.jenkins.plugins.ecscanary.engine.text.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Something that can be done with the engine and needs permissions. */
public enum Feature {
    DEPLOY("deploy a new revision made of a template, and follow it"),
    REDEPLOY("ship a revision that is registered already, and follow it"),
    WATCH("follow a deployment that was begun before, and roll it back when its time is up"),
    ROLL_BACK("stop a deployment and roll it back"),
    PROMOTE("end a wait of a deployment that is followed"),
    BEFORE_TRAFFIC("run a task of the new revision before traffic shifts"),
    INSPECT("show a service's status, verify a deployment, compare it with what runs"),
    RETENTION("deregister old revisions after a promotion"),
    IMAGE_CHECKS("look images up in ECR before they are deployed"),
    REQUIRE_SCAN("deploy only images that were scanned: look in ECR what a pushed image is made of"),
    OVERRIDE_ALARMS("give a deployment other alarms than its group's; without it the group's stand"),
    CREATE_ALARMS("create the success-rate alarms that are missing"),
    TASK_LOGS("record the last log lines of tasks that failed"),
    ASSUME_ROLE("act as a role; for the identity that assumes it, while all else is for the role");

    private final String meaning;

    Feature(String meaning) {
        this.meaning = meaning;
    }

    /** For people. */
    public String meaning() {
        return meaning;
    }

    /** As people write it: {@code create-alarms}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException saying which ones there are */
    public static Feature of(String label) {
        List<String> labels = Arrays.stream(values()).map(Feature::label).toList();
        if (!labels.contains(label)) {
            throw new IllegalArgumentException("'" + label + "' is no feature" + NearestName.hint(label, labels)
                    + " (there are " + String.join(", ", labels) + ")");
        }
        return values()[labels.indexOf(label)];
    }
}
