package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalBase;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * The roles: one that ECS starts the tasks with, one that the tasks have, and one that Jenkins deploys with. That of CodeDeploy
 * is in {@link CanaryDeployment}. Their names are CloudFormation's, so that stacks in several regions don't meet.
 */
public final class Access extends Construct {

    private static final String FREE = "Resource::*";

    private final Settings settings;
    private final Role execution;
    private final Role task;
    private final Role deployer;

    public Access(Construct scope, Settings settings, Registry registry, Observability observability) {
        super(scope, "Access");
        this.settings = settings;
        Map<String, PolicyDocument> startTasks = new TreeMap<>();
        startTasks.put("StartTasks", startTasks(registry, observability));
        if (!settings.task().secrets().isEmpty()) {
            startTasks.put("ReadSecrets", TaskSecrets.policy(settings));
        }
        execution = Role.Builder.create(this, "ExecutionRole")
                .description("Starts the tasks of " + settings.names().service() + ": pulls the image, writes the log")
                .assumedBy(tasksOfThisAccount())
                .inlinePolicies(startTasks)
                .build();
        Nag.accept(
                execution,
                "AwsSolutions-IAM5",
                List.of(FREE),
                "ecr:GetAuthorizationToken is for the account's registry: AWS has no narrower resource for it.");
        task = Role.Builder.create(this, "TaskRole")
                .description("What the tasks of " + settings.names().service() + " themselves may: nothing yet")
                .assumedBy(tasksOfThisAccount())
                .build();
        deployer = deployer(registry);
    }

    private static PolicyDocument startTasks(Registry registry, Observability observability) {
        return document(List.of(
                PolicyStatement.Builder.create()
                        .sid("AwsHasNoNarrowerResourceForThese")
                        .actions(List.of("ecr:GetAuthorizationToken"))
                        .resources(List.of("*"))
                        .build(),
                PolicyStatement.Builder.create()
                        .sid("ImageRepository")
                        .actions(List.of(
                                "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"))
                        .resources(List.of(registry.arn()))
                        .build(),
                PolicyStatement.Builder.create()
                        .sid("LogsOfTheTasks")
                        .actions(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
                        // With the :* of all its streams, as CloudFormation has a log group's ARN.
                        .resources(List.of(observability.logs().getAttrArn()))
                        .build()));
    }

    /** Not another account's, to whom ECS might be talked into lending it. */
    private static PrincipalBase tasksOfThisAccount() {
        return new ServicePrincipal("ecs-tasks.amazonaws.com")
                .withConditions(new TreeMap<>(Map.of(
                        "StringEquals",
                        Map.of("aws:SourceAccount", Aws.ACCOUNT_ID),
                        "ArnLike",
                        Map.of("aws:SourceArn", Arns.of("ecs", "*")))));
    }

    private Role deployer(Registry registry) {
        DeployerPolicy policy = new DeployerPolicy(settings, execution.getRoleArn(), task.getRoleArn(), registry.arn());
        boolean byEcs = settings.canary().byEcs().isPresent();
        List<PolicyStatement> deploy = byEcs
                ? new EcsDeployerPolicy(settings, List.of(execution.getRoleArn(), task.getRoleArn()), registry.arn())
                        .deploy()
                : policy.deploy();
        Role role = Role.Builder.create(this, "DeployerRole")
                .description("Deploys " + settings.names().service() + " and follows what becomes of it")
                .assumedBy(deployers())
                .inlinePolicies(new TreeMap<>(Map.of("Deploy", document(deploy), "Push", document(policy.push()))))
                .build();
        Nag.accept(
                role,
                "AwsSolutions-IAM5",
                byEcs
                        ? "As narrow as AWS has resources and conditions for each action; each statement's id says why it is"
                                + " wider."
                        : "What it may is what the deployment engine prints for it, as narrow as AWS has resources and"
                                + " conditions for each action; each statement's id says why it is wider. A test compares"
                                + " the two.");
        return role;
    }

    private PrincipalBase deployers() {
        Settings.Access access = settings.access();
        PrincipalBase principal =
                access.deployer().<PrincipalBase>map(ArnPrincipal::new).orElseGet(AccountRootPrincipal::new);
        Map<String, Object> conditions = new TreeMap<>();
        access.externalId().ifPresent(id -> conditions.put("StringEquals", Map.of("sts:ExternalId", id)));
        if (!access.cidrs().isEmpty()) {
            conditions.put("IpAddress", Map.of("aws:SourceIp", access.cidrs()));
        }
        return conditions.isEmpty() ? principal : principal.withConditions(conditions);
    }

    private static PolicyDocument document(List<PolicyStatement> statements) {
        return PolicyDocument.Builder.create().statements(statements).build();
    }

    /** Starts the tasks. */
    Role execution() {
        return execution;
    }

    /** The tasks' own. */
    Role task() {
        return task;
    }

    /** Jenkins's. */
    Role deployer() {
        return deployer;
    }
}
