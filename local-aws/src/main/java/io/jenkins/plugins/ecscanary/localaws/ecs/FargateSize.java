package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The task sizes Fargate has (Amazon ECS developer guide, "Task size").
 *
 * @param cpu in units of 1/1024 vCPU
 * @param memory in MiB
 */
record FargateSize(int cpu, int memory) {

    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9})|([0-9]*\\.?[0-9]+) *(vcpu|gb)");

    private static final Map<Integer, Range> MEMORY = Map.of(
            256, new Range(512, 2048, 512),
            512, new Range(1024, 4096, 1024),
            1024, new Range(2048, 8192, 1024),
            2048, new Range(4096, 16384, 1024),
            4096, new Range(8192, 30720, 1024),
            8192, new Range(16384, 61440, 4096),
            16384, new Range(32768, 122880, 8192));

    /** @throws AwsError ClientException, in AWS's words, if Fargate has no such size */
    static FargateSize of(String cpu, String memory) {
        if (cpu == null) {
            throw new AwsError("ClientException", "Fargate requires that 'cpu' be defined at the task level.");
        }
        if (memory == null) {
            throw new AwsError("ClientException", "Fargate requires that 'memory' be defined at the task level.");
        }
        FargateSize size = new FargateSize(amount(cpu, "cpu"), amount(memory, "memory"));
        Range range = MEMORY.get(size.cpu);
        if (range == null || !range.contains(size.memory) || (size.cpu == 256 && size.memory == 1536)) {
            throw new AwsError(
                    "ClientException",
                    "No Fargate configuration exists for given values: " + size.cpu + " CPU, " + size.memory
                            + " memory. See the Amazon ECS documentation for the valid values.");
        }
        return size;
    }

    private static int amount(String text, String what) {
        Matcher matcher = AMOUNT.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches() || text.length() > 12) {
            throw new AwsError("ClientException", "Invalid setting for " + what + ": " + text);
        }
        return matcher.group(1) != null
                ? Integer.parseInt(matcher.group(1))
                : (int) Math.round(Double.parseDouble(matcher.group(2)) * 1024);
    }

    private record Range(int min, int max, int step) {
        boolean contains(int memory) {
            return memory >= min && memory <= max && memory % step == 0;
        }
    }
}
