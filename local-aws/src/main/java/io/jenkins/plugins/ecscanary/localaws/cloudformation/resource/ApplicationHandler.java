package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/** {@code AWS::CodeDeploy::Application}. */
final class ApplicationHandler implements ResourceHandler {

    private final Backend codeDeploy;

    private ApplicationHandler(Backend codeDeploy) {
        this.codeDeploy = codeDeploy;
    }

    static ResourceType type(Backend codeDeploy) {
        return new ResourceType(
                "AWS::CodeDeploy::Application",
                CodeDeployShapes.APPLICATION,
                Set.of(),
                Set.of("ApplicationName", "ComputePlatform"),
                "ApplicationName",
                Set.of(),
                new ApplicationHandler(codeDeploy));
    }

    @Override
    public String service() {
        return codeDeploy.title();
    }

    @Override
    public Created create(Wanted wanted) {
        String name = codeDeploy.name(wanted, "ApplicationName", 100);
        ObjectNode input = CodeDeployShapes.APPLICATION.wire(wanted.properties());
        codeDeploy.call("CreateApplication", input.put("applicationName", name));
        return Backend.created(name);
    }

    @Override
    public Created update(Existing existing, Wanted wanted) {
        CodeDeployShapes.syncTags(
                codeDeploy, "application:" + existing.physicalId(), existing.properties(), wanted.properties());
        return Backend.created(existing.physicalId());
    }

    @Override
    public void destroy(Existing existing) {
        codeDeploy.end("DeleteApplication", Map.of("applicationName", existing.physicalId()));
    }
}
