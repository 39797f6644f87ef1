package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.Objects;

/**
 * How many findings of one severity are accepted.
 *
 * @param atMost from 0 on
 * @param consequence of one more
 */
public record Limit(int atMost, Consequence consequence) {

    public Limit {
        if (atMost < 0) {
            throw new IllegalArgumentException("at most " + atMost + " findings can't be kept to; 0 is the least");
        }
        Objects.requireNonNull(consequence, "consequence");
    }
}
