package io.jenkins.plugins.ecscanary.jenkins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@code rights.txt}: one line for each thing that can be asked, with the status everyone gets for each way of asking. */
final class RightsTable {

    private RightsTable() {}

    /**
     * @param method what answers
     * @param path below Jenkins's own address; {@code {run}} is a build's, {@code {id}} a deployment of it
     * @param get of anonymous, reader, builder, canceller, configurer, administrator
     * @param post the same with a crumb
     * @param noCrumb the same without
     */
    record Row(String method, String path, List<Integer> get, List<Integer> post, List<Integer> noCrumb) {
        @Override
        public String toString() {
            return method + " " + path + " | " + text(get) + " | " + text(post) + " | " + text(noCrumb);
        }

        private static String text(List<Integer> codes) {
            return codes.stream().map(String::valueOf).collect(Collectors.joining(" "));
        }
    }

    static List<Row> read() {
        try (var in = RightsTable.class.getResourceAsStream("rights.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(RightsTable::row)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        String[] columns = line.split("\\|");
        String[] names = columns[0].trim().split("\\s+");
        if (columns.length != 4 || names.length != 2) {
            throw new IllegalStateException("not a row: " + line);
        }
        return new Row(names[0], names[1], codes(columns[1]), codes(columns[2]), codes(columns[3]));
    }

    private static List<Integer> codes(String column) {
        return Arrays.stream(column.trim().split("\\s+")).map(Integer::valueOf).toList();
    }
}
