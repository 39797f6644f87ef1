package io.jenkins.plugins.ecscanary.localaws.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** Time stamps in the three ways AWS writes them, all to the millisecond. */
final class InstantJson {

    private InstantJson() {}

    /** AWS JSON: {@code 1767607200.123}. */
    static final class EpochSeconds extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeNumber(BigDecimal.valueOf(value.toEpochMilli(), 3));
        }
    }

    /** Smithy RPC v2 CBOR: tag 1 (epoch-based date/time), then a double. */
    static final class CborEpochSeconds extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (out instanceof CBORGenerator cbor) {
                cbor.writeTag(1);
            }
            out.writeNumber(value.toEpochMilli() / 1000.0);
        }
    }

    /** AWS Query: {@code 2026-01-05T10:00:00.123Z}. */
    static final class Iso8601 extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.truncatedTo(ChronoUnit.MILLIS).toString());
        }
    }

    /** Reads any of them. */
    static final class Reader extends JsonDeserializer<Instant> {

        /** The year 9999 in seconds: what AWS takes, and far from where {@link Instant} overflows. */
        private static final BigDecimal LAST = BigDecimal.valueOf(253402300799L);

        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.currentToken() == JsonToken.VALUE_NUMBER_INT || in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
                return ofEpochSeconds(in, in.getDecimalValue(), context);
            }
            String text = in.getValueAsString();
            if (text == null) {
                return (Instant) context.handleUnexpectedToken(Instant.class, in);
            }
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException notIso) {
                try {
                    return ofEpochSeconds(in, new BigDecimal(text), context);
                } catch (NumberFormatException notANumber) {
                    return (Instant) context.handleWeirdStringValue(
                            Instant.class, text, "neither an ISO 8601 instant with offset nor epoch seconds");
                }
            }
        }

        private static Instant ofEpochSeconds(JsonParser in, BigDecimal seconds, DeserializationContext context)
                throws IOException {
            if (seconds.abs().compareTo(LAST) > 0) {
                return (Instant) context.handleWeirdNumberValue(Instant.class, seconds, "beyond the year 9999");
            }
            return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
        }
    }
}
