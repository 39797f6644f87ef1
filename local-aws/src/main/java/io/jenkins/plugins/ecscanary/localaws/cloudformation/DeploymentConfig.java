package io.jenkins.plugins.ecscanary.localaws.cloudformation;

/**
 * How a stack is deployed. Standard is what there is without it, and the CDK's command line says so with every request; the
 * express mode, which does not wait for resources to be stable, is refused.
 *
 * @param mode null for STANDARD
 * @param disableRollback for the express mode
 */
record DeploymentConfig(String mode, Boolean disableRollback) {

    /** @param config null for none */
    static void check(DeploymentConfig config) {
        if (config != null) {
            Members.refuse("DeploymentConfig.Mode", "STANDARD".equals(config.mode) ? null : config.mode);
            Members.refuse("DeploymentConfig.DisableRollback", config.disableRollback);
        }
    }
}
