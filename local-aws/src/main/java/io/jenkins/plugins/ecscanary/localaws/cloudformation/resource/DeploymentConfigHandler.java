package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/** {@code AWS::CodeDeploy::DeploymentConfig}: there is no changing it. */
final class DeploymentConfigHandler implements ResourceHandler {

    private final Backend codeDeploy;

    private DeploymentConfigHandler(Backend codeDeploy) {
        this.codeDeploy = codeDeploy;
    }

    static ResourceType type(Backend codeDeploy) {
        return new ResourceType(
                "AWS::CodeDeploy::DeploymentConfig",
                CodeDeployShapes.CONFIG,
                Set.of(),
                CodeDeployShapes.CONFIG.names(),
                "DeploymentConfigName",
                Set.of(),
                new DeploymentConfigHandler(codeDeploy));
    }

    @Override
    public String service() {
        return codeDeploy.title();
    }

    @Override
    public Created create(Wanted wanted) {
        String name = codeDeploy.name(wanted, "DeploymentConfigName", 100);
        ObjectNode input = CodeDeployShapes.CONFIG.wire(wanted.properties());
        codeDeploy.call("CreateDeploymentConfig", input.put("deploymentConfigName", name));
        return Backend.created(name);
    }

    @Override
    public Created update(Existing existing, Wanted wanted) {
        throw new IllegalStateException("every change of a deployment configuration is another one");
    }

    @Override
    public void destroy(Existing existing) {
        codeDeploy.end("DeleteDeploymentConfig", Map.of("deploymentConfigName", existing.physicalId()));
    }
}
