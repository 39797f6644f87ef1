package io.jenkins.plugins.ecscanary.cli.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A good file changed for the worse in one or a few places: always in the same ways, since the seed is the number. */
final class Mutations {

    /** What breaks quoting, lines, terminals, JSON, templates and shells somewhere. */
    private static final List<String> NASTY = List.of(
            "\0",
            "\u001b[2J",
            "\r",
            "\n",
            "\t",
            "\"",
            "'",
            "\\",
            "\\u0000",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "=",
            "#",
            "$",
            "${",
            "}}",
            "$(id)",
            "`id`",
            "\u202e",
            "\ufeff",
            "-",
            "1e999",
            "NaN",
            "null",
            "true",
            "9".repeat(40));

    private static final List<Mutation> KINDS = List.of(
            new Mutation("cut off", (bytes, random) -> Arrays.copyOf(bytes, at(bytes, random))),
            new Mutation("bytes are missing", Mutations::without),
            new Mutation("something is in it twice", Mutations::doubled),
            new Mutation("a byte is another", Mutations::flipped),
            new Mutation("something got in", Mutations::inserted),
            new Mutation("something got in twice", (bytes, random) -> inserted(inserted(bytes, random), random)),
            new Mutation("two lines changed places", Mutations::swappedLines),
            new Mutation("a line is missing", Mutations::withoutLine),
            new Mutation("a line is there twice", Mutations::doubledLine),
            new Mutation("a number is another", Mutations::otherNumber));

    private Mutations() {}

    /** A changed file and what was done to it, for the message of a failed test. */
    record Mutant(String name, byte[] bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record Mutation(String name, Change change) {}

    @FunctionalInterface
    private interface Change {
        byte[] of(byte[] bytes, Random random);
    }

    /** {@code count} different ways to spoil {@code good}; those that happen to change nothing are left out. */
    static Stream<Mutant> of(String good, int count) {
        byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(0, count)
                .mapToObj(seed -> {
                    Mutation kind = KINDS.get(seed % KINDS.size());
                    return new Mutant(seed + ": " + kind.name(), kind.change().of(bytes, new Random(seed)));
                })
                .filter(mutant -> !Arrays.equals(mutant.bytes(), bytes));
    }

    private static int at(byte[] bytes, Random random) {
        return random.nextInt(bytes.length);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] without(byte[] bytes, Random random) {
        int from = at(bytes, random);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(20));
        return joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
    }

    private static byte[] doubled(byte[] bytes, Random random) {
        int from = at(bytes, random);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(60));
        return joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        changed[at(bytes, random)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    private static byte[] inserted(byte[] bytes, Random random) {
        int at = at(bytes, random);
        byte[] nasty = NASTY.get(random.nextInt(NASTY.size())).getBytes(StandardCharsets.UTF_8);
        return joined(Arrays.copyOf(bytes, at), nasty, Arrays.copyOfRange(bytes, at, bytes.length));
    }

    private static byte[] lines(byte[] bytes, UnaryOperator<String[]> change) {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        return String.join("\n", change.apply(lines)).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] swappedLines(byte[] bytes, Random random) {
        return lines(bytes, lines -> {
            int one = random.nextInt(lines.length);
            int other = random.nextInt(lines.length);
            String line = lines[one];
            lines[one] = lines[other];
            lines[other] = line;
            return lines;
        });
    }

    private static byte[] withoutLine(byte[] bytes, Random random) {
        return lines(bytes, lines -> {
            int gone = random.nextInt(lines.length);
            return IntStream.range(0, lines.length)
                    .filter(i -> i != gone)
                    .mapToObj(i -> lines[i])
                    .toArray(String[]::new);
        });
    }

    private static byte[] doubledLine(byte[] bytes, Random random) {
        return lines(bytes, lines -> {
            int twice = random.nextInt(lines.length);
            return IntStream.range(0, lines.length)
                    .boxed()
                    .flatMap(i -> i == twice ? Stream.of(lines[i], lines[i]) : Stream.of(lines[i]))
                    .toArray(String[]::new);
        });
    }

    private static byte[] otherNumber(byte[] bytes, Random random) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        List<String> others = List.of("-1", "0", "1e400", "99999999999999999999", "0x1F", "1.", "٣");
        String other = others.get(random.nextInt(others.size()));
        List<Integer> digits = IntStream.range(0, text.length())
                .filter(i -> Character.isDigit(text.charAt(i)))
                .boxed()
                .toList();
        if (digits.isEmpty()) {
            return bytes;
        }
        int at = digits.get(random.nextInt(digits.size()));
        return (text.substring(0, at) + other + text.substring(at + 1)).getBytes(StandardCharsets.UTF_8);
    }
}
