package io.jenkins.plugins.ecscanary.infra.settings;

import java.util.List;

/**
 * What memory Fargate has for a task's CPU: AWS's developer guide, "Task CPU and memory".
 *
 * @param cpu in units, of which 1024 are a vCPU
 * @param least in MiB, as are the others
 */
record FargateSizes(int cpu, int least, int most, int step) {

    private static final List<FargateSizes> ALL = List.of(
            new FargateSizes(256, 512, 2_048, 512),
            new FargateSizes(512, 1_024, 4_096, 1_024),
            new FargateSizes(1_024, 2_048, 8_192, 1_024),
            new FargateSizes(2_048, 4_096, 16_384, 1_024),
            new FargateSizes(4_096, 8_192, 30_720, 1_024),
            new FargateSizes(8_192, 16_384, 61_440, 4_096),
            new FargateSizes(16_384, 32_768, 122_880, 8_192));

    /** With a quarter of a vCPU there is nothing between 1 and 2 GiB. */
    private static final int NOT_FOR_256 = 1_536;

    static List<Integer> cpus() {
        return ALL.stream().map(FargateSizes::cpu).toList();
    }

    static FargateSizes of(int cpu) {
        return ALL.stream().filter(size -> size.cpu == cpu).findFirst().orElseThrow();
    }

    boolean has(int memory) {
        return memory >= least
                && memory <= most
                && (memory - least) % step == 0
                && !(cpu == 256 && memory == NOT_FOR_256);
    }

    /** For people. */
    String told() {
        return cpu == 256 ? "512, 1024 or 2048 MiB" : least + " to " + most + " MiB in steps of " + step;
    }
}
