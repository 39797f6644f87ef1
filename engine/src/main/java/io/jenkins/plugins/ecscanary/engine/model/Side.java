package io.jenkins.plugins.ecscanary.engine.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** CodeDeploy's words for what serves now and what is to serve: the original and the replacement task set. */
public enum Side {
    @JsonProperty("original")
    ORIGINAL,
    @JsonProperty("replacement")
    REPLACEMENT
}
