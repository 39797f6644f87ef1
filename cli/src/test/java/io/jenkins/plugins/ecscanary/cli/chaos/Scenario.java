package io.jenkins.plugins.ecscanary.cli.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One deployment that is asked for and what happens to it.
 *
 * @param at when it is aborted, stranded or its controller killed; null for {@link Kind#GOOD} and {@link Kind#BAD}
 * @param deployAgain after a kill: whether the same {@code deploy} is given again, else {@code watch}
 * @param directed a fault of its own besides the general ones, as the command line has it, or null
 */
record Scenario(int number, Kind kind, KillPoint at, boolean deployAgain, String directed) {

    /** What is to become of it, were nothing else to go wrong. */
    enum Kind {
        GOOD,
        BAD,
        /** Someone asks to roll back, at some moment. */
        ABORTED,
        /** Its controller gets SIGKILL and another one takes over. */
        KILLED,
        /** Someone stops it in AWS, without a roll back, in mid-shift. */
        STRANDED
    }

    /** Bursts on what a lost answer or an old one hurts most. */
    private static final List<String> DIRECTED = List.of(
            "codedeploy:CreateDeployment=reset:after@next:1",
            "codedeploy:CreateDeployment=error:503,after@next:1",
            "codedeploy:CreateDeployment=error:500@next:1",
            "codedeploy:CreateDeployment=throttle@next:1",
            "codedeploy:StopDeployment=reset:after@next:3",
            "codedeploy:ListDeployments=stale:2m@next:6",
            "codedeploy:ListDeployments=error:503@next:6",
            "codedeploy:BatchGetDeployments=stale:60s@next:12",
            "codedeploy:BatchGetDeployments=error:500@next:9",
            "elbv2:DescribeListeners=stale:60s@next:12",
            "elbv2:DescribeListeners=reset@next:9",
            "elbv2:DescribeTargetHealth=stale:60s@next:6",
            "ecs:RegisterTaskDefinition=reset:after@next:1",
            "sts:GetCallerIdentity=throttle@next:3");

    /** Every kill point comes up in turn; of a hundred deployments some 40 are good, 20 bad, 15 aborted, 25 killed. */
    static List<Scenario> draw(int count, int strandedAtMost, long seed) {
        Random random = new Random(seed);
        List<KillPoint> points = new ArrayList<>();
        List<Scenario> all = new ArrayList<>();
        int stranded = 0;
        for (int number = 0; number < count; number++) {
            int share = number % 20;
            Kind kind = share < 5 ? Kind.KILLED : share < 9 ? Kind.BAD : share < 12 ? Kind.ABORTED : Kind.GOOD;
            if (share == 12 && stranded < strandedAtMost) {
                stranded++;
                kind = Kind.STRANDED;
            }
            if (points.isEmpty()) {
                points.addAll(List.of(KillPoint.values()));
                Collections.shuffle(points, random);
            }
            KillPoint at =
                    switch (kind) {
                        case GOOD, BAD -> null;
                        case KILLED -> points.remove(0);
                        case ABORTED -> KillPoint.ABORTS.get(random.nextInt(KillPoint.ABORTS.size()));
                        case STRANDED -> KillPoint.FIRST_SHIFT;
                    };
            boolean again = at != null && at.deployAgain() && (!at.recorded() || random.nextBoolean());
            String directed = random.nextInt(3) == 0 ? DIRECTED.get(random.nextInt(DIRECTED.size())) : null;
            all.add(new Scenario(number, kind, at, again, directed));
        }
        return List.copyOf(all);
    }

    /** Whether the revision that is deployed answers with errors. */
    boolean failing() {
        return kind == Kind.BAD || kind == Kind.KILLED && at.failing();
    }

    @Override
    public String toString() {
        return "#" + number + " " + kind + (at == null ? "" : " at " + at) + (deployAgain ? ", deployed again" : "")
                + (directed == null ? "" : ", " + directed);
    }
}
