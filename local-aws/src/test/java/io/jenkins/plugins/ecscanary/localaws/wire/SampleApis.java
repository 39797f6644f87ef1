package io.jenkins.plugins.ecscanary.localaws.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Pieces of real services' operations that answer from what they were asked, one service per wire protocol. */
final class SampleApis {

    private SampleApis() {}

    static ServiceApi ecs() {
        return ServiceApi.json(
                "ecs",
                "AmazonEC2ContainerServiceV20141113",
                List.of(
                        Operation.of(
                                "ListTasks",
                                ListTasks.class,
                                in -> new TaskArns(List.of(in.cluster + "/" + in.desiredStatus))),
                        Operation.of("DescribeClusters", DescribeClusters.class, in -> {
                            throw new AwsError("ClusterNotFoundException", "Cluster not found: " + in.clusters);
                        }),
                        Operation.of(
                                "DescribeTasks",
                                DescribeTasks.class,
                                in -> new Tasks(List.of(
                                        new Task(in.tasks.get(0), Instant.parse("2026-01-05T10:00:00.250Z"), null)))),
                        Operation.of("ListClusters", Empty.class, in -> {
                            throw new IllegalStateException("a bug with /secret/path in it");
                        })));
    }

    static ServiceApi ecr() {
        return ServiceApi.json(
                "ecr",
                "AmazonEC2ContainerRegistry_V20150921",
                List.of(Operation.of(
                        "UploadLayerPart",
                        UploadLayerPart.class,
                        in -> new UploadedPart(
                                in.repositoryName,
                                in.partLastByte,
                                in.layerPartBlob.length + ":" + in.layerPartBlob[0]))));
    }

    static ServiceApi elb() {
        return ServiceApi.query(
                "elasticloadbalancing",
                "2015-12-01",
                "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
                List.of(
                        Operation.of(
                                "ModifyListener",
                                ModifyListener.class,
                                in -> new Listeners(List.of(new Listener(in.listenerArn, in.port, in.defaultActions)))),
                        Operation.of("DescribeTargetGroups", DescribeTargetGroups.class, in -> {
                            throw new AwsError(
                                    "TargetGroupNotFound", "Target groups " + in.names + " not found & <gone>");
                        })));
    }

    static ServiceApi monitoring() {
        return new ServiceApi(
                "monitoring",
                "GraniteServiceVersion20100801",
                "2010-08-01",
                "http://monitoring.amazonaws.com/doc/2010-08-01/",
                "GraniteServiceVersion20100801",
                ServiceApi.Members.UPPER_CAMEL,
                List.of(
                        Operation.of("GetMetricStatistics", GetMetricStatistics.class, SampleApis::statistics),
                        Operation.of("DescribeAlarms", DescribeAlarms.class, in -> {
                            throw new AwsError("InvalidNextToken", "bad token");
                        })));
    }

    private static Statistics statistics(GetMetricStatistics in) {
        List<Datapoint> points = new ArrayList<>();
        for (Instant at = in.startTime; at.isBefore(in.endTime); at = at.plusSeconds(in.period)) {
            points.add(new Datapoint(at, 99.25, "Percent"));
        }
        return new Statistics(in.metricName + in.dimensions, points);
    }

    record Empty() {}

    record ListTasks(String cluster, String desiredStatus, Integer maxResults) {}

    record TaskArns(List<String> taskArns) {}

    record DescribeClusters(List<String> clusters) {}

    record DescribeTasks(List<String> tasks, String cluster) {}

    record Tasks(List<Task> tasks) {}

    record Task(String taskArn, Instant createdAt, Instant stoppedAt) {}

    record UploadLayerPart(
            String repositoryName, String uploadId, Long partFirstByte, Long partLastByte, byte[] layerPartBlob) {}

    record UploadedPart(String repositoryName, Long lastByteReceived, String uploadId) {}

    record ModifyListener(String listenerArn, Integer port, List<Action> defaultActions) {}

    record Action(String type, ForwardConfig forwardConfig) {}

    record ForwardConfig(List<TargetGroupTuple> targetGroups) {}

    record TargetGroupTuple(String targetGroupArn, Integer weight) {}

    record Listeners(List<Listener> listeners) {}

    record Listener(String listenerArn, Integer port, List<Action> defaultActions) {}

    record DescribeTargetGroups(List<String> names) {}

    record GetMetricStatistics(
            String namespace,
            String metricName,
            List<Dimension> dimensions,
            Instant startTime,
            Instant endTime,
            int period,
            List<String> statistics) {}

    record Dimension(String name, String value) {}

    record Statistics(String label, List<Datapoint> datapoints) {}

    record Datapoint(Instant timestamp, double average, String unit) {}

    record DescribeAlarms(List<String> alarmNames, String nextToken) {}
}
