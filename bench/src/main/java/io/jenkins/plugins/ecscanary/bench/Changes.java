package io.jenkins.plugins.ecscanary.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When each change of a deployment's state happened and when it was known. A change is named by what it leads to:
 * {@code shift 30}, {@code Succeeded}.
 */
final class Changes {

    private static final Pattern LINE =
            Pattern.compile("\\S+ codedeploy (d-[A-Z0-9]{9}) (InProgress$|Succeeded$|traffic shifted: .*)");
    private static final Pattern LAST_NUMBER = Pattern.compile(".*?(\\d+)\\D*$");

    private static final String SHIFT = "shift ";

    private final Map<String, Long> happened = new ConcurrentHashMap<>();
    private final Map<String, Long> known = new ConcurrentHashMap<>();

    /** Takes a line of local-aws's log, which is written in the moment of the change. */
    void logged(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return;
        }
        String what = matcher.group(2);
        if (what.startsWith("traffic")) {
            Matcher weight = LAST_NUMBER.matcher(what);
            what = weight.matches() ? SHIFT + weight.group(1) : what;
        }
        happened.putIfAbsent(matcher.group(1) + " " + what, System.nanoTime());
    }

    /** Someone has learned of a change just now; of a shift, and so of those before it, if they were not seen. */
    void known(String deploymentId, String what) {
        long now = System.nanoTime();
        known.putIfAbsent(deploymentId + " " + what, now);
        if (what.startsWith(SHIFT)) {
            for (int weight = Integer.parseInt(what.substring(SHIFT.length())); weight > 0; weight--) {
                known.putIfAbsent(deploymentId + " " + SHIFT + weight, now);
            }
        }
    }

    /** Seconds between the two, ascending, for the changes of these deployments that happened; missing ones are infinite. */
    List<Double> seconds(List<String> deploymentIds, String what) {
        return seconds(deploymentIds, what, this);
    }

    /** The same for all deployments. */
    List<Double> seconds(String what) {
        return seconds(
                happened.keySet().stream()
                        .map(change -> change.split(" ", 2)[0])
                        .distinct()
                        .toList(),
                what,
                this);
    }

    /** As {@link #seconds(List, String)}, for what {@code who} has learned of our changes. */
    List<Double> seconds(List<String> deploymentIds, String what, Changes who) {
        List<Double> seconds = new ArrayList<>();
        happened.forEach((change, at) -> {
            String[] parts = change.split(" ", 2);
            if (deploymentIds.contains(parts[0]) && parts[1].startsWith(what)) {
                Long seen = who.known.get(change);
                seconds.add(seen == null ? Double.POSITIVE_INFINITY : (seen - at) / 1e9);
            }
        });
        seconds.sort(null);
        return seconds;
    }
}
