package io.jenkins.plugins.ecscanary.engine.scan;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Goes once through a JSON document, taking only what is of the type that it should be. */
final class JsonCursor {

    /** Of names that were looked at and mean nothing: a document has the same few again and again. */
    private static final int REMEMBERED = 4096;

    private final JsonParser parser;
    private final String document;
    private final Set<String> meaningless = new HashSet<>();

    /** @param document its name, for messages */
    JsonCursor(JsonParser parser, String document) {
        this.parser = parser;
        this.document = document;
    }

    /** Takes one member's value, at which the cursor is. */
    interface Member {
        /** @param number of its name, or {@link Members#UNKNOWN} */
        void take(int number, String name) throws IOException, UnreadableReportException;
    }

    /** Takes one element, at which the cursor is. */
    interface Element {
        void take() throws IOException, UnreadableReportException;
    }

    JsonToken next() throws IOException {
        return parser.nextToken();
    }

    boolean at(JsonToken token) {
        return parser.currentToken() == token;
    }

    /** Leaves out the value at which the cursor is. */
    void skip() throws IOException {
        parser.skipChildren();
    }

    /** The object at which the cursor is; null is one without members. What the reader of a member does not take is left out. */
    void object(Members known, Member reader) throws IOException, UnreadableReportException {
        if (at(JsonToken.VALUE_NULL)) {
            return;
        }
        expect(JsonToken.START_OBJECT, "an object");
        long seen = 0;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            int number = known.number(name);
            if (number == Members.UNKNOWN) {
                checkMeaningless(known, name);
            } else if ((seen & (1L << number)) != 0) {
                throw wrong("is there twice; one of the two would be overlooked");
            } else {
                seen |= 1L << number;
            }
            parser.nextToken();
            reader.take(number, name);
            skip(); // does nothing where all of it was taken
        }
    }

    private void checkMeaningless(Members known, String name) throws UnreadableReportException {
        if (meaningless.contains(name)) {
            return;
        }
        String meant = known.meant(name);
        if (meant != null) {
            throw wrong("is written " + meant + " by Trivy; as it is, it would be overlooked");
        }
        if (meaningless.size() < REMEMBERED) {
            meaningless.add(name);
        }
    }

    /** The array at which the cursor is; null is an empty one. */
    void array(Element reader) throws IOException, UnreadableReportException {
        if (at(JsonToken.VALUE_NULL)) {
            return;
        }
        expect(JsonToken.START_ARRAY, "an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            reader.take();
        }
    }

    /** How many elements the array at which the cursor is has; 0 for any other value. */
    int length() throws IOException {
        if (!at(JsonToken.START_ARRAY)) {
            return 0;
        }
        int length = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            length++;
        }
        return length;
    }

    /** Null for null. */
    String text() throws IOException, UnreadableReportException {
        if (at(JsonToken.VALUE_NULL)) {
            return null;
        }
        expect(JsonToken.VALUE_STRING, "text");
        return parser.getText();
    }

    boolean flag() throws UnreadableReportException {
        if (!at(JsonToken.VALUE_TRUE) && !at(JsonToken.VALUE_FALSE) && !at(JsonToken.VALUE_NULL)) {
            throw wrongType("true or false");
        }
        return at(JsonToken.VALUE_TRUE);
    }

    /** 0 for null. */
    int whole() throws IOException, UnreadableReportException {
        if (at(JsonToken.VALUE_NULL)) {
            return 0;
        }
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        if (parser.getTextLength() > 9) {
            throw wrong("is a number with " + parser.getTextLength() + " digits; at most 9 make sense");
        }
        return parser.getIntValue();
    }

    private void expect(JsonToken token, String expected) throws UnreadableReportException {
        if (!at(token)) {
            throw wrongType(expected);
        }
    }

    private UnreadableReportException wrongType(String expected) {
        return wrong("is " + a(parser.currentToken()) + " where " + expected + " is expected");
    }

    /** @param token or null at the document's end */
    private static String a(JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_STRING -> "text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            default -> "null";
        };
    }

    /** About the value at which the cursor is; {@code what} goes on after its name. */
    UnreadableReportException wrong(String what) {
        JsonStreamContext context = parser.getParsingContext();
        boolean inside = parser.currentToken() != null && parser.currentToken().isStructStart();
        return problem(path(inside ? context.getParent() : context) + " " + what);
    }

    /** About the document at this point. */
    UnreadableReportException problem(String what) {
        JsonLocation where = parser.currentTokenLocation();
        return new UnreadableReportException(
                document + ": " + what + " (" + where(where) + "); " + ReportReader.REMEDY);
    }

    static String where(JsonLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** Such as {@code Results[3].Vulnerabilities[0].Severity}. */
    private static String path(JsonStreamContext context) {
        StringBuilder path = new StringBuilder();
        for (JsonStreamContext each = context; each != null && !each.inRoot(); each = each.getParent()) {
            if (each.inArray()) {
                path.insert(0, "[" + Math.max(0, each.getCurrentIndex()) + "]");
            } else if (each.getCurrentName() != null) {
                path.insert(0, "." + Printable.line(each.getCurrentName(), 60));
            }
        }
        String whole = path.length() > 0 && path.charAt(0) == '.' ? path.substring(1) : path.toString();
        return whole.isEmpty() ? "the document" : Printable.line(whole, 300);
    }
}
