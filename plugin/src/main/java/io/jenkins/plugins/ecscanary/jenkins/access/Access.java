package io.jenkins.plugins.ecscanary.jenkins.access;

import java.io.Serializable;
import java.util.Objects;

/**
 * How a deployment reaches AWS and as whom: words only, no key. What they stand for is looked up at each call.
 *
 * @see AccessResolver
 */
public final class Access implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String region;
    private final String endpointUrl;
    private final String credentialsId;
    private final String roleArn;
    private final String externalId;

    /**
     * @param region such as {@code eu-central-1}
     * @param endpointUrl one URL for every service instead of AWS's own, or null
     * @param credentialsId of the AWS credentials plugin, or null for the controller's own identity
     * @param roleArn assumed with that, or null
     * @param externalId for the role, or null
     */
    public Access(String region, String endpointUrl, String credentialsId, String roleArn, String externalId) {
        this.region = Objects.requireNonNull(region, "region");
        this.endpointUrl = endpointUrl;
        this.credentialsId = credentialsId;
        this.roleArn = roleArn;
        this.externalId = externalId;
    }

    public String region() {
        return region;
    }

    public String endpointUrl() {
        return endpointUrl;
    }

    public String credentialsId() {
        return credentialsId;
    }

    public String roleArn() {
        return roleArn;
    }

    public String externalId() {
        return externalId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Access that
                && region.equals(that.region)
                && Objects.equals(endpointUrl, that.endpointUrl)
                && Objects.equals(credentialsId, that.credentialsId)
                && Objects.equals(roleArn, that.roleArn)
                && Objects.equals(externalId, that.externalId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(region, endpointUrl, credentialsId, roleArn, externalId);
    }

    /** Not the external id, which is half a secret. */
    @Override
    public String toString() {
        return region + (endpointUrl == null ? "" : " at " + endpointUrl) + " with "
                + (credentialsId == null ? "the controller's identity" : "credential " + credentialsId)
                + (roleArn == null ? "" : " as " + roleArn);
    }
}
