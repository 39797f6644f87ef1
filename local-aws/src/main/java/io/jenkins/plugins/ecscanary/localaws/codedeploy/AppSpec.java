package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.ecscanary.localaws.codedeploy.LifecycleEvents.Name;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an ECS AppSpec says, read from JSON or YAML. The names' case does not matter ({@code aws ecs deploy}'s own examples
 * write them in lower case).
 *
 * @param placement how the replacement task set differs from the service's own settings
 * @param hooks the functions to invoke, names or ARNs
 * @see <a href="https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html">
 *     AppSpec resources section</a>
 * @see <a href="https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html">AppSpec
 *     hooks section</a>
 */
record AppSpec(
        String taskDefinition,
        String containerName,
        int containerPort,
        AppSpecPlacement placement,
        Map<Name, String> hooks) {

    private static final ObjectMapper JSON = strict(JsonMapper.builder());
    private static final ObjectMapper YAML = strict(YAMLMapper.builder());
    private static final Pattern FUNCTION = Pattern.compile(
            "(arn:aws[a-zA-Z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:)?[a-zA-Z0-9_-]{1,64}(:[a-zA-Z0-9$_-]{1,128})?");

    AppSpec {
        hooks = hooks.isEmpty() ? Map.of() : Map.copyOf(hooks);
    }

    /** One without hooks, for a rollback: what it puts back is there already. */
    static AppSpec of(String taskDefinition, String containerName, int containerPort) {
        return new AppSpec(taskDefinition, containerName, containerPort, AppSpecPlacement.AS_THE_SERVICE, Map.of());
    }

    private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> M strict(B builder) {
        return builder.propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** @throws AwsError RevisionRequiredException, InvalidRevisionException, or what local-aws does not support, by name */
    static AppSpec of(RevisionLocation revision) {
        if (revision == null) {
            throw new AwsError("RevisionRequiredException", "The revision is required");
        }
        if (!"AppSpecContent".equals(revision.revisionType())) {
            throw AwsError.unsupported("revisionType " + revision.revisionType() + "; for ECS it is AppSpecContent");
        }
        if (revision.appSpecContent() == null || revision.appSpecContent().content() == null) {
            throw invalid("appSpecContent.content is missing");
        }
        String content = revision.appSpecContent().content();
        String sha256 = revision.appSpecContent().sha256();
        if (sha256 != null && !sha256.equalsIgnoreCase(sha256(content))) {
            throw invalid("the sha256 given is not the content's");
        }
        return of(content);
    }

    private static AppSpec of(String content) {
        boolean json = content.stripLeading().startsWith("{");
        try {
            Document document = (json ? JSON : YAML).readValue(content, Document.class);
            return check(document);
        } catch (UnrecognizedPropertyException e) {
            throw AwsError.unsupported("member " + e.getPropertyName() + " of an AppSpec");
        } catch (JsonMappingException e) {
            throw e.getCause() instanceof AwsError refused ? refused : invalid(e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw invalid("neither JSON nor YAML: " + e.getOriginalMessage());
        }
    }

    private static AppSpec check(Document document) {
        if (document == null || document.version == null || Double.parseDouble(document.version) != 0.0) {
            throw invalid("version must be 0.0");
        }
        if (document.resources == null
                || document.resources.size() != 1
                || document.resources.get(0) == null
                || document.resources.get(0).size() != 1) {
            throw invalid("Resources must list exactly one resource");
        }
        Resource service = document.resources.get(0).values().iterator().next();
        if (service == null || !"AWS::ECS::Service".equals(service.type)) {
            throw invalid("the resource's Type must be AWS::ECS::Service");
        }
        Properties properties = service.properties;
        if (properties == null || properties.taskDefinition == null || properties.taskDefinition.isBlank()) {
            throw invalid("Properties.TaskDefinition is missing");
        }
        ContainerRoute route = properties.loadBalancerInfo;
        if (route == null || route.containerName == null || route.containerPort == null) {
            throw invalid("Properties.LoadBalancerInfo needs ContainerName and ContainerPort");
        }
        return new AppSpec(
                properties.taskDefinition,
                route.containerName,
                route.containerPort,
                new AppSpecPlacement(
                        properties.networkConfiguration,
                        properties.capacityProviderStrategy,
                        properties.platformVersion),
                hooks(document.hooks));
    }

    private static Map<Name, String> hooks(List<Map<String, String>> listed) {
        Map<Name, String> hooks = new EnumMap<>(Name.class);
        for (Map<String, String> entry : listed == null ? List.<Map<String, String>>of() : listed) {
            if (entry == null || entry.size() != 1) {
                throw invalid("each of Hooks names one lifecycle event");
            }
            Map.Entry<String, String> hook = entry.entrySet().iterator().next();
            Name event = Name.hook(hook.getKey())
                    .orElseThrow(() -> invalid("there is no hook " + hook.getKey() + " for ECS"));
            if (hook.getValue() == null || !FUNCTION.matcher(hook.getValue()).matches()) {
                throw invalid("the hook " + event + " needs a Lambda function's name or ARN, not " + hook.getValue());
            }
            if (hooks.put(event, hook.getValue()) != null) {
                throw invalid("the hook " + event + " is there twice");
            }
        }
        return hooks;
    }

    /** The same as an AppSpec in JSON, for a rollback's revision. */
    String toJson() {
        ContainerRoute route = new ContainerRoute(containerName, containerPort);
        Map<String, Object> properties = Map.of("TaskDefinition", taskDefinition, "LoadBalancerInfo", route);
        Map<String, Object> service = Map.of("Type", "AWS::ECS::Service", "Properties", properties);
        try {
            return JSON.writeValueAsString(
                    Map.of("version", 0.0, "Resources", List.of(Map.of("TargetService", service))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing JSON into memory", e);
        }
    }

    private static String sha256(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static AwsError invalid(String why) {
        return new AwsError("InvalidRevisionException", "The AppSpec is invalid: " + why);
    }

    private record Document(String version, List<Map<String, Resource>> resources, List<Map<String, String>> hooks) {
        Document {
            if (version != null && !version.matches("[0-9]{1,3}(\\.[0-9]{1,3})?")) {
                throw invalid("version must be 0.0");
            }
        }
    }

    private record Resource(String type, Properties properties) {}

    private record Properties(
            String taskDefinition,
            ContainerRoute loadBalancerInfo,
            String platformVersion,
            AppSpecPlacement.NetworkConfiguration networkConfiguration,
            List<AppSpecPlacement.CapacityProvider> capacityProviderStrategy) {}

    private record ContainerRoute(String containerName, Integer containerPort) {}
}
