package io.jenkins.plugins.ecscanary.engine.scan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Reads Trivy's JSON, as {@code --format json} writes it, in schema version 1 (until 2021: a bare list of results) and 2. It is read once and as it comes;
 * only what a {@link Finding} has is kept, so that a report of 200 MB fits a heap of 128 MB. Packages, descriptions, references and
 * lines of code are not kept.
 *
 * <p>A report without results is one without findings, since the scanner leaves them out then. Everything that is not as the
 * scanner writes it is refused rather than guessed: what is overlooked in a report would open a gate. Members that are not known
 * are passed over, as later releases of the scanner add some; if a result has one that holds something, the report's notices say so.
 */
public final class ReportReader {

    static final String REMEDY = "make the report anew with --format json --output FILE, and hand it on as it is";

    private static final int DEEPEST = 200;
    private static final int LONGEST_TEXT = 1_000_000;
    private static final int LONGEST_NAME = 10_000;
    private static final int LONGEST_NUMBER = 1_000;
    private static final long LONGEST_DOCUMENT = 4L << 30;

    static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // there may be millions, and the JVM would keep them
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxDocumentLength(LONGEST_DOCUMENT)
                    .build())
            .build();

    private static final Pattern ADVICE =
            Pattern.compile("(?s)( \\(for | \\(not recognized |: maybe |: enable |; enable |, enable ).*");

    private ReportReader() {}

    /** @throws UnreadableReportException if there is no such file, or anything in it is not as the scanner writes it */
    public static ScanReport read(Path file) throws UnreadableReportException {
        if (Files.isDirectory(file)) {
            throw new UnreadableReportException(file + ": is a directory; name the report in it");
        }
        try (InputStream json = Files.newInputStream(file)) {
            return read(json, file.toString());
        } catch (NoSuchFileException e) {
            throw new UnreadableReportException(
                    file + ": there is no such file; the scanner wrote none, or to another place", e);
        } catch (AccessDeniedException e) {
            throw new UnreadableReportException(file + ": may not be read; give the right to read it", e);
        } catch (IOException e) {
            throw new UnreadableReportException(file + ": can't be read: " + Printable.line(e.toString(), 200), e);
        }
    }

    /**
     * @param json is read to its end, or to where it is wrong, and not closed
     * @param name for messages
     * @throws UnreadableReportException if anything in it is not as the scanner writes it
     */
    public static ScanReport read(InputStream json, String name) throws UnreadableReportException {
        String shown = Printable.line(name, 300);
        boolean[] started = new boolean[1];
        try (JsonParser parser = parser(json, shown)) {
            if (parser.nextToken() == null) {
                throw new UnreadableReportException(
                        shown + ": is empty; the scanner did not come to its end, or wrote to another place");
            }
            started[0] = true;
            return new ReportParser(new JsonCursor(parser, shown)).read();
        } catch (JsonProcessingException e) {
            // Without the cause: the parser's message may quote what is in the report.
            throw new UnreadableReportException(problem(started[0] ? shown : shown + ": is no JSON", e));
        } catch (IOException e) {
            throw new UnreadableReportException(shown + ": can't be read: " + Printable.line(e.toString(), 200), e);
        }
    }

    /** @param name with which the message begins */
    static String problem(String name, JsonProcessingException e) {
        return name + ": " + why(e) + "; " + REMEDY;
    }

    private static String why(JsonProcessingException e) {
        String where = e.getLocation() == null ? "" : " (" + JsonCursor.where(e.getLocation()) + ")";
        String message = e.getOriginalMessage();
        if (e instanceof JsonEOFException || message.startsWith("Unexpected end-of-input")) {
            return "it ends in the middle of the report" + where;
        }
        if (e instanceof StreamConstraintsException) {
            return "something in it is nested deeper than " + DEEPEST + " levels or longer than any report needs"
                    + where;
        }
        if (e instanceof JsonParseException && message.startsWith("Unrecognized token")) {
            return "there is a word that is no value" + where; // without the word: nobody knows what it is
        }
        // Without the advice that the parser has for programmers.
        return Printable.line(ADVICE.matcher(message).replaceFirst(""), 200) + where;
    }

    static JsonParser parser(InputStream json, String name) throws IOException, UnreadableReportException {
        return JSON.createParser(sniffed(json, name));
    }

    /** The parser would take some of these for JSON, and say of others what is of no help. */
    private static InputStream sniffed(InputStream json, String name) throws IOException, UnreadableReportException {
        BufferedInputStream buffered = new BufferedInputStream(json, 1 << 16);
        buffered.mark(4);
        byte[] first = buffered.readNBytes(4);
        buffered.reset();
        if (begins(first, 0x1f, 0x8b) || begins(first, 'P', 'K')) {
            throw new UnreadableReportException(name + ": is compressed; unpack it first");
        }
        boolean wide = begins(first, 0xff, 0xfe)
                || begins(first, 0xfe, 0xff)
                || (first.length > 1 && (first[0] == 0 || first[1] == 0));
        if (wide) {
            throw new UnreadableReportException(
                    name + ": is UTF-16 or UTF-32 and not UTF-8, as when a shell redirects it; " + REMEDY);
        }
        return buffered;
    }

    private static boolean begins(byte[] bytes, int first, int second) {
        return bytes.length > 1 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }
}
