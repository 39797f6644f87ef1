package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.ParameterValues;
import java.util.List;
import java.util.Map;

/** Makes a stack of a template that an AWS is started with: as CreateStack, with all capabilities, and no limit but S3's. */
final class Furnishing {

    private static final List<String> CAPABILITIES = List.of("CAPABILITY_NAMED_IAM");

    private final Stacks stacks;
    private final StackOperations operations;
    private final Preparation preparation;
    private final StackMachine machine;

    Furnishing(Stacks stacks, StackOperations operations, Preparation preparation, StackMachine machine) {
        this.stacks = stacks;
        this.operations = operations;
        this.preparation = preparation;
        this.machine = machine;
    }

    boolean create(StackTemplate template) {
        if (stacks.find(template.stackName()).isPresent()) {
            return false;
        }
        Stack stack = operations.fresh(template.stackName());
        List<ParameterValues.Given> parameters = template.parameters().entrySet().stream()
                .map(entry -> new ParameterValues.Given(entry.getKey(), entry.getValue(), false))
                .toList();
        Preparation.Prepared prepared =
                preparation.of(stack, template.body(), parameters, Map.of(), List.of(), CAPABILITIES, null);
        // What failed can be looked at: nobody else would be there to see it.
        stack.onFailure = Stack.OnFailure.DO_NOTHING;
        stacks.add(stack);
        machine.create(stack, prepared.definition(), prepared.instance());
        return true;
    }
}
