package io.jenkins.plugins.ecscanary.localaws.world;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Ids and jitter in the shapes AWS uses. One seeded source, so that a test can repeat a run. */
public final class Ids {

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String HEX = "0123456789abcdef";
    private static final String DIGITS = "0123456789";

    private final RandomGenerator random;

    public Ids(RandomGenerator random) {
        this.random = random;
    }

    /** {@code d-} and nine upper-case letters or digits: a CodeDeploy deployment. */
    public String deployment() {
        return "d-" + pick(UPPER, 9);
    }

    /** 32 hexadecimal digits: an ECS task. */
    public String task() {
        return pick(HEX, 32);
    }

    /** {@code ecs-svc/} and 19 digits: an ECS task set. */
    public String taskSet() {
        return "ecs-svc/" + pick("123456789", 1) + pick(DIGITS, 18);
    }

    /** 16 hexadecimal digits: the last part of a load balancer's, listener's or target group's ARN. */
    public String elb() {
        return pick(HEX, 16);
    }

    /** The shape of a UUID: request ids, deployment group ids. */
    public String uuid() {
        return pick(HEX, 8) + "-" + pick(HEX, 4) + "-4" + pick(HEX, 3) + "-a" + pick(HEX, 3) + "-" + pick(HEX, 12);
    }

    /** 0 and 16 hexadecimal digits: the last part of a VPC's, a subnet's or a security group's id. */
    public String ec2() {
        return "0" + pick(HEX, 16);
    }

    /** Twelve upper-case letters or digits: the end of a name that CloudFormation makes up. */
    public String nameEnd() {
        return pick(UPPER, 12);
    }

    /** A duration drawn evenly between the two. */
    public synchronized Duration between(Duration min, Duration max) {
        long span = max.minus(min).toMillis();
        return span <= 0 ? min : min.plusMillis(random.nextLong(span + 1));
    }

    private synchronized String pick(String alphabet, int length) {
        StringBuilder id = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            id.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return id.toString();
    }
}
