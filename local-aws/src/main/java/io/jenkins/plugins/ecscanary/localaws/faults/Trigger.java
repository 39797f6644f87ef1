package io.jenkins.plugins.ecscanary.localaws.faults;

/** Which of the calls that a rule fits go wrong. */
public sealed interface Trigger {

    /** Every one. */
    Trigger ALWAYS = new Chance(1);

    /**
     * Each with this probability, drawn from the rule's own seeded generator: the n-th call that the rule fits goes wrong
     * in every run or in none.
     */
    record Chance(double probability) implements Trigger {
        public Chance {
            if (!(probability > 0 && probability <= 1)) {
                throw new InvalidFaultException(
                        "probability " + probability + " is not above 0 and at most 1 (10 % is 0.1)");
            }
        }
    }

    /** The next so many, and none after. */
    record Next(int calls) implements Trigger {
        public Next {
            if (calls < 1) {
                throw new InvalidFaultException("the next " + calls + " calls are none: at least 1");
            }
        }
    }
}
