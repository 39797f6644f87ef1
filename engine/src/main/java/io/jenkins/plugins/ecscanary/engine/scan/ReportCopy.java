package io.jenkins.plugins.ecscanary.engine.scan;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * A report without what may be secret: what a secret's rule matched, lines of files, the image's environment and history. To be
 * archived, and to make other formats of: the scanner itself puts into SARIF the line in which it found a secret.
 */
public final class ReportCopy {

    private static final String REMOVED = "(removed)";

    /** In lower case, since the scanner reads names whatever their case. */
    private static final Set<String> BLANKED = Set.of("match");

    private static final Set<String> LEFT_OUT = Set.of("code", "renderedcause", "traces");

    private static final Set<String> LEFT_OUT_OF_IMAGE = Set.of("config", "history", "container_config");
    private static final String IMAGE = "imageconfig";

    private ReportCopy() {}

    /**
     * @param copy is overwritten
     * @throws UnreadableReportException if {@code report} can't be read; {@code copy} is then half a report
     */
    public static void withoutSecrets(Path report, Path copy) throws UnreadableReportException, IOException {
        String name = Printable.line(report.toString(), 300);
        try (InputStream in = Files.newInputStream(report);
                JsonParser parser = ReportReader.parser(in, name);
                OutputStream out = Files.newOutputStream(copy);
                JsonGenerator to = ReportReader.JSON.createGenerator(out, JsonEncoding.UTF8)) {
            copy(parser, to);
        } catch (JsonProcessingException e) {
            throw new UnreadableReportException(ReportReader.problem(name, e));
        }
    }

    private static void copy(JsonParser parser, JsonGenerator to) throws IOException {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token != JsonToken.FIELD_NAME) {
                copyValue(parser, to);
                continue;
            }
            String member = parser.currentName().toLowerCase(Locale.ROOT);
            if (LEFT_OUT.contains(member) || (LEFT_OUT_OF_IMAGE.contains(member) && inImageConfig(parser))) {
                parser.nextToken();
                parser.skipChildren();
            } else {
                to.writeFieldName(parser.currentName());
                if (BLANKED.contains(member)) {
                    parser.nextToken();
                    parser.skipChildren();
                    to.writeString(REMOVED);
                }
            }
        }
    }

    private static void copyValue(JsonParser parser, JsonGenerator to) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            to.writeString(whole(parser.getText()));
        } else {
            to.copyCurrentEvent(parser);
        }
    }

    /** UTF-8 has no half characters, which JSON's escapes can write. */
    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            }
        }
        return text;
    }

    private static boolean inImageConfig(JsonParser parser) {
        String parent = parser.getParsingContext().getParent() == null
                ? null
                : parser.getParsingContext().getParent().getCurrentName();
        return parent != null && parent.toLowerCase(Locale.ROOT).equals(IMAGE);
    }
}
