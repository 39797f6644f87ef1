package io.jenkins.plugins.ecscanary.jenkins.step;

import java.io.Serializable;

/** In the context of a deploying step's body: which deployment it is. */
public final class DeploymentHandle implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;

    DeploymentHandle(String id) {
        this.id = id;
    }

    /** The id of its record. */
    public String id() {
        return id;
    }
}
