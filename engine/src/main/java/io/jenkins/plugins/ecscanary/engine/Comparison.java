package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ServiceSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskDefinitionSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.ImageReference;
import io.jenkins.plugins.ecscanary.engine.aws.TaskDefinitionJson;
import io.jenkins.plugins.ecscanary.engine.model.Arn;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.RevisionChange;
import io.jenkins.plugins.ecscanary.engine.taskdef.TaskDefinitionDiff;
import io.jenkins.plugins.ecscanary.engine.taskdef.TaskDefinitionText;
import java.util.List;

/**
 * What a request would deploy beside a revision there is, secrets hidden.
 *
 * @param before {@code family:revision}
 * @param after {@code family:revision}, or what the new one is made of
 * @param changes one by one; empty if they are equal
 * @param unified the same as {@code diff -u} shows it
 */
public record Comparison(String before, String after, List<RevisionChange> changes, String unified) {

    /** Against the revision that serves. */
    public static final String SERVING = "serving";

    /** Against the newest registered revision of the family. */
    public static final String LATEST = "latest";

    public Comparison {
        changes = List.copyOf(changes);
    }

    /** @param with {@link #SERVING}, {@link #LATEST}, or a task definition's ARN or {@code family:revision} */
    static Comparison of(Aws aws, DeploymentRequest request, String with) {
        String name;
        String after;
        if (request.source() instanceof DeploymentRequest.Registered registered) {
            name = registered.taskDefinition();
            after = json(aws, name);
        } else {
            DeploymentRequest.Rendered rendered = (DeploymentRequest.Rendered) request.source();
            List<String> problems = TaskDefinitionJson.problems(rendered.json());
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException("the task definition made of the template cannot be registered: "
                        + String.join("; ", problems));
            }
            name = "template with " + withoutRegistry(rendered.image());
            after = TaskDefinitionText.withImage(rendered.json(), rendered.image(), pinned(aws, rendered.image()));
        }
        String other =
                switch (with) {
                    case SERVING -> serving(aws, request).serving();
                    case LATEST -> latest(aws, TaskDefinitionText.family(after));
                    default -> with;
                };
        TaskDefinitionDiff diff = TaskDefinitionDiff.of(json(aws, other), after);
        return new Comparison(brief(other), brief(name), diff.changes(), diff.unified(brief(other), brief(name)));
    }

    private static ServiceSeen serving(Aws aws, DeploymentRequest request) {
        return aws.service(request.cluster(), request.service())
                .orElseThrow(() -> missing("service " + request.cluster() + "/" + request.service()));
    }

    private static String latest(Aws aws, String family) {
        return aws.taskDefinition(family)
                .map(TaskDefinitionSeen::arn)
                .orElseThrow(() -> missing("registered revision of the family " + family));
    }

    private static String json(Aws aws, String taskDefinition) {
        return aws.taskDefinitionJson(taskDefinition).orElseThrow(() -> missing("task definition " + taskDefinition));
    }

    /** As it would be deployed: by digest, where it is in ECR. */
    private static String pinned(Aws aws, String image) {
        ImageReference reference = ImageReference.parse(image);
        return reference.ecr().isEmpty()
                ? image
                : aws.imageDigest(image).map(reference::pinned).orElse(image);
    }

    private static String withoutRegistry(String image) {
        int slash = image.indexOf('/');
        return slash > 0 && image.substring(0, slash).contains(".") ? image.substring(slash + 1) : image;
    }

    private static String brief(String taskDefinition) {
        return taskDefinition.startsWith("arn:") ? Arn.last(taskDefinition) : taskDefinition;
    }

    private static AwsFailure missing(String what) {
        return AwsFailure.of(
                AwsFailure.Kind.NOT_FOUND, "there is no " + what + "; check its name, and the account and region");
    }
}
