package io.jenkins.plugins.ecscanary.localaws.faults;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What reads were answered, the last few of each of the last requests. Not thread-safe. */
final class EarlierAnswers {

    private static final int REQUESTS = 1000;
    private static final int ANSWERS = 20;

    /** Longer requests, such as a metric query of many parts, are not worth their room. */
    private static final int MAX_BODY = 64 * 1024;

    private final Map<Key, Deque<Answer>> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Deque<Answer>> eldest) {
            return size() > REQUESTS;
        }
    };

    void remember(Call call, Object answer, Instant at) {
        if (call.body().remaining() <= MAX_BODY) {
            Deque<Answer> known = answers.computeIfAbsent(Key.of(call), key -> new ArrayDeque<>());
            known.addLast(new Answer(answer, at));
            if (known.size() > ANSWERS) {
                known.removeFirst();
            }
        }
    }

    /** One of the answers not older than {@code since}, any of them: replicas lag differently. */
    Optional<Object> since(Call call, Instant since, RandomGenerator random) {
        List<Answer> fresh = answers.getOrDefault(Key.of(call), new ArrayDeque<>()).stream()
                .filter(answer -> !answer.at.isBefore(since))
                .toList();
        return fresh.isEmpty() ? Optional.empty() : Optional.of(fresh.get(random.nextInt(fresh.size())).answer);
    }

    private record Key(String service, String operation, ByteBuffer body) {
        static Key of(Call call) {
            return new Key(call.service(), call.operation(), call.body());
        }
    }

    private record Answer(Object answer, Instant at) {}
}
