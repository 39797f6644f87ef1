package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.text.NearestName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which container of a task definition an image is for. Traffic may go to another one: a proxy beside the application.
 *
 * @param images container name to image, in order
 * @param where for messages, such as {@code task definition web:12}
 */
record Containers(Map<String, String> images, String where) {

    /** Either a container's name, or why there is none. */
    record Choice(String container, String problem, String remedy) {

        private static Choice of(String container) {
            return new Choice(container, null, null);
        }

        private static Choice none(String problem, String remedy) {
            return new Choice(null, problem, remedy);
        }
    }

    /** Why the load balancer's container can't be found; empty if it is there. */
    Optional<Choice> lacks(String container) {
        return images.containsKey(container)
                ? Optional.empty()
                : Optional.of(Choice.none(
                        where + " has no container " + container + NearestName.hint(container, images.keySet())
                                + ", to which the service's load balancer sends requests",
                        "it has " + String.join(", ", images.keySet())));
    }

    /**
     * The container named; else the only one; else the only one with the image, of several the one that takes the traffic.
     *
     * @param named or null
     * @param theImage whether a container's image is the one in question
     * @param traffic the container that takes the traffic
     */
    Choice choose(String named, Predicate<String> theImage, String traffic) {
        if (named != null) {
            return images.containsKey(named)
                    ? Choice.of(named)
                    : Choice.none(
                            where + " has no container " + named + NearestName.hint(named, images.keySet()),
                            "it has " + String.join(", ", images.keySet()));
        }
        if (images.size() == 1) {
            return Choice.of(images.keySet().iterator().next());
        }
        List<String> candidates = images.entrySet().stream()
                .filter(container -> theImage.test(container.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (candidates.size() == 1) {
            return Choice.of(candidates.get(0));
        }
        if (candidates.contains(traffic)) {
            return Choice.of(traffic);
        }
        return candidates.isEmpty()
                ? Choice.none(
                        "no container of " + where + " has the image: it has "
                                + images.entrySet().stream()
                                        .map(container -> container.getKey() + " with "
                                                + (container.getValue().isEmpty() ? "none" : container.getValue()))
                                        .collect(Collectors.joining(", ")),
                        "let the template take the image from a placeholder, or name the container")
                : Choice.none(
                        "the image could be for any of the containers " + String.join(", ", candidates) + " of " + where
                                + ", which all have it, and " + traffic + ", which takes the traffic, is none of them",
                        "name the container");
    }
}
