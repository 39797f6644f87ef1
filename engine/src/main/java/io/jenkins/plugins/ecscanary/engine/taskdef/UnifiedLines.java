package io.jenkins.plugins.ecscanary.engine.taskdef;

import java.util.ArrayList;
import java.util.List;

/** Two texts side by side as {@code diff -u} shows them: what differs, with three lines around it. */
final class UnifiedLines {

    private static final int AROUND = 3;

    private UnifiedLines() {}

    /** A line of both, of the first only or of the second only; {@code from} and {@code to} count lines before it. */
    private record Line(char sign, String text, int from, int to) {}

    /** Empty if they are equal; no line feed at the end. */
    static String of(String nameBefore, List<String> before, String nameAfter, List<String> after) {
        List<Line> lines = align(before, after);
        List<String> out = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            if (lines.get(at).sign == ' ') {
                at++;
                continue;
            }
            int start = Math.max(0, at - AROUND);
            int end = endOfHunk(lines, at);
            if (out.isEmpty()) {
                out.add("--- " + nameBefore);
                out.add("+++ " + nameAfter);
            }
            List<Line> hunk = lines.subList(start, end);
            long removed = hunk.stream().filter(line -> line.sign != '+').count();
            long added = hunk.stream().filter(line -> line.sign != '-').count();
            out.add("@@ -" + range(hunk.get(0).from, removed) + " +" + range(hunk.get(0).to, added) + " @@");
            hunk.forEach(line -> out.add(line.sign + line.text));
            at = end;
        }
        return String.join("\n", out);
    }

    /** Changes with at most twice the surroundings between them are one hunk. */
    private static int endOfHunk(List<Line> lines, int first) {
        int last = first;
        for (int i = first; i < lines.size() && i <= last + 2 * AROUND + 1; i++) {
            if (lines.get(i).sign != ' ') {
                last = i;
            }
        }
        return Math.min(lines.size(), last + AROUND + 1);
    }

    /** An empty range is counted from the line before it. */
    private static String range(int before, long count) {
        return (count == 0 ? before : before + 1) + (count == 1 ? "" : "," + count);
    }

    /** By the longest common subsequence: task definitions are short (64 KB at most), so its square is affordable. */
    private static List<Line> align(List<String> before, List<String> after) {
        int head = 0;
        while (head < before.size() && head < after.size() && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < before.size() - head
                && tail < after.size() - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        int n = before.size() - head - tail;
        int m = after.size() - head - tail;
        int[][] common = new int[n + 1][m + 1];
        for (int i = n - 1; i >= 0; i--) {
            for (int j = m - 1; j >= 0; j--) {
                common[i][j] = before.get(head + i).equals(after.get(head + j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<Line> lines = new ArrayList<>();
        int i = -head;
        int j = -head;
        while (i < n + tail || j < m + tail) {
            boolean outside = i < 0 || (i >= n && j >= m);
            if (outside || (i < n && j < m && before.get(head + i).equals(after.get(head + j)))) {
                lines.add(new Line(' ', before.get(head + i), head + i, head + j));
                i++;
                j++;
            } else if (j >= m || (i < n && common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line('-', before.get(head + i), head + i, head + j));
                i++;
            } else {
                lines.add(new Line('+', after.get(head + j), head + i, head + j));
                j++;
            }
        }
        return lines;
    }
}
