package io.jenkins.plugins.ecscanary.localaws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** AWS Query's XML answers: lists as {@code <member>}, maps as {@code <entry>}, names as they are. */
final class QueryXml {

    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private QueryXml() {}

    static byte[] answer(String namespace, String operation, JsonNode result, String requestId) {
        return write(xml -> {
            xml.writeStartElement(operation + "Response");
            xml.writeDefaultNamespace(namespace);
            xml.writeStartElement(operation + "Result");
            members(xml, result);
            xml.writeEndElement();
            xml.writeStartElement("ResponseMetadata");
            element(xml, "RequestId", requestId);
            xml.writeEndElement();
            xml.writeEndElement();
        });
    }

    static byte[] error(String namespace, AwsError error, String requestId) {
        return write(xml -> {
            xml.writeStartElement("ErrorResponse");
            xml.writeDefaultNamespace(namespace);
            xml.writeStartElement("Error");
            element(xml, "Type", error.status() < 500 ? "Sender" : "Receiver");
            element(xml, "Code", error.code());
            element(xml, "Message", error.getMessage());
            xml.writeEndElement();
            element(xml, "RequestId", requestId);
            xml.writeEndElement();
        });
    }

    private static void members(XMLStreamWriter xml, JsonNode node) throws XMLStreamException {
        if (node.isObject()) {
            for (var field : node.properties()) {
                if (field.getValue() instanceof ArrayNode entries && QueryMap.ENTRY.equals(field.getKey())) {
                    entries(xml, entries);
                } else if (!field.getValue().isNull()) {
                    xml.writeStartElement(field.getKey());
                    members(xml, field.getValue());
                    xml.writeEndElement();
                }
            }
        } else if (node.isArray()) {
            for (JsonNode item : node) {
                xml.writeStartElement("member");
                members(xml, item);
                xml.writeEndElement();
            }
        } else {
            xml.writeCharacters(allowed(node.asText()));
        }
    }

    private static void entries(XMLStreamWriter xml, ArrayNode entries) throws XMLStreamException {
        for (JsonNode entry : entries) {
            xml.writeStartElement(QueryMap.ENTRY);
            members(xml, entry);
            xml.writeEndElement();
        }
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(allowed(text));
        xml.writeEndElement();
    }

    /** XML 1.0 has no way at all to write most control characters; a client's parser would stop there. */
    private static String allowed(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == '\t'
                                || c == '\n'
                                || c == '\r'
                                || c >= 0x20 && c <= 0xD7FF
                                || c >= 0xE000 && c <= 0xFFFD
                                || c >= 0x10000
                        ? c
                        : 0xFFFD)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static byte[] write(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = FACTORY.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            content.write(xml);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing XML into memory", e);
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Content {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }
}
