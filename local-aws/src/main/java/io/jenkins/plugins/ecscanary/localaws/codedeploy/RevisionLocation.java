package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a deployment deploys; for ECS an AppSpec, in the request itself. */
record RevisionLocation(String revisionType, AppSpecContent appSpecContent) {

    static RevisionLocation ofAppSpec(String content) {
        return new RevisionLocation("AppSpecContent", new AppSpecContent(content, null));
    }

    /** @param sha256 of the content, hexadecimal; checked if given */
    record AppSpecContent(String content, @JsonProperty("sha256") String sha256) {}
}
