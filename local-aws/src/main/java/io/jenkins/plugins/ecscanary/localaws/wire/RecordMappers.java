package io.jenkins.plugins.ecscanary.localaws.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * Records to and from the trees and bytes of one wire protocol, once for each spelling of member names.
 *
 * <p>Strict both ways a client could be wrong: a member the record does not have and a value of another type are errors,
 * except that AWS Query has nothing but text, so there text becomes what the record asks for.
 */
final class RecordMappers {

    private final Map<ServiceApi.Members, ObjectMapper> mappers = new EnumMap<>(ServiceApi.Members.class);

    private RecordMappers(java.util.function.Function<ServiceApi.Members, ObjectMapper> build) {
        for (ServiceApi.Members members : ServiceApi.Members.values()) {
            mappers.put(members, build.apply(members));
        }
    }

    /** AWS JSON: instants are epoch seconds with a fraction. */
    static RecordMappers json() {
        return new RecordMappers(members -> strict(common(
                JsonMapper.builder(JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                        .build()),
                members,
                new InstantJson.EpochSeconds())));
    }

    /** Smithy RPC v2 CBOR: instants are tag 1 and a double. */
    static RecordMappers cbor() {
        return new RecordMappers(members ->
                strict(common(CBORMapper.builder(new CBORFactory()), members, new InstantJson.CborEpochSeconds())));
    }

    /** AWS Query: everything is text, instants are ISO 8601. */
    static RecordMappers query() {
        return new RecordMappers(members -> lenient(
                common(JsonMapper.builder(), members, new InstantJson.Iso8601()).addModule(QueryMap.module())));
    }

    ObjectMapper of(ServiceApi api) {
        return mappers.get(api.members());
    }

    private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B common(
            B builder, ServiceApi.Members members, com.fasterxml.jackson.databind.JsonSerializer<Instant> instants) {
        SimpleModule module = new SimpleModule("instants");
        module.addSerializer(Instant.class, instants);
        module.addDeserializer(Instant.class, new InstantJson.Reader());
        builder.addModule(new Jdk8Module())
                .addModule(module)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
        if (members == ServiceApi.Members.UPPER_CAMEL) {
            builder.propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE);
        }
        return builder;
    }

    private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> M strict(B builder) {
        return builder.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, config -> config.setCoercion(
                                CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }

    private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> M lenient(B builder) {
        // "Names=" is how Query clients write an empty list.
        return builder.withCoercionConfig(
                        LogicalType.Collection,
                        config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsEmpty))
                .build();
    }
}
