package io.jenkins.plugins.ecscanary.localaws.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.jenkins.plugins.ecscanary.localaws.ecr.ScanFinding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a scan finds in an image, as JSON; each finding as ECR tells it, so that those of a real scan can be taken over.
 *
 * <pre>
 * {"repository": "web", "image": "2.1.0", "findings": [
 *   {"name": "CVE-2026-1234", "severity": "HIGH", "description": "…", "uri": "https://…",
 *    "attributes": [{"key": "package_name", "value": "zlib"}]}]}
 * </pre>
 */
final class ScanFindingsJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .withCoercionConfig(
                    LogicalType.Textual, texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private ScanFindingsJson() {}

    /** @param image a digest or a tag */
    record Stored(String repository, String image, List<ScanFinding> findings) {
        Stored {
            findings = List.copyOf(findings);
        }
    }

    /** @throws IllegalArgumentException saying what is wrong */
    static Stored parse(byte[] json) {
        try {
            Members members = JSON.readValue(json, Members.class);
            if (members == null) {
                throw new IllegalArgumentException("the body is not one JSON object");
            }
            return members.stored();
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException(path(e) + " is not known", e);
        } catch (JsonMappingException e) {
            String path = path(e);
            throw new IllegalArgumentException(
                    path.isEmpty() ? "the body is not one JSON object" : path + " is not of the expected type", e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("malformed JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the body is not JSON in UTF-8: " + e.getMessage(), e);
        }
    }

    /** Such as {@code findings[0].severity}. */
    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private record Members(String repository, String image, List<Finding> findings) {

        Stored stored() {
            needed("repository", repository);
            needed("image", image);
            if (findings == null) {
                throw new IllegalArgumentException("findings is missing; an empty list makes it a clean image");
            }
            List<ScanFinding> all = new ArrayList<>();
            for (int i = 0; i < findings.size(); i++) {
                String where = "findings[" + i + "]";
                if (findings.get(i) == null) {
                    throw new IllegalArgumentException(where + " is null");
                }
                all.add(findings.get(i).of(where));
            }
            return new Stored(repository, image, all);
        }

        private static void needed(String name, String value) {
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException(name + " is missing");
            }
        }
    }

    private record Finding(String name, String severity, String description, String uri, List<Attribute> attributes) {

        ScanFinding of(String where) {
            Map<String, String> all = new LinkedHashMap<>();
            for (Attribute attribute : attributes == null ? List.<Attribute>of() : attributes) {
                if (attribute == null || attribute.key() == null || attribute.value() == null) {
                    throw new IllegalArgumentException(where + ": an attribute has a key and a value");
                }
                if (all.put(attribute.key(), attribute.value()) != null) {
                    throw new IllegalArgumentException(
                            where + ": the attribute " + attribute.key() + " is there twice");
                }
            }
            try {
                return new ScanFinding(name, severity, description, uri, all);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
            }
        }
    }

    private record Attribute(String key, String value) {}
}
