package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::CodeDeploy::DeploymentGroup}. */
final class DeploymentGroupHandler implements ResourceHandler {

    private final Backend codeDeploy;

    private DeploymentGroupHandler(Backend codeDeploy) {
        this.codeDeploy = codeDeploy;
    }

    static ResourceType type(Backend codeDeploy) {
        return new ResourceType(
                "AWS::CodeDeploy::DeploymentGroup",
                CodeDeployShapes.GROUP,
                Set.of("ApplicationName", "ServiceRoleArn"),
                Set.of("ApplicationName", "DeploymentGroupName"),
                "DeploymentGroupName",
                Set.of(),
                new DeploymentGroupHandler(codeDeploy));
    }

    @Override
    public String service() {
        return codeDeploy.title();
    }

    @Override
    public Created create(Wanted wanted) {
        String name = codeDeploy.name(wanted, "DeploymentGroupName", 100);
        ObjectNode input = CodeDeployShapes.GROUP.wire(wanted.properties());
        codeDeploy.call("CreateDeploymentGroup", input.put("deploymentGroupName", name));
        return Backend.created(name);
    }

    @Override
    public Created update(Existing existing, Wanted wanted) {
        ObjectNode input = CodeDeployShapes.GROUP.wire(wanted.properties());
        input.remove(List.of("deploymentGroupName", "tags"));
        codeDeploy.call("UpdateDeploymentGroup", input.put("currentDeploymentGroupName", existing.physicalId()));
        CodeDeployShapes.syncTags(
                codeDeploy,
                "deploymentgroup:" + wanted.text("ApplicationName") + "/" + existing.physicalId(),
                existing.properties(),
                wanted.properties());
        return Backend.created(existing.physicalId());
    }

    @Override
    public void destroy(Existing existing) {
        codeDeploy.end(
                "DeleteDeploymentGroup",
                Map.of(
                        "applicationName",
                        existing.properties().path("ApplicationName").asText(),
                        "deploymentGroupName",
                        existing.physicalId()));
    }
}
