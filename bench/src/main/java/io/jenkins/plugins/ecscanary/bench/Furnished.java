package io.jenkins.plugins.ecscanary.bench;

import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.ecr.JarImage;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceResources;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceService;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * A reference service of its own, ready to be deployed to.
 *
 * @param taskDefinition the revision it runs; deploying it again is a whole deployment all the same
 */
record Furnished(String cluster, String name, String taskDefinition) {

    private static final String TASK_DEFINITION =
            """
            {"family": "FAMILY", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256",
             "memory": "512", "executionRoleArn": "ROLE",
             "containerDefinitions": [{"name": "app", "image": "IMAGE", "portMappings": [{"containerPort": 3000}]}]}
            """;

    /** With a load balancer of its own. */
    static Furnished in(LocalAws aws, int number) throws IOException {
        ReferenceSettings settings = settings("bench-" + number, 5);
        return on(aws, settings, new ReferenceService(aws.calls(), settings).createInfrastructure());
    }

    /** With other services behind the same load balancer. */
    static Furnished in(LocalAws aws, SharedBalancers balancers, int number, int terminationWaitMinutes)
            throws IOException {
        String name = "bench-" + number;
        return on(aws, settings(name, terminationWaitMinutes), balancers.next(name));
    }

    private static ReferenceSettings settings(String name, int terminationWaitMinutes) {
        return new ReferenceSettings(
                name,
                name,
                "app",
                3000,
                2,
                name,
                "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
                20,
                terminationWaitMinutes);
    }

    private static Furnished on(LocalAws aws, ReferenceSettings settings, ReferenceResources resources)
            throws IOException {
        String name = settings.service();
        push(aws, name);
        String taskDefinition = taskDefinition(name, resources.executionRoleArn(), resources.repositoryUri() + ":1");
        return new Furnished(
                name, name, new ReferenceService(aws.calls(), settings).createService(resources, taskDefinition));
    }

    static String taskDefinition(String family, String role, String image) {
        return TASK_DEFINITION.replace("FAMILY", family).replace("ROLE", role).replace("IMAGE", image);
    }

    /** An image that is never run: the tasks are in-process. */
    private static void push(LocalAws aws, String repository) throws IOException {
        Path jar = Files.createTempFile("bench", ".jar");
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JarOutputStream entries = new JarOutputStream(bytes)) {
                entries.putNextEntry(new JarEntry(repository)); // a layer of its own for each service
            }
            Files.write(jar, bytes.toByteArray());
            JarImage image = JarImage.of(jar, Map.of("SERVICE", repository), JarImage.DEFAULT_ENTRY_POINT);
            upload(aws, repository, bytes.toByteArray(), image.layerDigest());
            upload(aws, repository, image.config(), image.configDigest());
            aws.calls()
                    .call(
                            "ecr",
                            "PutImage",
                            Map.of("repositoryName", repository, "imageTag", "1", "imageManifest", image.manifest()));
        } finally {
            Files.delete(jar);
        }
    }

    private static void upload(LocalAws aws, String repository, byte[] bytes, String digest) {
        String id = aws.calls()
                .call("ecr", "InitiateLayerUpload", Map.of("repositoryName", repository))
                .at("/uploadId")
                .asText();
        aws.calls()
                .call(
                        "ecr",
                        "UploadLayerPart",
                        Map.of(
                                "repositoryName",
                                repository,
                                "uploadId",
                                id,
                                "partFirstByte",
                                0,
                                "partLastByte",
                                bytes.length - 1,
                                "layerPartBlob",
                                Base64.getEncoder().encodeToString(bytes)));
        aws.calls()
                .call(
                        "ecr",
                        "CompleteLayerUpload",
                        Map.of("repositoryName", repository, "uploadId", id, "layerDigests", List.of(digest)));
    }
}
