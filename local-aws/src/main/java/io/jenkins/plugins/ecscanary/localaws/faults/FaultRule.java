package io.jenkins.plugins.ecscanary.localaws.faults;

/**
 * A fault that is switched on: for which calls, what, and how often. Its text is {@code PATTERN=FAULT[@HOW_OFTEN]}: see
 * {@link FaultText}.
 *
 * @param trigger {@link Trigger#ALWAYS} for {@link Fault.Buckets}, which decide by themselves
 */
public record FaultRule(OperationPattern pattern, Fault fault, Trigger trigger) {

    public FaultRule {
        if (fault instanceof Fault.Buckets && !trigger.equals(Trigger.ALWAYS)) {
            throw new InvalidFaultException("buckets decide by themselves which calls are throttled: no probability");
        }
        if (fault instanceof Fault.Stale && !pattern.operation().endsWith("*") && !Reads.isRead(pattern.operation())) {
            throw new InvalidFaultException(pattern + " changes something: only reads can be answered stale");
        }
    }

    /** Every call throttled by AWS's token buckets, and nothing else wrong. */
    public static FaultRule awsThrottling() {
        return new FaultRule(OperationPattern.ALL, new Fault.Buckets(), Trigger.ALWAYS);
    }

    /** @throws InvalidFaultException saying what is wrong and what would do */
    public static FaultRule parse(String text) {
        return FaultText.parse(text);
    }

    boolean fits(String service, String operation) {
        return pattern.matches(service, operation) && !(fault instanceof Fault.Stale && !Reads.isRead(operation));
    }

    @Override
    public String toString() {
        return FaultText.of(this);
    }
}
