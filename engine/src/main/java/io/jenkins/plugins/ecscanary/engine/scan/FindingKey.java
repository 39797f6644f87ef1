package io.jenkins.plugins.ecscanary.engine.scan;

/** Parts put together so that different parts never give the same text. */
final class FindingKey {

    private FindingKey() {}

    static String of(String... parts) {
        StringBuilder key = new StringBuilder();
        for (String part : parts) {
            if (key.length() > 0) {
                key.append('|');
            }
            key.append(part.replace("%", "%25").replace("|", "%7C"));
        }
        return key.toString();
    }
}
