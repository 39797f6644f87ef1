package io.jenkins.plugins.ecscanary.engine.iam;

import java.util.EnumSet;
import java.util.Set;

/**
 * One action that a call needs.
 *
 * @param action such as {@code ecs:DescribeServices}
 * @param call the method of {@link io.jenkins.plugins.ecscanary.engine.aws.Aws} that needs it, or null where every call does
 * @param implied why AWS asks for it though no operation of that name is called, or null where it is
 * @param features that make the call
 */
public record Permission(String action, Place place, String call, String implied, Set<Feature> features) {

    public Permission {
        features = Set.copyOf(features);
    }

    static Permission called(String action, Place place, String call, EnumSet<Feature> features) {
        return new Permission(action, place, call, null, features);
    }

    static Permission implied(String action, Place place, String call, String why, EnumSet<Feature> features) {
        return new Permission(action, place, call, why, features);
    }
}
