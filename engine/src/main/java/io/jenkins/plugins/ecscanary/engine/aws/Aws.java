package io.jenkins.plugins.ecscanary.engine.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The AWS calls the engine makes, one method a call (or one paged call), in our own types. Every method blocks, is
 * thread-safe and throws {@link AwsFailure}. "Seen" records are what AWS answered, reduced to what is used;
 * what AWS always tells is never null in them, so that an answer without it is found out where it arrives.
 */
public interface Aws extends AwsCodeDeploy, AutoCloseable {

    /** sts:GetCallerIdentity. */
    Identity identity();

    /** ecs:DescribeServices; empty if there is no such service (a missing cluster is a failure of kind NOT_FOUND). */
    Optional<ServiceSeen> service(String cluster, String service);

    /** ecs:DescribeTaskDefinition by ARN, {@code family:revision} or family. */
    Optional<TaskDefinitionSeen> taskDefinition(String taskDefinition);

    /** ecs:DescribeTaskDefinition as {@link #taskDefinition}, in the API's own JSON. */
    Optional<String> taskDefinitionJson(String taskDefinition);

    /** ecs:DescribeTaskDefinition: the tags of a revision; empty too if there is none. */
    Map<String, String> taskDefinitionTags(String taskDefinition);

    /** ecs:ListTaskDefinitions: ARNs of the family's ACTIVE revisions, newest first, at most 500. */
    List<String> activeRevisions(String family);

    /** ecs:ListServices and ecs:DescribeServices: every task definition that a service of the cluster runs or is about to. */
    Set<String> taskDefinitionsInUse(String cluster);

    /** ecs:DeregisterTaskDefinition: what runs goes on, nothing new is started from it. */
    void deregisterTaskDefinition(String taskDefinitionArn);

    /** ecs:DescribeTaskDefinition: where the containers of a task definition log to, in order; empty if there is none. */
    List<ContainerLogSeen> containerLogs(String taskDefinition);

    /** ecs:RegisterTaskDefinition with the API's own JSON; answers the new revision. */
    TaskDefinitionSeen registerTaskDefinition(String json);

    /** ecs:ListTasks (STOPPED) and ecs:DescribeTasks: stopped tasks of a service, newest first, at most 20. */
    List<TaskSeen> stoppedTasks(String cluster, String service);

    /**
     * ecs:RunTask: one task of a revision, where and how the service's own tasks run (asked by ecs:DescribeServices). Carries the
     * token as {@code startedBy} and as client token, so that AWS runs no second one for it.
     *
     * @return the task's id
     */
    String runTask(TaskWanted wanted);

    /** ecs:ListTasks and ecs:DescribeTasks: tasks of a family that carry a token, running ones and those stopped of late. */
    List<TaskRunSeen> tasksStartedBy(String cluster, String family, String startedBy);

    /** ecs:DescribeTasks; empty if ECS does not know the task (any more: a stopped one for about an hour). */
    Optional<TaskRunSeen> taskRun(String cluster, String task);

    /** ecs:StopTask; harmless when it has stopped. The reason is the task's {@code stoppedReason} from then on. */
    void stopTask(String cluster, String task, String reason);

    /** elasticloadbalancing:DescribeListeners by ARN, at most 20; an unknown one is a failure of kind NOT_FOUND. */
    List<ListenerSeen> listeners(List<String> listenerArns);

    /** elasticloadbalancing:DescribeTargetGroups by name; unknown ones are left out. */
    List<TargetGroupSeen> targetGroups(List<String> names);

    /** elasticloadbalancing:DescribeTargetHealth. */
    List<TargetHealthSeen> targetHealth(String targetGroupArn);

    /** cloudwatch:DescribeAlarms by name, at most 100; unknown ones are left out. */
    List<AlarmSeen> alarms(List<String> names);

    /**
     * cloudwatch:DescribeAlarms: by what the metric alarm of that name differs from the wanted one, in words.
     *
     * @return empty if there is none of that name, an empty list if it is as wanted
     */
    Optional<List<String>> alarmDifferences(SuccessRateAlarm wanted);

    /** cloudwatch:PutMetricAlarm with a tag that says who made it; one of that name is overwritten. */
    void createAlarm(SuccessRateAlarm alarm);

    /** cloudwatch:GetMetricData, at most 500 queries. */
    List<SeriesSeen> metrics(List<MetricWanted> queries, Instant from, Instant to);

    /** logs:DescribeLogGroups: whether there is a log group of exactly this name. */
    boolean logGroupExists(String name);

    /**
     * logs:GetLogEvents: the last lines of a stream, oldest first, without control characters, each at most some 500
     * characters long; empty if there is no such group or stream.
     *
     * @param lines at most that many, up to 10,000
     */
    List<String> logTail(String group, String stream, int lines);

    /**
     * ecr:DescribeImages for a reference into ECR by tag or digest.
     *
     * @return the digest {@code sha256:…}; empty if there is no such repository, tag or digest
     */
    Optional<String> imageDigest(String image);

    /**
     * ecr:BatchGetImage for a reference into ECR by tag or digest: the image's manifest, or the index of an image for several
     * platforms, as it was pushed.
     *
     * @return empty if there is no such repository, tag or digest
     */
    Optional<ManifestSeen> imageManifest(String image);

    @Override
    void close();

    /** @param serverTime AWS's clock as its {@code Date} header had it, to the second */
    record Identity(String account, String arn, Instant serverTime) {
        public Identity {
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(arn, "arn");
        }
    }

    /**
     * @param status {@code ACTIVE}, {@code DRAINING}, {@code INACTIVE}
     * @param controller {@code ECS}, {@code CODE_DEPLOY} or {@code EXTERNAL}
     * @param taskSets CODE_DEPLOY and EXTERNAL only
     */
    record ServiceSeen(
            String arn,
            String name,
            String status,
            String controller,
            int desiredCount,
            String taskDefinition,
            List<LoadBalancerSeen> loadBalancers,
            List<TaskSetSeen> taskSets) {
        public ServiceSeen {
            Objects.requireNonNull(arn, "arn");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(controller, "controller");
            loadBalancers = List.copyOf(loadBalancers);
            taskSets = List.copyOf(taskSets);
        }

        /** What serves: under CODE_DEPLOY the task sets tell; the service's own task definition can be older. */
        public String serving() {
            return taskSets.stream()
                    .filter(taskSet -> "PRIMARY".equals(taskSet.status()))
                    .map(TaskSetSeen::taskDefinition)
                    .findFirst()
                    .orElse(taskDefinition);
        }
    }

    record LoadBalancerSeen(String targetGroupArn, String containerName, int containerPort) {
        public LoadBalancerSeen {
            Objects.requireNonNull(containerName, "containerName");
        }
    }

    /** @param externalId the CodeDeploy deployment's id, or null for the first task set */
    record TaskSetSeen(
            String id,
            String externalId,
            String status,
            String taskDefinition,
            int desired,
            int running,
            int pending,
            String targetGroupArn) {
        public TaskSetSeen {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(taskDefinition, "taskDefinition");
        }
    }

    /**
     * @param images container name to image, in order
     * @param logs container name to where its output goes, for those that log to CloudWatch Logs
     */
    record TaskDefinitionSeen(String arn, String status, Map<String, String> images, Map<String, LogsSeen> logs) {
        public TaskDefinitionSeen {
            Objects.requireNonNull(arn, "arn");
            Objects.requireNonNull(status, "status");
            images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
            logs = Map.copyOf(logs);
        }

        public TaskDefinitionSeen(String arn, String status, Map<String, String> images) {
            this(arn, status, images, Map.of());
        }
    }

    /**
     * The options of the log driver awslogs.
     *
     * @param region null for the task's own
     * @param prefix a task's stream is {@code prefix/container/task id}; null where streams are named otherwise
     */
    record LogsSeen(String group, String region, String prefix) {}

    /**
     * @param container whose command is replaced
     * @param command an argument list
     * @param startedBy the token, at most 36 characters
     */
    record TaskWanted(
            String cluster,
            String service,
            String taskDefinition,
            String container,
            List<String> command,
            String startedBy) {
        public TaskWanted {
            command = List.copyOf(command);
        }
    }

    /**
     * @param status ECS's {@code lastStatus}
     * @param stoppedReason or null
     */
    record TaskRunSeen(String id, String status, String stoppedReason, List<ContainerRunSeen> containers) {
        public TaskRunSeen {
            containers = List.copyOf(containers);
        }

        public boolean stopped() {
            return "STOPPED".equals(status);
        }
    }

    /**
     * @param exitCode null while it runs and where it never started
     * @param reason why it did not start, or null
     */
    record ContainerRunSeen(String name, Integer exitCode, String reason) {}

    /**
     * @param driver such as {@code awslogs}, or null where it has no log configuration
     * @param logs null where that is another driver, or no group is said
     */
    record ContainerLogSeen(String container, boolean essential, String driver, LogsSeen logs) {
        public ContainerLogSeen {
            Objects.requireNonNull(container, "container");
        }
    }

    /** @param container the one whose exit code that is, or null */
    record TaskSeen(
            String id,
            String taskDefinition,
            String startedBy,
            String stopCode,
            String stoppedReason,
            Integer exitCode,
            String container,
            Instant stoppedAt) {
        public TaskSeen {
            Objects.requireNonNull(id, "id");
        }
    }

    /** @param weights target group ARN to the weight in the default action's forward, as percent of their sum */
    record ListenerSeen(String arn, String loadBalancerArn, Map<String, Integer> weights) {
        public ListenerSeen {
            Objects.requireNonNull(arn, "arn");
            Objects.requireNonNull(loadBalancerArn, "loadBalancerArn");
            weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        }
    }

    /**
     * @param targetType {@code ip}, {@code instance} …; null, as all that follows, where it was not answered
     * @param healthCheckPort a number, or {@code traffic-port}
     */
    record TargetGroupSeen(
            String arn,
            String name,
            String targetType,
            String protocol,
            String healthCheckPort,
            String healthCheckPath) {
        public TargetGroupSeen {
            Objects.requireNonNull(arn, "arn");
            Objects.requireNonNull(name, "name");
        }

        public TargetGroupSeen(String arn, String name) {
            this(arn, name, null, null, null, null);
        }
    }

    /** @param reason AWS's code and description, or null */
    record TargetHealthSeen(String target, String state, String reason) {
        public TargetHealthSeen {
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(state, "state");
        }

        /** Whether it is on its way out, well or ill. */
        public boolean draining() {
            return state.equals("draining") || state.equals("unhealthy.draining");
        }
    }

    /** @param metrics what a metric alarm looks at, empty for a composite one */
    record AlarmSeen(String name, String state, String reason, Instant since, List<AlarmMetricSeen> metrics) {
        public AlarmSeen {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(state, "state");
            metrics = List.copyOf(metrics);
        }

        public AlarmSeen(String name, String state, String reason, Instant since) {
            this(name, state, reason, since, List.of());
        }
    }

    /**
     * @param namespace such as {@code AWS/ApplicationELB}
     * @param dimensions name to value
     */
    record AlarmMetricSeen(String namespace, Map<String, String> dimensions) {
        public AlarmMetricSeen {
            Objects.requireNonNull(namespace, "namespace");
            dimensions = Map.copyOf(dimensions);
        }
    }

    /**
     * @param digest of the very text, {@code sha256:…}, as ECR has it
     * @param mediaType one of {@link #MEDIA_TYPES} or something else; null where ECR does not say
     * @param json the text
     */
    record ManifestSeen(String digest, String mediaType, String json) {

        /** What is asked for: manifests and indexes of Docker (Image Manifest Version 2, Schema 2) and of OCI. */
        public static final List<String> MEDIA_TYPES = List.of(
                "application/vnd.docker.distribution.manifest.v2+json",
                "application/vnd.docker.distribution.manifest.list.v2+json",
                "application/vnd.oci.image.manifest.v1+json",
                "application/vnd.oci.image.index.v1+json");

        public ManifestSeen {
            Objects.requireNonNull(digest, "digest");
            Objects.requireNonNull(json, "json");
        }
    }

    /** One metric of one target group, Sum per period. */
    record MetricWanted(String id, String metric, String loadBalancer, String targetGroup, Duration period) {}

    /** @param points period start to value */
    record SeriesSeen(String id, Map<Instant, Double> points) {
        public SeriesSeen {
            Objects.requireNonNull(id, "id");
            points = Collections.unmodifiableMap(new LinkedHashMap<>(points));
        }
    }
}
